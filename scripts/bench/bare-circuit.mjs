/**
 * The bare toolchain, for comparison: the four stages of the circuit pipeline on one folder, in one fresh Node process, with the
 * same runner modules and without platform, sandbox or database.
 *
 *     node scripts/bench/bare-circuit.mjs <package folder> <output folder>
 *
 * Prints one JSON line: milliseconds of each stage and in all, from the start of the process.
 */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const [packageDir, outputDir] = process.argv.slice(2);
if (packageDir === undefined || outputDir === undefined) {
  console.error("usage: node scripts/bench/bare-circuit.mjs <package folder> <output folder>");
  process.exit(2);
}
process.env.NODE_ENV ??= "production";
const stages = fileURLToPath(new URL("../../toolchains/circuit/stages/", import.meta.url));
const work = mkdtempSync(path.join(tmpdir(), "bare-circuit-"));
const timings = {};

/** Runs a stage's module as its runner would, on `job` and a copy of `files`; answers its result and where it wrote. */
async function runStage({ module, job, files }) {
  const since = performance.now();
  const folder = path.join(work, module);
  const inputDir = path.join(folder, "in");
  const stageOut = path.join(folder, "out");
  mkdirSync(inputDir, { recursive: true });
  mkdirSync(stageOut);
  writeFileSync(path.join(inputDir, "job.json"), JSON.stringify(job));
  cpSync(files, path.join(inputDir, "files"), { recursive: true, filter: (source) => !/\/(node_modules|dist)(\/|$)/.test(source) });
  const { run } = await import(path.join(stages, `${module}.mjs`));
  const result = await run({ inputDir, outputDir: stageOut });
  timings[module] = Math.round(performance.now() - since);
  const artifacts = path.join(stageOut, "artifacts");
  mkdirSync(artifacts, { recursive: true });
  cpSync(artifacts, outputDir, { recursive: true });
  return { result, artifacts };
}

function fail(message) {
  console.error(message);
  process.exitCode = 1;
}

async function build() {
  const { result: transpiled, artifacts: modules } = await runStage({ module: "transpilation", job: { typeErrors: "error" }, files: packageDir });
  const wrong = transpiled.diagnostics.find((diagnostic) => diagnostic.severity === "error");
  if (wrong !== undefined) return fail(`${wrong.file}:${wrong.line} ${wrong.message}`);

  const entries = readdirSync(path.join(modules, "esm"), { recursive: true }).filter((file) => /^index\.js$|\.(circuit|board)\.js$/.test(file)).sort();
  const boards = entries.map((module) => ({ name: path.basename(module).replace(/(\.(circuit|board))?\.js$/, ""), entry: module, module }));
  const { result: built, artifacts } = await runStage({ module: "circuit-json-build", job: { boards }, files: path.join(modules, "esm") });
  if (built.failure !== null) return fail(built.failure.message);
  if (built.errorCount > 0) return fail(built.findings[0].message);

  const drawn = built.boards.filter((board) => board.status === "built").map(({ name, artifact }) => ({ name, file: artifact }));
  await runStage({ module: "image-generation", job: { boards: drawn }, files: artifacts });
  await runStage({ module: "fabrication-files", job: { boards: drawn }, files: artifacts });
  console.log(JSON.stringify({ boards: drawn.length, stages: timings, totalMs: Math.round(performance.now()) }));
}

try {
  await build();
} finally {
  rmSync(work, { recursive: true, force: true });
}
