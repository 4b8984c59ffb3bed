/**
 * Tests in a real browser against the real product: `npm start` on a port and a data folder of its own.
 * `npm test` sets E2E_PORT and E2E_DATA_DIR; `npx playwright test` alone uses port 4399 and a temporary folder.
 * E2E_BASE_URL names a product that runs already: then none is started.
 */
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { defineConfig } from "@playwright/test";
import { describeChains } from "./e2e/support/chains";

const port = process.env.E2E_PORT ?? "4399";
// Set once, in the first process: the workers inherit it.
process.env.E2E_DATA_DIR ??= mkdtempSync(path.join(tmpdir(), "slipway-e2e-"));
process.env.E2E_ADMIN_EMAIL ??= "admin@example.com";
process.env.E2E_ADMIN_PASSWORD ??= "correct horse battery staple";

if (process.env.E2E_CHAIN_PORT === undefined && process.env.E2E_BASE_URL === undefined) {
  process.env.E2E_CHAIN_PORT = String(Number(port) - 1);
  mkdirSync(process.env.E2E_DATA_DIR, { recursive: true });
  writeFileSync(path.join(process.env.E2E_DATA_DIR, "chains.json"), describeChains({ port: Number(process.env.E2E_CHAIN_PORT) }));
}

const baseURL = process.env.E2E_BASE_URL ?? `http://localhost:${port}`;

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  // Much of a test is waiting for a build, so two fill two cores. Each makes its own accounts and packages.
  workers: 2,
  fullyParallel: true,
  // The pictures of the documentation are taken when asked for: see e2e/pictures.spec.ts.
  grepInvert: process.env.E2E_PICTURES === undefined ? /@pictures/ : undefined,
  forbidOnly: process.env.CI !== undefined,
  retries: 0,
  // Room for a slow machine: a passing test waits for what it expects, never for these.
  timeout: 240_000,
  expect: { timeout: 40_000 },
  use: {
    baseURL,
    browserName: "chromium",
    headless: true,
    // A trace costs as much as the browser itself; a picture of the failure tells most. `--trace on` when it does not.
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
      args: [
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-default-apps",
        "--disable-sync",
        "--no-first-run",
      ],
    },
  },
  webServer: process.env.E2E_BASE_URL !== undefined ? undefined : {
    command: "node scripts/bootstrap.mjs start",
    url: `${baseURL}/api/health/ready`,
    timeout: 300_000,
    stdout: "pipe",
    stderr: "pipe",
    gracefulShutdown: { signal: "SIGTERM", timeout: 60_000 },
    env: {
      PORT: port,
      PUBLIC_URL: baseURL,
      SLIPWAY_DATA_DIR: process.env.E2E_DATA_DIR,
      SLIPWAY_ADMIN_EMAIL: process.env.E2E_ADMIN_EMAIL,
      SLIPWAY_ADMIN_PASSWORD: process.env.E2E_ADMIN_PASSWORD,
      // One person's minute here holds what many do in an hour.
      SLIPWAY_BUILDS_PER_MINUTE: "1000",
      SLIPWAY_WRITES_PER_MINUTE: "10000",
      SLIPWAY_READS_PER_MINUTE: "100000",
    },
  },
});
