import type { Pool } from "pg";
import type { MemoizedStep } from "../protocol/call-function";
import type { EngineEvent } from "../types";

/** What a call needs to know of its run. */
export interface LoadedRun {
  event: EngineEvent;
  maxAttempts: number;
  /** Other calls queued and waits open, besides the claimed one. */
  pending: number;
  /** This very load started the run, and the run has a time limit. */
  timed: boolean;
  steps: MemoizedStep[];
}

const LOAD_SQL = `
WITH started AS (
  UPDATE engine.runs SET status = 'running', started_at = clock_timestamp(),
    finish_deadline = clock_timestamp() + finish_ms * interval '1 millisecond'
  WHERE id = $1 AND status = 'queued' RETURNING finish_deadline
)
SELECT r.event, r.max_attempts AS "maxAttempts",
  (SELECT count(*) FROM engine.queue q WHERE q.run_id = r.id AND q.id <> $2 AND q.step_id <> '')::int
    + (SELECT count(*) FROM engine.waits w WHERE w.run_id = r.id)::int AS pending,
  EXISTS (SELECT 1 FROM started WHERE finish_deadline IS NOT NULL) AS timed,
  COALESCE((SELECT json_agg(json_build_object('id', s.step_id, 'data', s.data, 'error', s.error) ORDER BY s.seq)
    FROM engine.steps s WHERE s.run_id = r.id), '[]'::json) AS steps
FROM engine.runs r WHERE r.id = $1 AND r.status IN ('queued', 'running')`;

/** Reads a run for a call and marks it as started; undefined when it has ended. */
export async function loadRun({
  pool,
  runId,
  claimId,
}: {
  pool: Pool;
  runId: string;
  claimId: string;
}): Promise<LoadedRun | undefined> {
  const loaded = await pool.query<LoadedRun>(LOAD_SQL, [runId, claimId]);
  return loaded.rows[0];
}
