import type { PoolClient } from "pg";
import type { SerializedError } from "../errors";
import { announce } from "../store/channel";
import type { EngineEvent } from "../types";
import { ingestEvents } from "./ingest";

/** How a step ended: with data (also null), or with an error that retries did not cure. */
export type StepResult = { data: unknown } | { error: SerializedError };

/** How a run ended. */
export type RunEnd =
  | { status: "completed"; output: unknown }
  | { status: "failed"; error: SerializedError }
  | { status: "cancelled"; reason: string };

interface EndedRun {
  fnId: string;
  event: EngineEvent;
  parentRunId: string | null;
  parentStepId: string | null;
}

const FAILED_EVENT = "inngest/function.failed";

/** Locks a run that is still going. Every change of a run's rows takes this lock first, so that they come one after another. */
export async function lockActiveRun({ sql, runId }: { sql: PoolClient; runId: string }): Promise<boolean> {
  const locked = await sql.query("SELECT 1 FROM engine.runs WHERE id = $1 AND status IN ('queued', 'running') FOR UPDATE", [
    runId,
  ]);
  return locked.rowCount === 1;
}

/** Keeps a step's result. A step that already has one keeps the first: what was completed never changes. */
export async function recordStep(options: {
  sql: PoolClient;
  runId: string;
  stepId: string;
  op: string;
  name: string;
  result: StepResult;
}): Promise<void> {
  const { sql, runId, stepId, op, name, result } = options;
  const data = "data" in result ? JSON.stringify(result.data ?? null) : null;
  const error = "error" in result ? JSON.stringify(result.error) : null;
  await sql.query(
    `INSERT INTO engine.steps (run_id, step_id, op, name, data, error) VALUES ($1, $2, $3, $4, $5::json, $6::json)
     ON CONFLICT (run_id, step_id) DO NOTHING`,
    [runId, stepId, op, name, data, error],
  );
}

/** Queues the call that finds a run's next steps. A run has one at most: if it is under way, it is made once more after it. */
export async function queueDiscovery({ sql, runId }: { sql: PoolClient; runId: string }): Promise<void> {
  await sql.query(
    `INSERT INTO engine.queue AS q (run_id, fn_id, rank_at, gates)
     SELECT id, fn_id, rank_at, gates FROM engine.runs WHERE id = $1
     ON CONFLICT (run_id, step_id) DO UPDATE SET again = q.locked_by IS NOT NULL`,
    [runId],
  );
  await announce({ sql, wake: "queue" });
}

/**
 * Ends a wait (sleep, event or invocation) with a result and lets its run go on.
 * @returns false when the run or the wait is already over.
 */
export async function resolveWait(options: {
  sql: PoolClient;
  runId: string;
  stepId: string;
  result: StepResult;
}): Promise<boolean> {
  const { sql, runId, stepId, result } = options;
  if (!(await lockActiveRun({ sql, runId }))) return false;
  const ended = await sql.query<{ kind: string; name: string }>(
    "DELETE FROM engine.waits WHERE run_id = $1 AND step_id = $2 RETURNING kind, name",
    [runId, stepId],
  );
  const wait = ended.rows[0];
  if (!wait) return false;
  await recordStep({ sql, runId, stepId, op: wait.kind, name: wait.name, result });
  await queueDiscovery({ sql, runId });
  return true;
}

/** What a run that ended means to the one that invoked it. */
function resultForParent({ end, fnId }: { end: RunEnd; fnId: string }): StepResult {
  if (end.status === "completed") return { data: end.output };
  if (end.status === "failed") return { error: end.error };
  return { error: { name: "InngestInvokeCancelledError", message: `invoked function ${fnId} was cancelled: ${end.reason}`, stack: "" } };
}

/** The events an Inngest server sends of itself when a run ends; `onFailure` is a function triggered by the first. */
function endEvents({ end, runId, run }: { end: RunEnd; runId: string; run: EndedRun }) {
  const base = { function_id: run.fnId, run_id: runId, event: run.event, events: [run.event] };
  if (end.status === "cancelled") {
    return [{ id: `cancelled:${runId}`, name: "inngest/function.cancelled", data: { ...base, reason: end.reason } }];
  }
  if (end.status === "completed") {
    return [{ id: `finished:${runId}`, name: "inngest/function.finished", data: { ...base, result: end.output } }];
  }
  const finished = { id: `finished:${runId}`, name: "inngest/function.finished", data: { ...base, error: end.error } };
  // A failing handler of failures must not set itself off again and again.
  if (run.event.name === FAILED_EVENT) return [finished];
  return [finished, { id: `failed:${runId}`, name: FAILED_EVENT, data: { ...base, error: end.error } }];
}

/**
 * Ends a run: keeps the result, drops its queued calls and waits, tells whoever invoked it, and sends the closing events.
 * A call that is still being made finds its claim gone and can write nothing.
 * @returns false when the run had already ended.
 */
export async function settleRun({ sql, runId, end }: { sql: PoolClient; runId: string; end: RunEnd }): Promise<boolean> {
  const output = end.status === "completed" ? JSON.stringify(end.output ?? null) : null;
  const error =
    end.status === "failed"
      ? JSON.stringify(end.error)
      : end.status === "cancelled"
        ? JSON.stringify({ name: "Cancelled", message: end.reason })
        : null;
  const ended = await sql.query<EndedRun>(
    `UPDATE engine.runs SET status = $2, output = $3::json, error = $4::json, ended_at = clock_timestamp()
     WHERE id = $1 AND status IN ('queued', 'running')
     RETURNING fn_id AS "fnId", event, parent_run_id AS "parentRunId", parent_step_id AS "parentStepId"`,
    [runId, end.status, output, error],
  );
  const run = ended.rows[0];
  if (!run) return false;
  await sql.query("DELETE FROM engine.queue WHERE run_id = $1", [runId]);
  await sql.query("DELETE FROM engine.waits WHERE run_id = $1", [runId]);
  await ingestEvents({ sql, events: endEvents({ end, runId, run }) });
  if (run.parentRunId !== null && run.parentStepId !== null) {
    const result = resultForParent({ end, fnId: run.fnId });
    await resolveWait({ sql, runId: run.parentRunId, stepId: run.parentStepId, result });
  }
  await announce({ sql, wake: "queue" });
  return true;
}
