/** The queue in figures. Nothing here grows with the number of builds: counts are of what is unfinished, the rest is a sample or an estimate. */
import type { JobStats } from "../../api/schemas/operations";
import type { ServiceContext } from "../context";
import { SILENT_MS } from "./worker-record";

const COUNTED_UP_TO = 10_000;
const SAMPLE = 2_000;

interface StatsRow {
  workers: number;
  slots: number;
  pending: number;
  building: number;
  counted: number;
  estimated: number;
  sample: number;
  wait: number[] | null;
  run: number[] | null;
}

const STATS = `
  SELECT w.workers, w.slots, u.pending, u.building, s.sample, s.wait, s.run,
    (SELECT count(*)::int FROM (SELECT 1 FROM build LIMIT ${COUNTED_UP_TO + 1}) counted) AS counted,
    (SELECT greatest(reltuples, 0)::float8 FROM pg_class WHERE oid = 'build'::regclass) AS estimated
  FROM
    (SELECT count(*)::int AS workers, coalesce(sum(slots), 0)::int AS slots FROM worker
      WHERE stopped_at IS NULL AND draining_at IS NULL AND last_seen_at > now() - make_interval(secs => ${SILENT_MS / 1_000})) w,
    (SELECT count(*) FILTER (WHERE status = 'pending')::int AS pending, count(*) FILTER (WHERE status = 'building')::int AS building
      FROM build WHERE status IN ('pending', 'building')) u,
    (SELECT count(*)::int AS sample,
        percentile_cont(ARRAY[0.5, 0.95, 0.99]::float8[]) WITHIN GROUP (ORDER BY extract(epoch FROM started_at - created_at)::float8 * 1000) AS wait,
        percentile_cont(ARRAY[0.5, 0.95, 0.99]::float8[]) WITHIN GROUP (ORDER BY duration_ms::float8) FILTER (WHERE completed_at IS NOT NULL) AS run
      FROM (SELECT created_at, started_at, completed_at, duration_ms FROM build ORDER BY id DESC LIMIT ${SAMPLE}) newest WHERE started_at IS NOT NULL) s`;

export async function getJobStats({ context }: { context: Pick<ServiceContext, "database" | "limits"> }): Promise<JobStats> {
  const { rows } = await context.database.pool.query<StatsRow>({ name: "job-stats", text: STATS });
  const row = rows[0];
  if (row === undefined) throw new Error("The query for the stats answered nothing.");
  const exact = row.counted <= COUNTED_UP_TO;
  // A table that was never analysed says nothing; then at least what was counted is there.
  const builds = exact ? row.counted : Math.max(row.counted, Math.round(row.estimated));
  return {
    worker_count: row.workers,
    slots: row.slots,
    running_count: row.building,
    queue_size: row.pending,
    max_queue_size: context.limits.maxQueue,
    results_count: Math.max(0, builds - row.pending - row.building),
    results_count_exact: exact,
    is_shutdown: row.workers === 0,
    wait_ms: toPercentiles(row.wait),
    run_ms: toPercentiles(row.run),
    sample: row.sample,
  };
}

function toPercentiles(values: number[] | null): JobStats["wait_ms"] {
  const at = (index: number): number | null => {
    const value = values?.[index];
    return value == null ? null : Math.max(0, Math.round(value));
  };
  return { p50: at(0), p95: at(1), p99: at(2) };
}
