/**
 * Processes started ahead. Each serves one job of its key, once; one that died or went over a limit is thrown away.
 * They wait inside a full sandbox in slots of their own, so nothing of one job is ever seen by another. Until it is taken
 * a process stands back for whatever else the machine does: loading a toolchain must not slow a build that needs none.
 */
import type { ExecutionJob } from "../types";
import type { ExecutorLogger, WarmJob } from "./index";
import type { Sandbox } from "./launch-sandbox";
import { isAlive } from "./process-tree";
import type { SandboxSpec } from "./sandbox-line";
import { hashOf } from "./slots";
import type { Watchdog } from "./watchdog";

/** A build's stages follow each other within less: only a longer silence is one. */
const IDLE_MS = 500;

export interface ReadySandbox {
  sandbox: Sandbox;
  watchdog: Watchdog;
}

export interface WarmPool {
  /** A living process for this job's key, now the job's own. */
  take(options: { job: ExecutionJob }): ReadySandbox | null;
  /** Starts what is missing for this key; resolves when it runs. */
  fill(options: { job: WarmJob }): Promise<void>;
  /** To be called around every job: what a job took is replaced once no job runs any more. */
  jobBegan(): void;
  jobEnded(options: { job: ExecutionJob }): void;
  /** Ends the one that waited longest; false when there is none. */
  evictOne(): Promise<boolean>;
  close(): Promise<void>;
}

export function createWarmPool(options: {
  launch: (spec: SandboxSpec) => Promise<ReadySandbox>;
  retire: (ready: ReadySandbox) => Promise<void>;
  perKey: number;
  total: number;
  logger?: ExecutorLogger | undefined;
}): WarmPool {
  /** Oldest first. */
  let waiting: { key: string; ready: ReadySandbox }[] = [];
  const starting = new Map<string, number>();
  const background = new Set<Promise<void>>();
  /** Keys whose process was used, with a job to start the next one by. */
  const used = new Map<string, WarmJob>();
  let running = 0;
  let idle: NodeJS.Timeout | undefined;
  let closed = false;

  const retireQuietly = async (ready: ReadySandbox): Promise<void> => {
    await options.retire(ready).catch((error: unknown) => options.logger?.warn({ error, slot: ready.sandbox.slot.name }, "a process started ahead could not be ended"));
  };
  const inBackground = (work: Promise<void>): void => {
    const tracked = work
      .catch((error: unknown) => options.logger?.warn({ error }, "could not start a process ahead"))
      .finally(() => background.delete(tracked));
    background.add(tracked);
  };
  const drop = (entry: { key: string; ready: ReadySandbox }): boolean => {
    const before = waiting.length;
    waiting = waiting.filter((other) => other !== entry);
    return waiting.length < before;
  };
  const evictOne = async (): Promise<boolean> => {
    const oldest = waiting.shift();
    if (oldest === undefined) return false;
    await retireQuietly(oldest.ready);
    return true;
  };

  const startOne = async (key: string, spec: SandboxSpec): Promise<void> => {
    starting.set(key, (starting.get(key) ?? 0) + 1);
    try {
      const ready = await options.launch(spec);
      if (closed) return await retireQuietly(ready);
      ready.sandbox.group.setPace("background");
      const entry = { key, ready };
      waiting.push(entry);
      const throwAway = (): void => {
        if (drop(entry)) inBackground(retireQuietly(ready));
      };
      void ready.sandbox.exited.then(throwAway);
      ready.watchdog.onLimit(throwAway);
      while (waiting.length > options.total) await evictOne();
    } finally {
      starting.set(key, (starting.get(key) ?? 1) - 1);
    }
  };

  const fill = async (job: WarmJob): Promise<void> => {
    const key = keyOf(job);
    const there = waiting.filter((entry) => entry.key === key).length + (starting.get(key) ?? 0);
    if (closed || options.total === 0) return;
    await Promise.all(Array.from({ length: Math.max(0, options.perKey - there) }, () => startOne(key, specOf(job))));
  };

  /** Loading a toolchain costs seconds of processor time: they are taken when no build waits for them. */
  const refill = async (): Promise<void> => {
    for (const [key, job] of used) {
      if (running > 0 || closed) return;
      used.delete(key);
      await fill(job);
    }
  };

  return {
    take: ({ job }) => {
      if (job.warmKey === undefined) return null;
      const key = keyOf({ ...job, warmKey: job.warmKey });
      // Looked at, not remembered: the event of its death may still be on its way.
      const entry = waiting.find((other) => other.key === key && isAlive(other.ready.sandbox.init) && other.ready.watchdog.limitHit() === undefined);
      if (entry === undefined) return null;
      drop(entry);
      entry.ready.sandbox.group.setPace("normal");
      return entry.ready;
    },
    fill: ({ job }) => fill(job),
    jobBegan: () => {
      running += 1;
      clearTimeout(idle);
    },
    jobEnded: ({ job }) => {
      running -= 1;
      if (job.warmKey !== undefined) {
        const next = { ...job, warmKey: job.warmKey };
        used.set(keyOf(next), next);
      }
      if (running > 0 || closed || used.size === 0) return;
      idle = setTimeout(() => inBackground(refill()), IDLE_MS);
    },
    evictOne,
    close: async () => {
      closed = true;
      clearTimeout(idle);
      await Promise.all(background);
      await Promise.all(waiting.splice(0).map((entry) => retireQuietly(entry.ready)));
      await Promise.all(background);
    },
  };
}

function specOf(job: WarmJob): SandboxSpec {
  return { command: job.command, cwd: job.cwd, env: job.env, mounts: job.mounts, limits: job.limits };
}

/** Two jobs share a process only if really everything is the same, whatever their keys claim. */
function keyOf(job: WarmJob): string {
  return hashOf({ value: [job.warmKey, job.command, job.cwd ?? null, Object.entries(job.env).sort(), job.mounts, Object.entries(job.limits).sort()] });
}
