/**
 * What all processes did together, for the metrics: series that triggers keep in the transaction which they count (so a
 * process that dies loses none, and several never count twice), and what stands in the rows right now.
 */
import { z } from "zod";
import type { ServiceContext } from "../context";
import { SILENT_MS } from "./worker-record";

export interface KeptSeries {
  name: string;
  labels: Record<string, string>;
  count: number;
  /** Histograms only. */
  sum: number;
  /** Upper bounds; empty for a counter. */
  bounds: number[];
  /** How often a value fell into each bucket, not cumulated; one more than the bounds. */
  buckets: number[];
}

export interface WorkerVitals {
  worker: string;
  hostname: string;
  heartbeatAgeSeconds: number;
  slots: number;
  /** Null before its first heartbeat. */
  vitals: Vitals | null;
}

export interface PlatformSeries {
  kept: KeptSeries[];
  pending: number;
  building: number;
  oldestPendingSeconds: number;
  outboxWaiting: number;
  workers: WorkerVitals[];
}

/** What a worker measures of itself with each heartbeat. */
export const vitalsSchema = z.object({
  cpu_seconds: z.number(),
  resident_bytes: z.number(),
  event_loop_lag_seconds: z.number(),
  running_stages: z.number(),
});
export type Vitals = z.infer<typeof vitalsSchema>;

const labelsSchema = z.record(z.string(), z.string());

export async function readPlatformSeries({ context }: { context: Pick<ServiceContext, "database"> }): Promise<PlatformSeries> {
  const { pool } = context.database;
  const [series, now, workers] = await Promise.all([
    pool.query<{ name: string; labels: string; count: string; sum: number; bounds: number[]; buckets: string[] }>({ name: "metric-series", text: SERIES }),
    pool.query<{ pending: number; building: number; oldest: number | null; outbox: number }>({ name: "metric-now", text: NOW }),
    pool.query<{ id: string; hostname: string; age: number; slots: number; vitals: unknown }>({ name: "metric-workers", text: WORKERS }),
  ]);
  const row = now.rows[0];
  return {
    kept: series.rows.map(({ name, labels, count, sum, bounds, buckets }) => ({
      name, labels: labelsSchema.parse(JSON.parse(labels)), count: Number(count), sum, bounds, buckets: buckets.map(Number),
    })),
    pending: row?.pending ?? 0,
    building: row?.building ?? 0,
    oldestPendingSeconds: Math.max(0, row?.oldest ?? 0),
    outboxWaiting: row?.outbox ?? 0,
    workers: workers.rows.map(({ id, hostname, age, slots, vitals }) => ({
      worker: id, hostname, slots, heartbeatAgeSeconds: Math.max(0, age), vitals: vitalsSchema.nullable().catch(null).parse(vitals),
    })),
  };
}

// Buckets are added place by place over the shards; shards of one series have the same bounds.
const SERIES = `
  SELECT name, labels, sum(count)::text AS count, sum(sum) AS sum, max(bounds) AS bounds,
    ARRAY(SELECT sum(bucket)::text FROM metric_series s, unnest(s.buckets) WITH ORDINALITY AS b(bucket, place)
           WHERE s.name = m.name AND s.labels = m.labels GROUP BY place ORDER BY place) AS buckets
  FROM metric_series m GROUP BY name, labels ORDER BY name, labels`;

const NOW = `
  SELECT count(*) FILTER (WHERE status = 'pending')::int AS pending, count(*) FILTER (WHERE status = 'building')::int AS building,
    extract(epoch FROM now() - min(created_at) FILTER (WHERE status = 'pending'))::float8 AS oldest,
    (SELECT count(*)::int FROM outbox_event WHERE delivered_at IS NULL) AS outbox
  FROM build WHERE status IN ('pending', 'building')`;

// A worker that fell silent stays in view for ten times as long as it takes to be noticed, so that its age can be seen to grow.
const WORKERS = `
  SELECT id, hostname, extract(epoch FROM now() - last_seen_at)::float8 AS age, slots, vitals FROM worker
  WHERE stopped_at IS NULL AND last_seen_at > now() - make_interval(secs => ${(SILENT_MS * 10) / 1_000}) ORDER BY id LIMIT 200`;
