/** The queue and the workers in figures, for an admin. */
import type { ServiceContext } from "../context";
import { SILENT_MS } from "./worker-record";

export interface PlatformSummary {
  builds: { pending: number; building: number; oldest_pending_seconds: number | null };
  outbox_waiting: number;
  workers: { worker_id: string; hostname: string; slots: number; isolation: string; last_seen_at: string }[];
}

export async function summarizePlatform(options: { context: Pick<ServiceContext, "database"> }): Promise<PlatformSummary> {
  const { db, pool } = options.context.database;
  const [counts, workers] = await Promise.all([
    pool.query<{ pending: number; building: number; oldest: number | null; outbox: number }>({
      name: "summarize-platform",
      text: `
        SELECT count(*) FILTER (WHERE status = 'pending')::int AS pending,
          count(*) FILTER (WHERE status = 'building')::int AS building,
          round(extract(epoch FROM now() - min(created_at) FILTER (WHERE status = 'pending')))::int AS oldest,
          (SELECT count(*) FROM outbox_event WHERE delivered_at IS NULL)::int AS outbox
        FROM build WHERE status IN ('pending', 'building')`,
    }),
    db.worker.findMany({ where: { stoppedAt: null, lastSeenAt: { gt: new Date(Date.now() - SILENT_MS) } }, orderBy: { id: "asc" } }),
  ]);
  const row = counts.rows[0];
  return {
    builds: { pending: row?.pending ?? 0, building: row?.building ?? 0, oldest_pending_seconds: row?.oldest ?? null },
    outbox_waiting: row?.outbox ?? 0,
    workers: workers.map((worker) => ({
      worker_id: worker.id,
      hostname: worker.hostname,
      slots: worker.slots,
      isolation: worker.isolation,
      last_seen_at: worker.lastSeenAt.toISOString(),
    })),
  };
}
