/**
 * What every step of the bootstrap shares: where things are, how a command is run quietly, and how progress is told.
 * Plain JavaScript for the system's Node, whatever that is, without any dependency.
 */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
const tools = path.join(root, ".tools");
const logs = path.join(tools, "logs");

/** The major version that everything runs on, and the exact one that is installed where the system has another. */
export const NODE_MAJOR = 24;

/** A step failed in a way that its message explains; no stack is shown. */
export class BootstrapError extends Error {}

const FAULTS = {
  EACCES: "this user may not write there. If another user installed this checkout, start Slipway as that one, or make a checkout of your own",
  EPERM: "this user may not do that there. If another user installed this checkout, start Slipway as that one, or make a checkout of your own",
  EROFS: "the disk is mounted read-only. Start once where it is writable: then nothing has to be written any more",
  ENOSPC: "the disk is full. Make room (a whole installation takes about 3 GB) and start again",
  EDQUOT: "this user's share of the disk is used up. Make room (a whole installation takes about 3 GB) and start again",
};

/** What is said of a step that failed. Throws what is nobody's business but ours. */
export function explainFault(error) {
  if (error instanceof BootstrapError) return error.message;
  if (Object.hasOwn(FAULTS, error?.code) && typeof error.path === "string") return `${error.path} can't be written: ${FAULTS[error.code]}.`;
  throw error;
}

/** Progress goes to stderr: stdout belongs to the command's result. */
export function say(message) {
  process.stderr.write(`slipway: ${message}\n`);
}

/** Runs `work`, telling what it does when it begins and how long it took when it ends. */
export async function step(title, work) {
  say(`${title} …`);
  const started = Date.now();
  const result = await work();
  say(`${title}: done in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  return result;
}

/** The environment for programs: ours, without what npm adds for scripts (it would steer an npm within), and the right Node first. */
export function childEnvironment(extra = {}) {
  const environment = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (/^npm_(package|lifecycle|command|execpath|node_execpath|config_local_prefix|config_prefix)/.test(name)) continue;
    environment[name] = value;
  }
  environment.NEXT_TELEMETRY_DISABLED = "1";
  environment.CHECKPOINT_DISABLE = "1";
  return { ...environment, ...extra };
}

/** `childEnvironment` with the directory of `node` first in PATH. */
export function nodeEnvironment(node, extra = {}) {
  return childEnvironment({ PATH: `${path.dirname(node)}:${process.env.PATH ?? "/usr/bin:/bin"}`, ...extra });
}

const running = new Set();
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];
for (const signal of SIGNALS) process.on(signal, stop);
let handOver;

function stop(signal) {
  for (const child of running) child.kill(signal);
  if (handOver === undefined) process.exit(1);
  else handOver(signal);
}

/** From now on signals are the supervisor's business. */
export function onSignal(listener) {
  handOver = listener;
}

/** From now on signals are nobody's business here: a program of ours goes on in this very process. */
export function releaseSignals() {
  for (const signal of SIGNALS) process.off(signal, stop);
}

/**
 * Runs a command to its end with its output in a log file, of which the end is shown when the command fails.
 * Resolves to the exit code when `allowFailure` is set.
 */
export async function run(name, command, args, { cwd = root, env = childEnvironment(), allowFailure = false } = {}) {
  mkdirSync(logs, { recursive: true });
  const logFile = path.join(logs, `${name}.log`);
  const log = openSync(logFile, "w");
  const code = await new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", log, log] });
    running.add(child);
    child.once("error", reject);
    child.once("exit", (exitCode, signal) => {
      running.delete(child);
      resolve(exitCode ?? signal);
    });
  }).catch((error) => {
    throw new BootstrapError(`${command} could not be run: ${error.message}`);
  }).finally(() => closeSync(log));
  if (code !== 0 && !allowFailure) {
    throw new BootstrapError(`${[path.basename(command), ...args].join(" ")} failed (${code}).\n${tail(logFile, 60)}\nThe whole output is in ${path.relative(root, logFile)}.`);
  }
  return { code, logFile };
}

export function tail(file, lines) {
  return readFileSync(file, "utf8").trimEnd().split("\n").slice(-lines).join("\n");
}

/** npm as this script was started with, else the system's, run by the system's Node. */
export function npmCommand() {
  const execPath = process.env.npm_execpath;
  if (execPath !== undefined && /npm-cli\.[cm]?js$/.test(execPath) && existsSync(execPath)) return [process.execPath, execPath];
  return ["npm"];
}

export async function npm(name, args, options) {
  const [command, ...prefix] = npmCommand();
  return run(name, command, [...prefix, ...args, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], options);
}

/** A hash of files and folders (by name and content), for deciding whether a step has anything to do. */
export function hashOf(paths, { skip = () => false } = {}) {
  const hash = createHash("sha256");
  const add = (relative) => {
    const file = path.join(root, relative);
    if (skip(relative)) return;
    let entries;
    try {
      entries = readdirSync(file);
    } catch (error) {
      if (error.code === "ENOENT") return;
      if (error.code !== "ENOTDIR") throw error;
      hash.update(`${relative}\0`).update(createHash("sha256").update(readFileSync(file)).digest());
      return;
    }
    for (const entry of entries.sort()) add(path.join(relative, entry));
  };
  for (const relative of [...paths].sort()) add(relative);
  return hash.digest("hex");
}

/** Whether the stamp at `file` holds `value`. */
export function stampHolds(file, value) {
  try {
    return readFileSync(file, "utf8") === value;
  } catch {
    return false;
  }
}

export function writeStamp(file, value) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, value);
}

export const stamps = path.join(tools, "stamps");
