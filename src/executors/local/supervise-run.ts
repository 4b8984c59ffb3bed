/**
 * One job in one sandbox, from its line on stdin to its collected outputs.
 *
 * working → ending (by itself, by a limit, by abort: TERM, grace, KILL) → dead (confirmed) → collected
 */
import { constants } from "node:os";
import type { ExecutionJob, ExecutionOptions, ExecutionResult, LimitName } from "../types";
import { collectOutputs } from "./collect-outputs";
import type { Sandbox } from "./launch-sandbox";
import { placeInputs } from "./place-inputs";
import { pumpOutput } from "./pump-output";
import type { Watchdog } from "./watchdog";

const MIB = 1024 * 1024;
/** What a command gets to clean up after TERM, ms. Cancelling promises "dead within a second". */
const GRACE_MS = 250;
/** Limits that a command can be asked to respect; the others are ended without a word. */
const POLITE_LIMITS: readonly LimitName[] = ["wallMs"];

export interface SuperviseOptions {
  sandbox: Sandbox;
  watchdog: Watchdog;
  job: ExecutionJob;
  run: ExecutionOptions;
  /** False for a process started ahead: its inputs come now, before its line on stdin. */
  inputsPlaced: boolean;
}

/** The sandbox is dead afterwards, whatever happened; its folders stay open for the caller to dispose of. */
export async function superviseRun(options: SuperviseOptions): Promise<ExecutionResult> {
  const { sandbox, watchdog, job, run } = options;
  let aborted = false;
  /** Once begun: the milliseconds it took. */
  const ending: { done: Promise<number> | null } = { done: null };
  let limitHit: LimitName | undefined;

  const kill = (polite: boolean): void => {
    ending.done ??= endTree({ sandbox, graceMs: polite ? GRACE_MS : 0 });
    ending.done.catch(() => undefined);
  };
  const onLimit = (limit: LimitName): void => {
    if (aborted || limitHit !== undefined) return;
    limitHit = limit;
    kill(POLITE_LIMITS.includes(limit));
  };
  const onAbort = (): void => {
    if (ending.done !== null || sandbox.hasExited()) return;
    aborted = true;
    kill(true);
  };

  let pump: ReturnType<typeof pumpOutput> | null = null;
  try {
    if (!options.inputsPlaced) await placeInputs({ folder: sandbox.inputFolder, inputs: job.inputs });
    watchdog.beginWork();
    watchdog.onLimit(onLimit);
    pump = pumpOutput({
      stdout: sandbox.stdout,
      stderr: sandbox.stderr,
      maxBytes: job.limits.outputBytes,
      onOutput: run.onOutput,
      onTooMuch: () => onLimit("outputBytes"),
      onReaderFailed: () => kill(false),
    });
    run.signal.addEventListener("abort", onAbort, { once: true });
    if (run.signal.aborted) onAbort();
    else sandbox.stdin.end("go\n");

    const exit = await sandbox.exited;
    watchdog.stop();
    const killedInMs = ending.done === null ? undefined : await ending.done;
    await sandbox.killAndConfirm();
    watchdog.look();
    limitHit ??= aborted ? undefined : watchdog.limitHit();
    if (aborted) pump.discard();
    // Everything is dead, so the streams end; a reader that is stuck is given up only if the job is aborted.
    const giveUp = pump.discard;
    run.signal.addEventListener("abort", giveUp, { once: true });
    await pump.done;
    run.signal.removeEventListener("abort", giveUp);

    const collection = await collectOutputs({ folder: sandbox.outFolder, into: job.collectInto, maxBytes: job.limits.diskMb * MIB, maxFiles: job.limits.diskFiles });
    const ended = readExit(exit);
    limitHit ??= aborted ? undefined : (collection.limitHit ?? limitOfSignal(ended.signal));
    return {
      ...ended,
      limitHit,
      aborted,
      killedInMs,
      usage: { ...watchdog.readUsage(), outputBytes: pump.readBytes() },
      isolation: "sandboxed",
      outputs: collection.outputs,
      refused: collection.refused,
    };
  } finally {
    run.signal.removeEventListener("abort", onAbort);
    watchdog.stop();
    pump?.discard();
    await sandbox.killAndConfirm();
  }
}

/** TERM to the command's processes, a grace, then KILL; the milliseconds until all were confirmed dead. */
async function endTree(options: { sandbox: Sandbox; graceMs: number }): Promise<number> {
  const { sandbox, graceMs } = options;
  const since = performance.now();
  if (graceMs > 0) {
    for (const pid of sandbox.listCommand()) {
      try {
        process.kill(pid, "SIGTERM");
      } catch {
        // Gone meanwhile.
      }
    }
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([sandbox.exited, new Promise((resolve) => (timer = setTimeout(resolve, graceMs)))]);
    clearTimeout(timer);
  }
  await sandbox.killAndConfirm();
  return Math.round((performance.now() - since) * 10) / 10;
}

/** bwrap reports a death by signal n as 128 + n, as shells do. */
export function readExit(exit: { code: number | null; signal: NodeJS.Signals | null }): { exitCode: number | null; signal: string | null } {
  if (exit.signal !== null) return { exitCode: null, signal: exit.signal };
  const name = Object.entries(constants.signals).find(([, number]) => exit.code === 128 + number)?.[0];
  return name === undefined ? { exitCode: exit.code, signal: null } : { exitCode: null, signal: name };
}

/** The kernel's own limits end a process by these, when it is faster than the watchdog. */
function limitOfSignal(signal: string | null): LimitName | undefined {
  if (signal === "SIGXCPU") return "cpuSeconds";
  return signal === "SIGXFSZ" ? "diskMb" : undefined;
}
