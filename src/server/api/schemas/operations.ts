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
