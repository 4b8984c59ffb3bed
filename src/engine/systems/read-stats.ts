import type { Pool } from "pg";

/** A picture of the engine's work. Times in milliseconds. */
export interface EngineStats {
  /** Calls that could be made now, if a worker and their concurrency limits let them. */
  queued: number;
  /** Calls being made. */
  running: number;
  /** Calls that wait for their time: retries. */
  scheduled: number;
  /** Sleeps, waits for events, and invocations under way. */
  waiting: number;
  /** Events not yet matched. */
  unmatchedEvents: number;
  /** Runs that have not ended. */
  activeRuns: number;
  /** How long the oldest queued call has been ready; 0 when none is. */
  oldestQueuedMs: number;
}

const STATS_SQL = `
SELECT
  (SELECT count(*) FROM engine.queue WHERE locked_by IS NULL AND run_at <= clock_timestamp())::int AS queued,
  (SELECT count(*) FROM engine.queue WHERE locked_by IS NOT NULL)::int AS running,
  (SELECT count(*) FROM engine.queue WHERE locked_by IS NULL AND run_at > clock_timestamp())::int AS scheduled,
  (SELECT count(*) FROM engine.waits)::int AS waiting,
  (SELECT count(*) FROM engine.events WHERE matched_at IS NULL)::int AS "unmatchedEvents",
  (SELECT count(*) FROM engine.runs WHERE status IN ('queued', 'running'))::int AS "activeRuns",
  COALESCE((SELECT extract(epoch FROM clock_timestamp() - min(run_at)) * 1000 FROM engine.queue
    WHERE locked_by IS NULL AND run_at <= clock_timestamp()), 0)::float8 AS "oldestQueuedMs"`;

/** Counts what is queued, running and waiting, over all workers. */
export async function readStats({ pool }: { pool: Pool }): Promise<EngineStats> {
  const read = await pool.query<EngineStats>(STATS_SQL);
  const stats = read.rows[0];
  if (!stats) throw new Error("the engine's statistics query gave no row");
  return stats;
}

const POSITION_SQL = `
SELECT 1 + (SELECT count(*) FROM engine.queue q
    WHERE q.locked_by IS NULL AND q.run_at <= clock_timestamp() AND (q.rank_at, q.id) < (mine.rank_at, mine.id))::int AS position
FROM engine.queue mine JOIN engine.runs r ON r.id = mine.run_id
WHERE (r.id = $1 OR r.event_id = $1) AND r.status = 'queued' AND mine.locked_by IS NULL
ORDER BY mine.rank_at, mine.id LIMIT 1`;

/** A queued run's place in the queue, from 1, by the run's id or its event's; null when it is started, ended or unknown. */
export async function readQueuePosition({ pool, id }: { pool: Pool; id: string }): Promise<number | null> {
  const read = await pool.query<{ position: number }>(POSITION_SQL, [id]);
  return read.rows[0]?.position ?? null;
}
