/** The platform's series as Prometheus text. Every web process answers the same: take one, or the maximum, never the sum. */
import type { PlatformLimits } from "../services/context";
import type { KeptSeries, PlatformSeries } from "../services/workers/read-platform-series";

const HELP: Readonly<Record<string, string>> = {
  builds_finished_total: "Builds that are over, by kind and outcome.",
  build_queue_wait_seconds: "From created to started.",
  build_duration_seconds: "From started to over.",
  build_cancel_duration_seconds: "From the request to cancel until every process was confirmed dead.",
  stages_finished_total: "Stages that are over; cached: reused an earlier result.",
  stage_duration_seconds: "Stages that ran, from claimed to settled.",
  log_lines_total: "Lines of stages' logs, counted when the stage is over.",
};

interface Gauge {
  name: string;
  help: string;
  type?: "gauge" | "counter";
  values: { labels?: Record<string, string>; value: number }[];
}

export function describePlatform({ series, limits }: { series: PlatformSeries; limits: PlatformLimits }): string {
  const lines: string[] = [];
  let last = "";
  for (const kept of series.kept) {
    const help = HELP[kept.name];
    if (help === undefined) continue;
    const isHistogram = kept.bounds.length > 0;
    if (kept.name !== last) lines.push(`# HELP slipway_${kept.name} ${help}`, `# TYPE slipway_${kept.name} ${isHistogram ? "histogram" : "counter"}`);
    last = kept.name;
    if (isHistogram) lines.push(...describeHistogram(kept));
    else lines.push(sample(`slipway_${kept.name}`, kept.labels, kept.count));
  }
  for (const { name, help, type, values } of listGauges({ series, limits })) {
    lines.push(`# HELP slipway_${name} ${help}`, `# TYPE slipway_${name} ${type ?? "gauge"}`);
    for (const { labels, value } of values) lines.push(sample(`slipway_${name}`, labels ?? {}, value));
  }
  return `${lines.join("\n")}\n`;
}

function describeHistogram({ name, labels, bounds, buckets, count, sum }: KeptSeries): string[] {
  let upTo = 0;
  const cumulated = bounds.map((bound, index) => {
    upTo += buckets[index] ?? 0;
    return sample(`slipway_${name}_bucket`, { ...labels, le: String(bound) }, upTo);
  });
  return [...cumulated, sample(`slipway_${name}_bucket`, { ...labels, le: "+Inf" }, count), sample(`slipway_${name}_sum`, labels, sum), sample(`slipway_${name}_count`, labels, count)];
}

function listGauges({ series, limits }: { series: PlatformSeries; limits: PlatformLimits }): Gauge[] {
  const { workers } = series;
  const ofWorkers = (read: (vitals: NonNullable<(typeof workers)[number]["vitals"]>) => number): Gauge["values"] =>
    workers.flatMap(({ worker, vitals }) => (vitals === null ? [] : [{ labels: { worker }, value: read(vitals) }]));
  return [
    { name: "queue_depth", help: "Builds that wait for a worker.", values: [{ value: series.pending }] },
    { name: "queue_limit", help: "How many may wait.", values: [{ value: limits.maxQueue }] },
    { name: "queue_oldest_seconds", help: "Age of the build that waits longest; 0 when none does.", values: [{ value: series.oldestPendingSeconds }] },
    { name: "builds_running", help: "Builds that are being built.", values: [{ value: series.building }] },
    { name: "outbox_waiting", help: "Workflow events that were not handed to the workflow engine yet.", values: [{ value: series.outboxWaiting }] },
    { name: "workers", help: "Worker processes that have not stopped.", values: [{ value: workers.length }] },
    { name: "worker_heartbeat_age_seconds", help: "Since the worker was last heard of; after 30 s it is taken for dead.", values: workers.map(({ worker, heartbeatAgeSeconds: value }) => ({ labels: { worker }, value })) },
    { name: "worker_slots", help: "Commands that the worker runs at once.", values: workers.map(({ worker, slots: value }) => ({ labels: { worker }, value })) },
    { name: "worker_running_stages", help: "Stages that the worker runs, at its last heartbeat.", values: ofWorkers((vitals) => vitals.running_stages) },
    { name: "worker_cpu_seconds_total", help: "Processor time of the worker process, without its sandboxes.", type: "counter", values: ofWorkers((vitals) => vitals.cpu_seconds) },
    { name: "worker_resident_memory_bytes", help: "Memory of the worker process, without its sandboxes.", values: ofWorkers((vitals) => vitals.resident_bytes) },
    { name: "worker_event_loop_lag_seconds", help: "99th percentile of the event loop's delay since the heartbeat before.", values: ofWorkers((vitals) => vitals.event_loop_lag_seconds) },
  ];
}

function sample(name: string, labels: Readonly<Record<string, string>>, value: number): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`);
  return `${name}${pairs.length === 0 ? "" : `{${pairs.join(",")}}`} ${value}`;
}
