/** `npm test`: every check and test; ends with the line `N passed, N failed`. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { ensureDebianPackage, prepare } from "./prepare.mjs";
import { nodeEnvironment, root, run, say } from "./shell.mjs";

/** Lines of these folders that tests must reach, in percent. */
const COVERAGE_GOAL = 85;
const COVERED = ["domain", "server", "engine", "executors", "pipelines"];

/**
 * One row after the other; what stands in a row goes on side by side, each list in its order. Types and lint take what
 * processor time the tests, which often wait, leave over.
 */
const ORDER = [[["types", "lint"], ["vitest"]], [["build"]], [["e2e"]]];
/** The tests go first. */
const IN_THE_BACKGROUND = ["nice", "-n", "10"];

const results = path.join(root, ".tools/test-results");

/**
 * Runs everything, also after a failure, and resolves to the exit code. `only` (for trying a part) names steps to run:
 * types, lint, vitest, build, e2e.
 */
export async function runAllTests(node, only = []) {
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  const steps = { types: checkTypes, lint: checkLint, vitest: runVitest, build: checkBuild, e2e: runEndToEnd };
  const totals = { passed: 0, failed: 0, skipped: 0 };
  const perform = async (names) => {
    for (const name of names) {
      if (only.length > 0 && !only.includes(name)) continue;
      say(`${name} …`);
      const started = Date.now();
      const outcomes = await steps[name](node).catch((error) => [{ name, passed: 0, failed: 1, output: error.message }]);
      for (const outcome of outcomes) tell(outcome, totals, Date.now() - started);
    }
  };
  for (const row of ORDER) await Promise.all(row.map(perform));
  const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : "";
  process.stdout.write(`\n${totals.passed} passed, ${totals.failed} failed${skipped}\n`);
  return totals.failed > 0 || totals.passed === 0 ? 1 : 0;
}

/** Prints an outcome as one line, after its output when it failed, and adds it up. */
function tell(outcome, totals, ms) {
  const printed = outcome.failed > 0 && outcome.output ? `\n──── ${outcome.name}: output ────\n${outcome.output.trimEnd()}\n────\n\n` : "";
  const skipped = outcome.skipped ? `, ${outcome.skipped} skipped` : "";
  process.stdout.write(`${printed}${outcome.failed > 0 ? "✗" : "✓"} ${outcome.name}: ${outcome.passed} passed, ${outcome.failed} failed${skipped}${outcome.detail ? ` (${outcome.detail})` : ""}, ${(ms / 1000).toFixed(0)} s\n`);
  totals.passed += outcome.passed;
  totals.failed += outcome.failed;
  totals.skipped += outcome.skipped ?? 0;
}

/** One command as one check. */
async function check(name, node, args) {
  const [command, ...prefix] = IN_THE_BACKGROUND;
  const { code, logFile } = await run(`test-${name}`, command, [...prefix, node, ...args], { env: nodeEnvironment(node), allowFailure: true });
  return code === 0 ? { name, passed: 1, failed: 0 } : { name, passed: 0, failed: 1, output: readFileSync(logFile, "utf8") };
}

async function checkTypes(node) {
  // Next writes the types of its routes; pages that name a wrong route fail here.
  const generated = await check("typegen", node, ["node_modules/next/dist/bin/next", "typegen"]);
  return generated.failed > 0 ? [generated] : [await check("type check", node, ["node_modules/typescript/bin/tsc", "--noEmit"])];
}

async function checkLint(node) {
  return [await check("lint", node, ["node_modules/eslint/bin/eslint.js", "."])];
}

async function runVitest(node) {
  const report = path.join(results, "vitest.json");
  rmSync(path.join(root, "coverage"), { recursive: true, force: true });
  const args = ["node_modules/vitest/vitest.mjs", "run", "--coverage", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const { code, logFile } = await run("test-vitest", node, args, { env: nodeEnvironment(node, { NO_COLOR: "1" }), allowFailure: true });
  const output = readFileSync(logFile, "utf8");
  if (!existsSync(report)) return [{ name: "vitest", passed: 0, failed: 1, output }];
  const found = JSON.parse(readFileSync(report, "utf8"));
  // A file that can't be loaded, or an error outside of any test, fails the run without failing a test.
  const failed = Math.max(found.numFailedTests, code === 0 ? 0 : 1);
  const vitest = { name: "vitest", passed: found.numPassedTests, failed, skipped: found.numPendingTests + (found.numTodoTests ?? 0), output };
  return [vitest, checkCoverage()];
}

function checkCoverage() {
  const file = path.join(root, "coverage/coverage-summary.json");
  if (!existsSync(file)) return { name: "coverage", passed: 0, failed: 1, output: "vitest wrote no coverage/coverage-summary.json." };
  const areas = Object.fromEntries(COVERED.map((area) => [area, { total: 0, covered: 0 }]));
  for (const [source, { lines }] of Object.entries(JSON.parse(readFileSync(file, "utf8")))) {
    const area = areas[path.relative(path.join(root, "src"), source).split(path.sep)[0]];
    if (source === "total" || area === undefined) continue;
    area.total += lines.total;
    area.covered += lines.covered;
  }
  const percent = ({ total, covered }) => (total === 0 ? 0 : (100 * covered) / total);
  const all = Object.values(areas).reduce((sum, area) => ({ total: sum.total + area.total, covered: sum.covered + area.covered }), { total: 0, covered: 0 });
  const low = Object.entries(areas).filter(([, area]) => percent(area) < COVERAGE_GOAL).map(([name]) => name);
  const detail = `lines: ${Object.entries(areas).map(([name, area]) => `${name} ${percent(area).toFixed(1)} %`).join(", ")}; together ${percent(all).toFixed(1)} %`;
  if (low.length === 0) return { name: "coverage", passed: 1, failed: 0, detail };
  return { name: "coverage", passed: 0, failed: 1, detail, output: `Less than ${COVERAGE_GOAL} % of the lines of ${low.join(", ")} were run by a test. coverage/coverage-summary.json has the files.` };
}

async function checkBuild() {
  await prepare({ server: true, web: true });
  return [{ name: "production build", passed: 1, failed: 0 }];
}

async function runEndToEnd(node) {
  const chromium = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
  if (process.env.CHROMIUM_PATH === undefined) await ensureDebianPackage({ program: "chromium", packageName: "chromium", without: "the browser tests can't run" });
  if (!existsSync(chromium)) return [{ name: "e2e", passed: 0, failed: 1, output: `There is no browser at ${chromium}. As root: apt-get update && apt-get install -y chromium; or set CHROMIUM_PATH to a Chromium or Chrome.` }];
  const report = path.join(results, "e2e.json");
  const dataDir = mkdtempSync(path.join(tmpdir(), "slipway-e2e-"));
  try {
    const env = nodeEnvironment(node, { CHROMIUM_PATH: chromium, E2E_PORT: String(await freePort()), E2E_DATA_DIR: dataDir, PLAYWRIGHT_JSON_OUTPUT_NAME: report, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: "1", NO_COLOR: "1" });
    const { code, logFile } = await run("test-e2e", node, ["node_modules/@playwright/test/cli.js", "test", "--reporter=list,json"], { env, allowFailure: true });
    const output = readFileSync(logFile, "utf8");
    if (!existsSync(report)) return [{ name: "e2e", passed: 0, failed: 1, output }];
    const { stats } = JSON.parse(readFileSync(report, "utf8"));
    return [{ name: "e2e", passed: stats.expected, failed: Math.max(stats.unexpected + stats.flaky, code === 0 ? 0 : 1), skipped: stats.skipped, output }];
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
