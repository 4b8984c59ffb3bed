import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";
import { importDirection } from "./scripts/lint/import-direction.mjs";

/** Next asks for default exports in these files. */
const NEXT_FILES = ["src/app/**/{page,layout,template,loading,error,global-error,not-found,forbidden,default,route}.tsx", "src/app/**/{robots,sitemap,manifest,opengraph-image,icon}.{ts,tsx}"];

export default tseslint.config(
  { ignores: ["node_modules", ".next", ".tools", ".slipway", "dist", "coverage", "src/server/db/generated", "toolchains", "tests/fixtures", "playwright-report", "test-results", "next-env.d.ts"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["**/*.{ts,tsx}"],
    extends: [tseslint.configs.recommended],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "max-lines": ["error", { max: 400 }],
      "no-control-regex": "error",
      eqeqeq: ["error", "always", { null: "ignore" }],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_", caughtErrorsIgnorePattern: "^_" }],
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false, arguments: false } }],
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ["src/**/*.{ts,tsx}"],
    plugins: { slipway: { rules: { "import-direction": importDirection } } },
    rules: {
      "slipway/import-direction": "error",
      "no-restricted-exports": ["error", { restrictDefaultExports: { direct: true, named: true, defaultFrom: true, namedFrom: true, namespaceFrom: true } }],
      "no-restricted-properties": ["error", { object: "process", property: "env", message: "Only src/env.ts reads process.env: add the variable there and to .env.example." }],
    },
  },
  { files: ["src/env.ts"], rules: { "no-restricted-properties": "off" } },
  { files: NEXT_FILES, rules: { "no-restricted-exports": "off" } },
  {
    files: ["src/{app,components,trpc}/**/*.{ts,tsx}"],
    plugins: { "react-hooks": reactHooks },
    rules: { "react-hooks/rules-of-hooks": "error", "react-hooks/exhaustive-deps": "error" },
  },
);
