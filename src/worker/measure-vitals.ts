/** What a worker measures of itself; the web shows it, because a worker has no port of its own. */
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Vitals } from "~/server/services/workers/read-platform-series";

export interface VitalsMeter {
  /** Lag since the call before. */
  read(): Vitals;
  stop(): void;
}

export function startVitalsMeter({ countRunning }: { countRunning: () => number }): VitalsMeter {
  const lag = monitorEventLoopDelay({ resolution: 20 });
  lag.enable();
  return {
    read() {
      const { user, system } = process.cpuUsage();
      const delay = lag.percentile(99);
      lag.reset();
      return {
        cpu_seconds: (user + system) / 1e6,
        resident_bytes: process.memoryUsage.rss(),
        event_loop_lag_seconds: Number.isFinite(delay) ? delay / 1e9 : 0,
        running_stages: countRunning(),
      };
    },
    stop: () => lag.disable(),
  };
}
