/**
 * Slither, as a program of its own. It reads the syntax trees that were made here, in crytic-compile's export format, so that
 * it neither looks for a compiler nor runs one.
 */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { readAnswerFile } from "./read-answer.mjs";

const venv = fileURLToPath(new URL("../.venv", import.meta.url));
const python = path.join(venv, "bin/python3");
const preload = fileURLToPath(new URL("./preload.py", import.meta.url));

export function probeSlither() {
  if (!existsSync(python)) return null;
  for (const lib of readdirSync(path.join(venv, "lib"))) {
    const found = readdirSync(path.join(venv, "lib", lib, "site-packages")).map((name) => /^slither_analyzer-(.+)\.dist-info$/.exec(name)?.[1]).find((version) => version !== undefined);
    if (found !== undefined) return found;
  }
  return null;
}

/** Starts the process, which loads Slither and waits for its job: that is most of what a small audit takes. */
export function startSlither() {
  const child = spawn(python, ["-W", "ignore", preload, "slither"], { cwd: tmpdir(), env: { PATH: "/usr/bin:/bin", HOME: tmpdir(), LANG: "C.UTF-8", PYTHONDONTWRITEBYTECODE: "1" }, stdio: ["pipe", "pipe", "pipe"] });
  const output = [];
  const keep = (chunk) => {
    output.push(chunk);
    while (output.length > 200) output.shift();
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  // A child that is gone already: its end tells more than the broken pipe.
  child.stdin.on("error", () => undefined);
  const ended = new Promise((resolve) => {
    child.once("error", (error) => resolve({ how: error.message }));
    child.once("close", (code, signal) => resolve({ how: signal ?? `exit code ${code}`, code }));
  });
  return { child, ended, text: () => Buffer.concat(output).toString("utf8") };
}

const namedIn = (workFolder) => (name) => ({ absolute: path.join(workFolder, name), used: name, short: name, relative: name });

function writeExport({ workFolder, version, sources, trees }) {
  const named = namedIn(workFolder);
  for (const [name, text] of sources) {
    const file = path.join(workFolder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const units = {};
  for (const [name, ast] of trees) {
    const contracts = ast.nodes.filter((node) => node.nodeType === "ContractDefinition");
    units[name] = {
      ast,
      contracts: Object.fromEntries(contracts.map((contract) => [contract.name, { abi: [], bin: "", "bin-runtime": "", srcmap: "", "srcmap-runtime": "", libraries: [], filenames: named(name), is_dependency: false, userdoc: {}, devdoc: {} }])),
    };
  }
  const unit = { compiler: { compiler: "solc", version, optimized: true }, source_units: units, filenames: [...trees.keys()].map(named) };
  const target = path.join(workFolder, "contracts_export.json");
  writeFileSync(target, JSON.stringify({ compilation_units: { contracts: unit }, package: null, working_dir: workFolder, type: 1, unit_tests: [], crytic_version: "0.0.2" }));
  return target;
}

/** @returns `{findings}` or `{crash}`, in words */
export async function runSlither({ process: { child, ended, text }, version, sources, trees, detectors }) {
  // A folder of its own: an answer of an earlier audit must not be taken for this one's.
  const workFolder = mkdtempSync(path.join(tmpdir(), "slither-"));
  const target = writeExport({ workFolder, version, sources, trees });
  const answerFile = path.join(workFolder, "answer.json");
  child.stdin.end(`${JSON.stringify([target, "--json", answerFile, "--detect", detectors.join(","), "--fail-none", "--disable-color", "--no-fail-pedantic"])}\n`);
  const { how, code } = await ended;
  if (!existsSync(answerFile)) return { crash: `${how} and no answer. ${text().trim().slice(-600)}` };
  const answer = readAnswerFile({ file: answerFile });
  if (answer.success !== true || code !== 0) return { crash: `${how}. ${answer.error ?? text().trim().slice(-600)}` };
  if (!Array.isArray(answer.results?.detectors ?? [])) return { crash: "Its answer has another shape: results.detectors is no list." };
  return { findings: (answer.results?.detectors ?? []).flatMap(toFinding) };
}

function toFinding({ check, impact, confidence, description, elements }) {
  const places = elements.filter((element) => element.source_mapping?.lines?.length > 0);
  const chosen = places.find((element) => element.type === "node" && element.additional_fields?.underlying_type !== "external_calls_sending_eth") ?? places.find((element) => element.type === "node") ?? places[0];
  if (chosen === undefined) return [];
  const { filename_relative: file, start, length } = chosen.source_mapping;
  return [{ check, severity: impact, confidence, message: describe(description), file, bytes: { start, length } }];
}

/** Its descriptions list every element with its place; the first sentence says what is wrong. */
const describe = (text) => text.split("\n")[0].replace(/ \([^()]*\.sol#[\d-]+\)/g, "").replace(/:\s*$/, "").trim();
