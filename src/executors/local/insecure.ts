/**
 * Without isolation: resource limits and a process group, nothing more. The command sees the host's files, network and
 * processes, and a daemon that leaves its group outlives it. Only for people who trust every package they build.
 */
import { spawn } from "node:child_process";
import { closeSync, constants, mkdirSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "~/domain/errors";
import type { ExecutionJob, ExecutionOptions, ExecutionResult, ExecutorProbe, LimitName } from "../types";
import { collectOutputs } from "./collect-outputs";
import { placeInputs } from "./place-inputs";
import { listTree, readMemoryBytes } from "./process-tree";
import { pumpOutput } from "./pump-output";
import { buildResourceLimits } from "./sandbox-line";

const MIB = 1024 * 1024;
const GRACE_MS = 250;
const LOOK_EVERY_MS = 50;
const DRAIN_MS = 1_000;
/** In full: a bare name would be looked up in the job's PATH. */
const PRLIMIT = "/usr/bin/prlimit";

/**
 * Paths of the sandbox (`/in`, `/out`, mount targets) are replaced in arguments and environment where they stand as a path
 * of their own; `SLIPWAY_IN` and `SLIPWAY_OUT` name the two folders for programs that would have them written in.
 */
export async function runInsecurely(options: { job: ExecutionJob; run: ExecutionOptions; workRoot: string }): Promise<ExecutionResult> {
  const { job, run } = options;
  mkdirSync(options.workRoot, { recursive: true });
  const folder = mkdtempSync(join(options.workRoot, "insecure-"));
  const inputFolder = join(folder, "in");
  const outFolder = join(folder, "out");
  mkdirSync(inputFolder);
  mkdirSync(outFolder);
  try {
    await placeInputs({ folder: inputFolder, inputs: job.inputs });
    const translate = createTranslation([
      { target: "/in", source: inputFolder },
      { target: "/out", source: outFolder },
      ...job.mounts,
    ]);
    return await runGroup({ job, run, translate, inputFolder, outFolder });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface GroupOptions {
  job: ExecutionJob;
  run: ExecutionOptions;
  translate: (text: string) => string;
  inputFolder: string;
  outFolder: string;
}

async function runGroup(options: GroupOptions): Promise<ExecutionResult> {
  const { job, run, translate } = options;
  const env = Object.fromEntries(Object.entries(job.env).map(([name, value]) => [name, translate(value)]));
  const [, ...limits] = buildResourceLimits({ spec: job, boundsMemory: false }).filter((word) => !word.startsWith("--nproc"));
  const child = spawn(PRLIMIT, [...limits, ...job.command.map(translate)], {
    cwd: translate(job.cwd ?? "/out"),
    env: { NODE_ENV: "production", ...env, SLIPWAY_IN: options.inputFolder, SLIPWAY_OUT: options.outFolder },
    stdio: ["pipe", "pipe", "pipe"],
    detached: true,
  });
  const { pid } = child;
  const since = performance.now();
  let limitHit: LimitName | undefined;
  let aborted = false;
  let endedAt: number | null = null;
  let peakMemory = 0;
  let cpuMs = 0;
  let grace: NodeJS.Timeout | undefined;

  const signalGroup = (name: NodeJS.Signals): void => {
    try {
      if (pid !== undefined) process.kill(-pid, name);
    } catch {
      // Nothing left in the group.
    }
  };
  const end = (): void => {
    endedAt ??= performance.now();
    signalGroup("SIGTERM");
    grace ??= setTimeout(() => signalGroup("SIGKILL"), GRACE_MS);
  };
  const onLimit = (limit: LimitName): void => {
    if (aborted || limitHit !== undefined) return;
    limitHit = limit;
    end();
  };
  const onAbort = (): void => {
    if (limitHit !== undefined) return;
    aborted = true;
    end();
  };
  const watch = setInterval(() => {
    const tree = pid === undefined ? [] : listTree({ pid });
    const memory = readMemoryBytes({ pids: tree.map((stat) => stat.pid) });
    peakMemory = Math.max(peakMemory, memory);
    cpuMs = Math.max(cpuMs, tree.reduce((sum, stat) => sum + stat.cpuMs + stat.childrenCpuMs, 0));
    if (memory > job.limits.memoryMb * MIB) onLimit("memoryMb");
    else if (tree.reduce((sum, stat) => sum + stat.threads, 0) > job.limits.pids) onLimit("pids");
    else if (cpuMs > job.limits.cpuSeconds * 1000) onLimit("cpuSeconds");
    else if (performance.now() - since > job.limits.wallMs) onLimit("wallMs");
  }, LOOK_EVERY_MS);

  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve, reject) => {
    child.once("exit", (code, signal) => resolve({ code, signal }));
    child.once("error", (cause) => reject(new AppError("not_available", { userMessage: "This worker can't run commands: prlimit is missing. Install util-linux.", cause })));
  });
  child.stdin.on("error", () => undefined);
  const pump = pumpOutput({
    stdout: child.stdout, stderr: child.stderr, maxBytes: job.limits.outputBytes, onOutput: run.onOutput,
    onTooMuch: () => onLimit("outputBytes"), onReaderFailed: end,
  });
  run.signal.addEventListener("abort", onAbort, { once: true });
  if (run.signal.aborted) onAbort();
  child.stdin.end("go\n");
  try {
    const exit = await exited;
    signalGroup("SIGKILL");
    const killedInMs = endedAt === null ? undefined : Math.round(performance.now() - endedAt);
    const wallMs = Math.round(performance.now() - since);
    if (aborted) pump.discard();
    // A daemon that left the group may keep the streams open for ever.
    const tearDown = setTimeout(() => [child.stdout, child.stderr].forEach((stream) => stream.destroy()), DRAIN_MS);
    await pump.done.finally(() => clearTimeout(tearDown));
    const collection = await collectInsecurely(options);
    return {
      exitCode: exit.code, signal: exit.signal, limitHit: limitHit ?? (aborted ? undefined : collection.limitHit), aborted, killedInMs, isolation: "insecure",
      usage: { wallMs, cpuMs, peakMemoryMb: Math.round(peakMemory / MIB), outputBytes: pump.readBytes(), diskBytes: collection.outputs.reduce((sum, file) => sum + file.size, 0) },
      outputs: collection.outputs, refused: collection.refused,
    };
  } finally {
    clearInterval(watch);
    clearTimeout(grace);
    run.signal.removeEventListener("abort", onAbort);
    signalGroup("SIGKILL");
  }
}

async function collectInsecurely(options: GroupOptions): ReturnType<typeof collectOutputs> {
  const folder = openSync(options.outFolder, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  try {
    const { limits, collectInto } = options.job;
    return await collectOutputs({ folder, into: collectInto, maxBytes: limits.diskMb * MIB, maxFiles: limits.diskFiles });
  } finally {
    closeSync(folder);
  }
}

function createTranslation(folders: readonly { source: string; target: string }[]): (text: string) => string {
  const longestFirst = [...folders].sort((one, other) => other.target.length - one.target.length);
  const bySource = new Map(longestFirst.map((folder) => [folder.target, folder.source]));
  const targets = longestFirst.map((folder) => folder.target.replace(/[^\w/-]/g, "\\$&")).join("|");
  const pattern = new RegExp(`(?<![^=:,\\s"'])(${targets})(?=$|[/:,\\s"'])`, "g");
  return (text) => text.replace(pattern, (target) => bySource.get(target) ?? target);
}

/** What the doctor and the boot say when insecure runs are allowed. */
export function probeInsecure(options: { failed: ExecutorProbe }): ExecutorProbe {
  const warning = {
    name: "insecure mode", ok: true,
    detail: "builds run WITHOUT isolation, because SLIPWAY_ALLOW_INSECURE_LOCAL is set; every build so made is marked",
  };
  return { ok: true, isolation: "insecure", checks: [...options.failed.checks, warning] };
}
