/**
 * Makes the toolchain ready, once after `npm ci`, with trusted code only: small declaration files for the type check and the
 * compiled-code cache that the sandbox reads. Safe to run again. Without it everything works too, more slowly.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { writeSlimTypes } from "./slim-types.mjs";

const toolchainDir = path.dirname(fileURLToPath(import.meta.url));
const cacheDir = path.join(toolchainDir, ".compile-cache");

const SAMPLE = `import { Light } from "./light"
export default () => (
  <board width="20mm" height="10mm">
    <Light name="D1" />
    <resistor name="R1" resistance="1k" footprint="0402" pcbX={5} />
    <pinheader name="J1" pinCount={2} footprint="pinrow2" pcbX={-6} />
    <trace from=".R1 > .pin1" to=".D1 > .pos" />
    <trace from=".R1 > .pin2" to=".J1 > .pin1" />
    <trace from=".D1 > .neg" to=".J1 > .pin2" />
  </board>
)
`;
const LIGHT = `export const Light = (props: { name: string }) => <led name={props.name} color="red" footprint="0603" />\n`;

function runStage({ stage, folder, job, files }) {
  const inputDir = path.join(folder, stage, "in");
  const outputDir = path.join(folder, stage, "out");
  mkdirSync(path.join(inputDir, "files"), { recursive: true });
  mkdirSync(outputDir, { recursive: true });
  writeFileSync(path.join(inputDir, "job.json"), JSON.stringify(job));
  files(path.join(inputDir, "files"));
  const run = spawnSync(process.execPath, [path.join(toolchainDir, "run-stage.mjs"), stage], {
    input: "go\n",
    env: { IN_DIR: inputDir, OUT_DIR: outputDir, NODE_ENV: "production", NODE_COMPILE_CACHE: cacheDir, NODE_COMPILE_CACHE_PORTABLE: "1" },
    encoding: "utf8",
  });
  if (run.status !== 0) throw new Error(`The toolchain's stage ${stage} failed on the sample board: ${run.stderr}`);
  return { artifacts: path.join(outputDir, "artifacts"), result: JSON.parse(readFileSync(path.join(outputDir, "result.json"), "utf8")) };
}

function warmCompileCache() {
  rmSync(cacheDir, { recursive: true, force: true });
  const folder = mkdtempSync(path.join(tmpdir(), "slipway-circuit-"));
  try {
    const sources = (into) => {
      writeFileSync(path.join(into, "index.tsx"), SAMPLE);
      writeFileSync(path.join(into, "light.tsx"), LIGHT);
    };
    const transpiled = runStage({ stage: "transpilation", folder, job: { typeErrors: "error" }, files: sources });
    const built = runStage({
      stage: "circuit_json_build",
      folder,
      job: { boards: [{ name: "index", entry: "index.tsx", module: "index.js" }] },
      files: (into) => cpSync(path.join(transpiled.artifacts, "esm"), into, { recursive: true }),
    });
    const boards = { boards: [{ name: "index", file: "index.json" }] };
    const circuit = (into) => cpSync(path.join(built.artifacts, "boards/index/circuit.json"), path.join(into, "index.json"));
    runStage({ stage: "image_generation", folder, job: boards, files: circuit });
    runStage({ stage: "fabrication_files", folder, job: boards, files: circuit });
    runStage({ stage: "locate", folder, job: { frames: [{ file: "index.js", line: 1, column: 1 }], specifier: null, importer: null }, files: sources });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

writeSlimTypes({ toolchainDir });
warmCompileCache();
