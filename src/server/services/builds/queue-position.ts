/** Why a pending build is waiting: what is ahead of it, and when it will probably start. */
import type { ServiceContext } from "../context";

export interface QueuePosition {
  /** From 1: the next to start. */
  position: number;
  /** In words. */
  ahead: string;
  /** From now, in ms; null without a worker or without a past to tell from. */
  estimated_start_ms: number | null;
}

interface QueueRow {
  pending_ahead: number;
  running: number;
  slots: number;
  median_ms: number | null;
}

/** A worker that was silent for so long does not count. */
const ALIVE_SECONDS = 30;

export async function getQueuePosition(options: { context: Pick<ServiceContext, "database">; buildId: string }): Promise<QueuePosition> {
  const result = await options.context.database.pool.query<QueueRow>({
    name: "queue-position",
    text: `
      SELECT
        (SELECT count(*) FROM build WHERE status = 'pending' AND id < $1)::int AS pending_ahead,
        (SELECT count(*) FROM build WHERE status = 'building')::int AS running,
        (SELECT coalesce(sum(slots), 0) FROM worker WHERE stopped_at IS NULL AND last_seen_at > now() - make_interval(secs => ${ALIVE_SECONDS}))::int AS slots,
        (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY duration_ms) FROM (
          SELECT duration_ms FROM build WHERE status = 'successful' AND duration_ms IS NOT NULL ORDER BY id DESC LIMIT 50
        ) recent)::float8 AS median_ms`,
    values: [options.buildId],
  });
  const row = result.rows[0] ?? { pending_ahead: 0, running: 0, slots: 0, median_ms: null };
  return { position: row.pending_ahead + 1, ahead: describeAhead(row), estimated_start_ms: estimateStart(row) };
}

function describeAhead({ pending_ahead: pending, running, slots }: QueueRow): string {
  if (slots === 0) return "No worker is running; it starts as soon as one is.";
  const busy = running === 0 ? "none is running" : running === 1 ? "1 is running" : `${running} are running`;
  if (pending === 0) return `Next to start; ${busy}.`;
  return `${pending} ${pending === 1 ? "build waits" : "builds wait"} ahead; ${busy}.`;
}

/** Builds leave the queue at the rate at which slots become free. */
function estimateStart({ pending_ahead: pending, running, slots, median_ms: median }: QueueRow): number | null {
  if (slots === 0) return null;
  const toFinish = pending + running - slots + 1;
  if (toFinish <= 0) return 0;
  return median === null ? null : Math.round((toFinish * median) / slots);
}
