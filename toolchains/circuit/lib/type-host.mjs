/**
 * A TypeScript program over the package's files in memory and the toolchain's declarations on disk.
 * Parsed declarations are kept for the life of the process, so that a runner started ahead of its job has them ready.
 */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { isAsset } from "./resolve-import.mjs";

const toolchainDir = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");
const modulesDir = path.join(toolchainDir, "node_modules");
export const PACKAGE_ROOT = "/package";

const BASE_OPTIONS = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ["lib.es2023.d.ts"],
  types: [],
  jsx: ts.JsxEmit.ReactJSX,
  strict: true,
  isolatedModules: true,
  esModuleInterop: true,
  resolveJsonModule: true,
  allowJs: true,
  checkJs: false,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
  declaration: true,
  emitDeclarationOnly: true,
  experimentalDecorators: true,
  removeComments: true,
  newLine: ts.NewLineKind.LineFeed,
  rootDir: PACKAGE_ROOT,
  outDir: "/types",
};

const slim = (name, original) => {
  const small = path.join(toolchainDir, ".types", name);
  return existsSync(small) ? small : path.join(modulesDir, original);
};

/** Declarations that the toolchain's own declarations may pull in; whatever else they import counts as `any`. */
const LIBRARY = new Map([
  ["tscircuit", path.join(modulesDir, "tscircuit/dist/index.d.ts")],
  ["@tscircuit/core", slim("@tscircuit/core.d.ts", "@tscircuit/core/dist/index.d.ts")],
  ["@tscircuit/props", slim("@tscircuit/props.d.ts", "@tscircuit/props/dist/index.d.ts")],
  ["@tscircuit/eval", slim("@tscircuit/eval.d.ts", "@tscircuit/eval/dist/lib/index.d.ts")],
  ["circuit-json", slim("circuit-json.d.ts", "circuit-json/dist/index.d.mts")],
  ["react", path.join(modulesDir, "@types/react/index.d.ts")],
  ["react/jsx-runtime", path.join(modulesDir, "@types/react/jsx-runtime.d.ts")],
  ["zod", path.join(modulesDir, "zod/v3/index.d.ts")],
]);

const ROOTS = [path.join(toolchainDir, "ambient.d.ts"), path.join(modulesDir, "tscircuit/dist/index.d.ts")];

const parsedLibrary = new Map();

function parseLibraryFile(fileName, languageVersionOrOptions) {
  const known = parsedLibrary.get(fileName);
  if (known) return known;
  if (!existsSync(fileName)) return undefined;
  const file = ts.createSourceFile(fileName, readFileSync(fileName, "utf8"), languageVersionOrOptions);
  parsedLibrary.set(fileName, file);
  return file;
}

const onDisk = { fileExists: (file) => existsSync(file), readFile: (file) => readFileSync(file, "utf8") };
const asModule = (resolvedFileName, external) => ({
  resolvedModule: { resolvedFileName, extension: ts.Extension.Dts, isExternalLibraryImport: external },
});

function resolveFromLibrary({ specifier, containingFile, options }) {
  const known = LIBRARY.get(specifier);
  if (known) return asModule(known, true);
  if (!specifier.startsWith(".")) return { resolvedModule: undefined };
  return ts.resolveModuleName(specifier, containingFile, options, onDisk);
}

function resolveFromPackage({ specifier, importer, resolve, options }) {
  if (LIBRARY.has(specifier)) return asModule(LIBRARY.get(specifier), true);
  const target = resolve(specifier, importer);
  if (target?.kind === "package") return ts.resolveModuleName(specifier, path.join(toolchainDir, "package.ts"), options, onDisk);
  if (target?.kind !== "file" || isAsset(target.file)) return { resolvedModule: undefined };
  const extension = target.file.endsWith(".d.ts") ? ts.Extension.Dts : path.extname(target.file);
  return { resolvedModule: { resolvedFileName: `${PACKAGE_ROOT}/${target.file}`, extension, isExternalLibraryImport: false } };
}

/**
 * @param {{contents: Map<string, string>, rootNames: string[], resolve: Function, overrides?: object, oldProgram?: object}} input
 *   `contents` and `rootNames` by the package's relative paths
 */
export function createPackageProgram({ contents, rootNames, resolve, overrides = {}, oldProgram }) {
  const options = { ...BASE_OPTIONS, ...overrides };
  const relative = (file) => (file.startsWith(`${PACKAGE_ROOT}/`) ? file.slice(PACKAGE_ROOT.length + 1) : null);
  const host = {
    getSourceFile(fileName, languageVersionOrOptions) {
      const own = relative(fileName);
      if (own === null) return parseLibraryFile(fileName, languageVersionOrOptions);
      const text = contents.get(own);
      return text === undefined ? undefined : ts.createSourceFile(fileName, text, languageVersionOrOptions);
    },
    getDefaultLibFileName: () => path.join(modulesDir, "typescript/lib/lib.es2023.d.ts"),
    getDefaultLibLocation: () => path.join(modulesDir, "typescript/lib"),
    writeFile: () => undefined,
    getCurrentDirectory: () => PACKAGE_ROOT,
    getCanonicalFileName: (file) => file,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    fileExists: (file) => (relative(file) === null ? existsSync(file) : contents.has(relative(file))),
    readFile: (file) => (relative(file) === null ? readFileSync(file, "utf8") : contents.get(relative(file))),
    directoryExists: () => true,
    getDirectories: () => [],
    resolveModuleNameLiterals: (literals, containingFile) =>
      literals.map(({ text: specifier }) => {
        const importer = relative(containingFile);
        return importer === null
          ? resolveFromLibrary({ specifier, containingFile, options })
          : resolveFromPackage({ specifier, importer, resolve, options });
      }),
    resolveTypeReferenceDirectiveReferences: (references) => references.map(() => ({ resolvedTypeReferenceDirective: undefined })),
  };
  const roots = [...ROOTS, ...rootNames.map((name) => `${PACKAGE_ROOT}/${name}`)];
  return ts.createProgram({ rootNames: roots, options, host, oldProgram });
}

/** Names a package may import, for the resolver. */
export function readProvidedPackages() {
  return JSON.parse(readFileSync(path.join(toolchainDir, "provided.json"), "utf8")).packages;
}

