/** What a worker measures of itself; the web shows it, because a worker has no port of its own. */
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Vitals } from "~/server/services/workers/read-platform-series";

export interface VitalsMeter {
  /** Lag since the call before. */
  read(): Vitals;
  stop(): void;
}

const RESOLUTION_MS = 20;

export function startVitalsMeter({ countRunning }: { countRunning: () => number }): VitalsMeter {
  const lag = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  lag.enable();
  return {
    read() {
      const { user, system } = process.cpuUsage();
      // The time between two looks: what is beyond their own distance is the delay.
      const delayMs = lag.count === 0 ? 0 : Math.max(0, lag.percentile(99) / 1e6 - RESOLUTION_MS);
      lag.reset();
      return {
        cpu_seconds: (user + system) / 1e6,
        resident_bytes: process.memoryUsage.rss(),
        event_loop_lag_seconds: delayMs / 1e3,
        running_stages: countRunning(),
      };
    },
    stop: () => lag.disable(),
  };
}
