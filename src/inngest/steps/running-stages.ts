/** The stage attempts that run in this worker right now, so that a cancel, a lost claim or a shutdown can stop them. */

export type StopReason = "cancelled" | "claim lost" | "shutting down";

/** What the abort signal of a stopped attempt carries. */
export class StageStopped extends Error {
  readonly reason: StopReason;

  constructor(reason: StopReason) {
    super(`The stage attempt was stopped: ${reason}.`);
    this.name = "StageStopped";
    this.reason = reason;
  }
}

export interface RunningStage {
  signal: AbortSignal;
  stop(reason: StopReason): void;
  /** Takes it off the list. */
  done(): void;
}

export interface RunningStages {
  start(buildId: string): RunningStage;
  stopBuild(buildId: string, reason: StopReason): void;
  stopAll(reason: StopReason): void;
  buildIds(): string[];
  count(): number;
}

export function createRunningStages(): RunningStages {
  const running = new Set<{ buildId: string; controller: AbortController }>();
  const stop = (controller: AbortController, reason: StopReason) => controller.abort(new StageStopped(reason));
  return {
    start(buildId) {
      const entry = { buildId, controller: new AbortController() };
      running.add(entry);
      return { signal: entry.controller.signal, stop: (reason) => stop(entry.controller, reason), done: () => running.delete(entry) };
    },
    stopBuild(buildId, reason) {
      for (const entry of running) if (entry.buildId === buildId) stop(entry.controller, reason);
    },
    stopAll(reason) {
      for (const entry of running) stop(entry.controller, reason);
    },
    buildIds: () => [...new Set([...running].map((entry) => entry.buildId))],
    count: () => running.size,
  };
}

/** Why the signal was aborted; null when it was not. */
export function stopReasonOf(signal: AbortSignal): StopReason | null {
  if (!signal.aborted) return null;
  return signal.reason instanceof StageStopped ? signal.reason.reason : "shutting down";
}
