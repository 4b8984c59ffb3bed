/** The platform in figures. */
import { z } from "zod";

const count = z.number().int().nonnegative();

const percentiles = z
  .object({ p50: z.number().nullable(), p95: z.number().nullable(), p99: z.number().nullable() })
  .meta({ description: "In ms; null without any build to tell from." });

export const jobStats = z.object({
  worker_count: count.meta({ description: "Worker processes that were heard of in the last 30 s and take new work. Exact." }),
  slots: count.meta({ description: "Commands that these workers run at once, together." }),
  running_count: count.meta({ description: "Builds that are being built. Exact." }),
  queue_size: count.meta({ description: "Builds that wait for a worker. Exact." }),
  max_queue_size: count.meta({ description: "How many may wait; creating one more answers 503 `queue_full`. SLIPWAY_MAX_QUEUE." }),
  results_count: count.meta({ description: "Builds that are over and whose record is kept. Exact up to 10,000 builds, above that the database's own estimate, a few percent off." }),
  results_count_exact: z.boolean().meta({ description: "Whether `results_count` was counted rather than estimated." }),
  is_shutdown: z.boolean().meta({ description: "True while nothing would run a new build: no worker lives, or all of them are shutting down. Builds wait meanwhile; none is lost." }),
  wait_ms: percentiles.meta({ description: "From created to started, over the builds of `sample`." }),
  run_ms: percentiles.meta({ description: "From started to over, over the builds of `sample` that are over." }),
  sample: count.meta({ description: "How many builds the percentiles are of: those among the newest 2,000 that started." }),
});
export type JobStats = z.infer<typeof jobStats>;

export const retentionPlan = z.object({
  retention_days: count.meta({ description: "SLIPWAY_RETENTION_DAYS; 0: builds keep everything for ever." }),
  grace_hours: count.meta({ description: "SLIPWAY_RETENTION_GRACE_HOURS: how long a blob that nothing refers to stays after it was last stored or used." }),
  older_than: z.iso.datetime().nullable().meta({ description: "Builds that ended before this are old. Null: none ever is." }),
  total: z
    .object({ count, log_bytes: count, artifact_count: count, artifact_bytes: count })
    .meta({ description: "Old builds that would lose their log and artifacts. Blobs that only they refer to go with a later sweep." }),
  builds: z
    .array(z.object({ build_id: z.string(), package: z.string(), number: z.number().int(), status: z.string(), completed_at: z.iso.datetime(), log_bytes: count, artifact_bytes: count }))
    .meta({ description: "The first 100 of them." }),
  blobs: z.object({ count, bytes: count }).meta({ description: "Blobs that nothing refers to and whose grace is over." }),
  expired: z
    .object({ sessions: count, idempotency_keys: count, rate_counters: count, tokens: count, outbox_events: count, workers: count })
    .meta({ description: "Rows that are past their time." }),
});
export type RetentionPlan = z.infer<typeof retentionPlan>;
