/**
 * The local executor: every job in a bubblewrap sandbox of its own on this machine. See docs/security.md.
 *
 * A job waits for one of `slots` places, takes a process started ahead for its `warmKey` or a fresh sandbox, and gives the
 * place back when every process of it is confirmed dead.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { AppError } from "~/domain/errors";
import type { ExecutionJob, ExecutionOptions, ExecutionResult, Executor, ExecutorProbe, InputFile } from "../types";
import { checkJob } from "./check-job";
import { createGate } from "./gate";
import { probeInsecure, runInsecurely } from "./insecure";
import { launchSandbox, type Sandbox } from "./launch-sandbox";
import { probeSandbox } from "./probe";
import type { SandboxSpec } from "./sandbox-line";
import { assembleSeccompFilter } from "./seccomp";
import { createSlotPool, DEFAULT_UID_BASE } from "./slots";
import { superviseRun } from "./supervise-run";
import { createWarmPool } from "./warm-pool";
import { startWatchdog, type Watchdog } from "./watchdog";

export interface ExecutorLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export interface LocalExecutorOptions {
  /** Jobs at once. Others wait their turn. */
  slots: number;
  /** Host folder for the slots' folders; several executors may share it. */
  workRoot: string;
  /** Without working isolation, run all the same, and mark every result `insecure`. */
  allowInsecure: boolean;
  logger?: ExecutorLogger;
  /** As root: the first of the users that slots run as. Default 61000. */
  uidBase?: number;
  /** Processes kept started ahead for each `warmKey`. Default 1; 0 turns it off. */
  warmPerKey?: number;
  /** Bound on all of them. Default: `slots`. */
  warmTotal?: number;
  /** Default true: control groups where we may make them. False leaves memory, CPU and processes to the watchdog alone. */
  useControlGroups?: boolean;
}

/** What jobs with one `warmKey` have in common. */
export type WarmJob = Pick<ExecutionJob, "command" | "cwd" | "env" | "mounts" | "limits" | "network"> & { warmKey: string };

export interface LocalExecutor extends Executor {
  /** Starts a process ahead for jobs with this key; resolves when it runs (or there was no room, or no isolation). */
  prewarm(job: WarmJob): Promise<void>;
}

/** A probe that failed is tried again after this long, so that installing bubblewrap mends a running worker. */
const PROBE_AGAIN_MS = 10_000;

export function createLocalExecutor(options: LocalExecutorOptions): LocalExecutor {
  const workRoot = resolve(options.workRoot);
  const gate = createGate({ places: options.slots });
  const pool = createSlotPool({ workRoot, uidBase: options.uidBase ?? DEFAULT_UID_BASE, root: process.getuid?.() === 0 });
  const closing = new AbortController();
  const running = new Set<Promise<unknown>>();
  let isolation: { probe: Promise<ExecutorProbe>; at: number } | null = null;
  let filterFile: string | null = null;

  const launch = async (spec: SandboxSpec, inputs: readonly InputFile[] | null = null): Promise<{ sandbox: Sandbox; watchdog: Watchdog }> => {
    if (filterFile === null) {
      mkdirSync(workRoot, { recursive: true });
      filterFile = join(workRoot, `seccomp-${process.arch}.bpf`);
      writeFileSync(filterFile, assembleSeccompFilter(process.arch));
    }
    const slot = await pool.acquire().catch(async (error: unknown) => {
      // Processes started ahead stand back for real work.
      if (!(await warm.evictOne())) throw error;
      return await pool.acquire();
    });
    try {
      const sandbox = await launchSandbox({ slot, spec, filterFile, inputs, useControlGroups: options.useControlGroups ?? true });
      return { sandbox, watchdog: startWatchdog({ sandbox }) };
    } catch (error) {
      pool.release({ slot });
      throw error;
    }
  };

  /** Kills what is left, frees the slot; a slot that can't be emptied is never used again. */
  const retire = async ({ sandbox, watchdog }: { sandbox: Sandbox; watchdog: Watchdog }): Promise<void> => {
    watchdog.stop();
    try {
      await sandbox.killAndConfirm();
      pool.release({ slot: sandbox.slot });
    } catch (error) {
      pool.quarantine({ slot: sandbox.slot });
      throw error;
    } finally {
      sandbox.dispose();
    }
  };

  const warm = createWarmPool({ launch, retire, perKey: options.warmPerKey ?? 1, total: options.warmTotal ?? options.slots, logger: options.logger });

  /** A busy machine may disturb one trial; isolation that is broken fails twice. */
  const probe = async (): Promise<ExecutorProbe> => {
    const first = await probeSandbox({ launch, retire });
    return first.ok ? first : await probeSandbox({ launch, retire });
  };

  const lastProbe = async (): Promise<ExecutorProbe> => {
    if (isolation === null || Date.now() - isolation.at > PROBE_AGAIN_MS) {
      const attempt = { probe: probe(), at: Date.now() };
      isolation = attempt;
      // A good answer stands: isolation that worked once fails loudly if it stops.
      void attempt.probe.then((result) => (attempt.at = result.ok ? Number.POSITIVE_INFINITY : Date.now())).catch(() => (isolation = null));
    }
    return await isolation.probe;
  };

  const runSandboxed = async (job: ExecutionJob, run: ExecutionOptions): Promise<ExecutionResult> => {
    warm.jobBegan();
    try {
      const started = warm.take({ job });
      const ready = started ?? (await launch(job, job.inputs));
      try {
        return await superviseRun({ ...ready, job, run, inputsPlaced: started === null });
      } finally {
        await retire(ready);
      }
    } finally {
      warm.jobEnded({ job });
    }
  };

  const runChecked = async (job: ExecutionJob, run: ExecutionOptions): Promise<ExecutionResult> => {
    checkJob({ job });
    if (closing.signal.aborted) throw closedError();
    const signal = AbortSignal.any([run.signal, closing.signal]);
    const probed = await lastProbe();
    const isolated = probed.ok;
    if (!isolated && !options.allowInsecure) throw noIsolationError(probed);
    const leave = await gate.enter({ signal });
    if (leave === null) return notStarted(isolated);
    try {
      if (isolated) return await runSandboxed(job, { ...run, signal });
      return await runInsecurely({ job, run: { ...run, signal }, workRoot });
    } finally {
      leave();
    }
  };

  return {
    run: (job, run) => {
      const result = runChecked(job, run);
      const settled = result.catch(() => undefined).finally(() => running.delete(settled));
      running.add(settled);
      return result;
    },
    prewarm: async (job) => {
      checkJob({ job });
      if (!closing.signal.aborted && (await lastProbe()).ok) await warm.fill({ job });
    },
    probe: async () => {
      const result = await probe();
      isolation = { probe: Promise.resolve(result), at: result.ok ? Number.POSITIVE_INFINITY : Date.now() };
      return result.ok || !options.allowInsecure ? result : probeInsecure({ failed: result });
    },
    close: async () => {
      closing.abort();
      await Promise.all(running);
      await warm.close();
      await pool.close();
    },
  };
}

function noIsolationError(probe: ExecutorProbe): AppError {
  const failed = probe.checks.filter((check) => !check.ok);
  return new AppError("not_available", {
    userMessage: "This worker can't isolate builds, so it refuses to run them.",
    message: `no isolation: ${failed.map((check) => `${check.name}: ${check.detail}${check.fix === undefined ? "" : ` (${check.fix})`}`).join("; ")}`,
  });
}

function closedError(): AppError {
  return new AppError("not_available", { userMessage: "This worker is shutting down. Try again.", retryable: true });
}

/** Aborted while it waited for a place. */
function notStarted(isolated: boolean): ExecutionResult {
  return {
    exitCode: null, signal: null, aborted: true, killedInMs: 0, isolation: isolated ? "sandboxed" : "insecure", outputs: [], refused: [],
    usage: { wallMs: 0, cpuMs: 0, peakMemoryMb: 0, outputBytes: 0, diskBytes: 0 },
  };
}
