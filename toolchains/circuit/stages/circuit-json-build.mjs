/** Stage `circuit_json_build`: runs the package's ES modules, renders every board and writes its Circuit JSON. */
import path from "node:path";
import { createElement, isValidElement } from "react";
import { RootCircuit } from "tscircuit";
import { installPackageLoader } from "../lib/load-package.mjs";
import { readJob, shorten, writeOutput } from "../../runner/job-files.mjs";
import { createOfflinePlatform } from "../lib/platform.mjs";
import { installSteadyRandom } from "../lib/steady-random.mjs";
import { describeError } from "../lib/user-error.mjs";

const MAX_FINDINGS = 600;

/** Renders a small board once, with trusted code only, so that the engine's code is compiled before the job comes. */
export async function warmUp() {
  const circuit = new RootCircuit({ platform: createOfflinePlatform() });
  const parts = [
    createElement("resistor", { key: "r", name: "R1", resistance: "1k", footprint: "0402", pcbX: -3 }),
    createElement("led", { key: "l", name: "D1", footprint: "0603", pcbX: 3 }),
    createElement("trace", { key: "t", from: ".R1 > .pin2", to: ".D1 > .pos" }),
  ];
  circuit.add(createElement("board", { width: "12mm", height: "8mm" }, parts));
  await circuit.renderUntilSettled();
}

const isComponent = (value) => typeof value === "function" || (typeof value === "object" && value !== null && "$$typeof" in value && !isValidElement(value));

/** The default export, or the only capitalised component of the module. */
function pickComponent(module) {
  if (isValidElement(module.default)) return { element: module.default };
  if (isComponent(module.default)) return { element: createElement(module.default) };
  const names = Object.keys(module).filter((name) => /^[A-Z]/.test(name) && isComponent(module[name]));
  if (names.length === 1) return { element: createElement(module[names[0]]) };
  return { element: null, names };
}

function explainNoComponent({ entry, names }) {
  if (names.length > 1) return `${entry} exports several components (${names.slice(0, 5).join(", ")}): make the board the default export.`;
  return `${entry} exports no component: export the board as default, such as \`export default () => <board>…</board>\`.`;
}

/**
 * Takes out what differs from run to run and says nothing about the circuit: times, and the engine's running number of a
 * component, `<trace#36(from:…) />`, which counts everything that this process has ever rendered.
 */
function normalise(circuitJson) {
  return circuitJson.map((element) => {
    if (typeof element.message === "string" && element.message.includes("#")) {
      return { ...element, message: element.message.replace(/<(\w+)#\d+(?=\()/g, "<$1") };
    }
    if (element.type !== "source_project_metadata") return element;
    const { created_at: _createdAt, ...kept } = element;
    return kept;
  });
}

function collectFindings({ circuitJson, board }) {
  const findings = [];
  for (const element of circuitJson) {
    const severity = /_error$/.test(element.type) ? "error" : /_warning$/.test(element.type) ? "warning" : null;
    if (severity === null) continue;
    findings.push({ severity, code: element.type, message: shorten(element.message ?? element.type), subject: board });
  }
  return findings;
}

const count = (circuitJson, type) => circuitJson.filter((element) => element.type === type).length;

async function renderBoard({ element, name, directory }) {
  const circuit = new RootCircuit({ platform: createOfflinePlatform({ directory }) });
  circuit.name = name;
  circuit.add(element);
  await circuit.renderUntilSettled();
  return normalise(circuit.getCircuitJson());
}

async function buildBoard({ board, loader, directory, outputDir, seen }) {
  const module = await loader.importModule(board.module);
  const { element, names } = pickComponent(module);
  const about = { name: board.name, entry: board.entry };
  const same = seen.get(element?.type);
  if (element !== null && same !== undefined) return { ...about, status: "duplicate", of: same };
  if (element === null) return { ...about, status: "no_board", message: explainNoComponent({ entry: board.entry, names }) };
  const circuitJson = await renderBoard({ element, name: board.name, directory });
  if (count(circuitJson, "pcb_board") + count(circuitJson, "pcb_panel") === 0) {
    const failed = circuitJson.find((one) => /_error$/.test(one.type));
    const message = failed ? `${board.entry}: ${shorten(failed.message)}` : `${board.entry} renders no <board>: wrap the circuit in one.`;
    return { ...about, status: "no_board", message };
  }
  // An index that hands on the default export of a board's own file is the same board.
  if (typeof element.type === "function") seen.set(element.type, board.name);
  const artifact = `boards/${board.name}/circuit.json`;
  writeOutput({ outputDir, name: artifact, content: JSON.stringify(circuitJson) });
  return {
    ...about,
    status: "built",
    artifact,
    findings: collectFindings({ circuitJson, board: board.name }),
    components: count(circuitJson, "source_component"),
    traces: count(circuitJson, "source_trace"),
    elements: circuitJson.length,
  };
}

/** Errors first, and of everything at most `MAX_FINDINGS`; the counts stay whole. */
function summarise(boards) {
  const all = boards.flatMap((board) => board.findings ?? []);
  const errors = all.filter((finding) => finding.severity === "error");
  const warnings = all.filter((finding) => finding.severity === "warning");
  return {
    errorCount: errors.length,
    warningCount: warnings.length,
    findings: [...errors, ...warnings].slice(0, MAX_FINDINGS),
    boards: boards.map(({ findings: _findings, ...board }) => board),
  };
}

/** Job: `{boards: [{name, entry, module}]}`, `module` being the ES module below `files/` that `entry` was transpiled to. */
export async function run({ inputDir, outputDir }) {
  const { boards } = readJob({ inputDir });
  const directory = path.join(inputDir, "files");
  const loader = installPackageLoader({ directory });
  const done = [];
  const seen = new Map();
  let escaped = null;
  const noteEscaped = (error) => {
    escaped ??= error;
  };
  process.on("uncaughtException", noteEscaped);
  process.on("unhandledRejection", noteEscaped);
  for (const board of boards) {
    installSteadyRandom({ seed: 1 });
    try {
      const built = await buildBoard({ board, loader, directory, outputDir, seen });
      if (escaped !== null) throw escaped;
      done.push(built);
    } catch (error) {
      const failure = describeError({ error, root: loader.root });
      return { ...summarise(done), failure: { board: board.name, entry: board.entry, ...failure } };
    }
  }
  return { ...summarise(done), failure: null };
}
