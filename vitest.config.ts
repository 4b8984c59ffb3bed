import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** Each project says what it needs; only those with a global setup get a PostgreSQL. */
export default defineConfig({
  resolve: { alias: { "~": fileURLToPath(new URL("./src", import.meta.url)) } },
  test: {
    // Room for a slow machine: a passing test waits for what it expects, never for these.
    testTimeout: 180_000,
    hookTimeout: 240_000,
    pool: "forks",
    coverage: {
      provider: "v8",
      include: ["src/{domain,server,engine,executors,pipelines}/**/*.ts"],
      exclude: ["src/server/db/generated/**", "**/*.test.ts"],
      reporter: ["json-summary", "json"],
      reportsDirectory: "coverage",
    },
    projects: [
      { extends: true, test: { name: "unit", include: ["src/**/*.test.{ts,tsx}", "scripts/**/*.test.ts"], maxWorkers: 2, sequence: { groupOrder: 0 } } },
      {
        extends: true,
        test: { name: "integration", include: ["tests/integration/**/*.test.ts"], globalSetup: ["tests/support/global-setup.ts"], maxWorkers: 2, sequence: { groupOrder: 1 } },
      },
      {
        extends: true,
        // Mostly waiting for other processes, so a third file does not slow the two that compute.
        test: { name: "workflows", include: ["tests/workflows/**/*.test.ts"], globalSetup: ["tests/support/global-setup.ts"], maxWorkers: 3, sequence: { groupOrder: 2 } },
      },
    ],
  },
});
