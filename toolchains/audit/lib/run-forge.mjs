/** Property tests with `forge test`: a contract is put into an empty chain of forge's own, and strangers try what they can. */
import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { writeHarness } from "./property-harness.mjs";
import { gather } from "./read-answer.mjs";

const folder = fileURLToPath(new URL("../node_modules/@foundry-rs/forge-linux-amd64", import.meta.url));
const program = path.join(folder, "bin/forge");
const shim = fileURLToPath(new URL("./solc-shim.mjs", import.meta.url));

/** Runs of each property with values of forge's choice. The seed is fixed: the same contract gives the same answer. */
const FUZZ_RUNS = 64;

export const forgeVersion = () => (existsSync(program) ? JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")).version : null);

/** Loads the compiler ahead. */
export function startCompiler() {
  const workFolder = mkdtempSync(path.join(tmpdir(), "properties-"));
  const socket = path.join(workFolder, "solc.sock");
  const worker = new Worker(new URL("./solc-worker.mjs", import.meta.url), { workerData: { socket } });
  const ready = new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
  ready.catch(() => undefined);
  return { worker, ready, workFolder, socket };
}

const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

function writeProject({ tests, version, workFolder, socket }) {
  mkdirSync(path.join(workFolder, "test"), { recursive: true });
  const compiler = path.join(workFolder, "solc");
  writeFileSync(compiler, `#!/bin/sh\nexec ${[process.execPath, shim, version, socket].map(quoted).join(" ")} "$@"\n`);
  chmodSync(compiler, 0o755);
  const config = [
    "[profile.default]",
    'src = "src"',
    'test = "test"',
    `solc = "${compiler}"`,
    "offline = true",
    "optimizer = false",
    'evm_version = "cancun"',
    "cache = false",
    "ffi = false",
    "fs_permissions = []",
    "allow_internal_expect_revert = false",
    'gas_limit = "300000000"',
    "[profile.default.fuzz]",
    `runs = ${FUZZ_RUNS}`,
    'seed = "0x51"',
    "failure_persist_file = \"failures\"",
    "[profile.default.lint]",
    "lint_on_build = false",
  ];
  writeFileSync(path.join(workFolder, "foundry.toml"), `${config.join("\n")}\n`);
  const { source, names } = writeHarness(tests);
  writeFileSync(path.join(workFolder, "test/Properties.t.sol"), source);
  return names;
}

/** @returns `{ended, kill}`; `ended` resolves to `{findings, detail}` or `{crash}`, in words */
export function startForge({ tests, compiler }) {
  let child;
  const work = async () => {
    const { version } = await compiler.ready;
    const { workFolder } = compiler;
    const names = writeProject({ tests, version, ...compiler });
    child = spawn(program, ["test", "--json", "--threads", "2"], { cwd: workFolder, env: { PATH: "/usr/bin:/bin", HOME: tmpdir(), LANG: "C.UTF-8", RAYON_NUM_THREADS: "2", TOKIO_WORKER_THREADS: "2", FOUNDRY_DISABLE_NIGHTLY_WARNING: "1", NO_COLOR: "1" }, stdio: ["ignore", "pipe", "pipe"] });
    const [stdout, stderr] = [child.stdout, child.stderr].map((stream) => gather(stream, { onOver: () => child.kill("SIGKILL") }));
    const how = await new Promise((resolve) => {
      child.once("error", (error) => resolve(error.message));
      child.once("close", (code, signal) => resolve(signal ?? `exit code ${code}`));
    });
    await compiler.worker.terminate();
    if (stdout.isOver() || stderr.isOver()) return { crash: `It printed more than ${stdout.limit} bytes: that is larger than any answer.` };
    const answer = readAnswer(stdout.text());
    // It ends with 1 when a property does not hold, and also when it could not test at all: only its answer tells which.
    if (answer === null) return { crash: `${how} and no answer. ${stderr.text().trim().slice(-500)} ${stdout.text().trim().slice(-300)}` };
    return judge({ answer, names });
  };
  return { ended: work(), kill: () => child?.kill("SIGKILL") };
}

function readAnswer(text) {
  const line = text.split("\n").find((one) => one.startsWith("{"));
  try {
    const results = line === undefined ? null : (Object.values(JSON.parse(line))[0]?.test_results ?? null);
    // The harness has one test at least: whether the contract could be made.
    return results?.["test_deployed()"] === undefined && !isSetUpFailure(results) ? null : results;
  } catch {
    return null;
  }
}

/** When the contract can't be made, forge tells that alone. */
const isSetUpFailure = (results) => Object.keys(results ?? {}).some((name) => name.startsWith("setUp"));

function judge({ answer, names }) {
  const results = Object.entries(answer);
  const setUp = answer["test_deployed()"];
  if (setUp?.status !== "Success") return { findings: [], detail: `The contract can't be made in an empty chain, so no property was tested: ${setUp?.reason ?? "its constructor reverts"}.` };
  const findings = [];
  for (const [signature, result] of results) {
    if (result.status === "Success" || signature === "test_deployed()") continue;
    const about = names[signature.replace(/\(.*$/, "")];
    const check = /slipway:([a-z-]+)/.exec(result.reason ?? "")?.[1];
    // A property that stops for another reason, such as gas, has not shown anything.
    if (about === undefined || check === undefined) continue;
    findings.push({ check, target: about.target, message: `${about.says[check] ?? about.says.any}${example(result)}` });
  }
  const tested = results.length - 1;
  return { findings, detail: `${tested} ${tested === 1 ? "property" : "properties"}, ${FUZZ_RUNS} runs each.` };
}

function example({ counterexample }) {
  const args = counterexample?.Single?.args;
  return typeof args === "string" && args !== "" ? ` For example with (${args.slice(0, 200)}).` : "";
}
