import type { PoolClient } from "pg";
import { testExpression } from "../expression/evaluate";
import { parseExpression, type Expression } from "../expression/parse";
import { coversEvent } from "../protocol/function-plan";
import { inTransaction } from "../store/transaction";
import type { EngineContext, EngineEvent, FunctionTable } from "../types";
import { createRun } from "./create-run";
import { resolveWait, settleRun } from "./settle-run";

const BATCH = 20;

function passes(options: { test: Expression | undefined; event: EngineEvent; async?: EngineEvent }): boolean {
  const { test, event, async } = options;
  return test === undefined || testExpression({ expression: test, scope: { event, async } });
}

/** Cancels the active runs that name this event in `cancelOn`. */
async function cancelMatching(options: { sql: PoolClient; event: EngineEvent; functions: FunctionTable }): Promise<void> {
  const { sql, event, functions } = options;
  for (const plan of functions.values()) {
    const entries = plan.cancelOn.filter((entry) => entry.event === event.name);
    if (entries.length === 0) continue;
    const active = await sql.query<{ id: string; event: EngineEvent; ageMs: number }>(
      `SELECT id, event, (extract(epoch FROM clock_timestamp() - created_at) * 1000)::float8 AS "ageMs"
       FROM engine.runs WHERE fn_id = $1 AND status IN ('queued', 'running') ORDER BY id`,
      [plan.id],
    );
    for (const run of active.rows) {
      const hit = entries.some(
        (entry) =>
          (entry.withinMs === undefined || run.ageMs <= entry.withinMs) &&
          passes({ test: entry.test, event: run.event, async: event }),
      );
      if (hit) await settleRun({ sql, runId: run.id, end: { status: "cancelled", reason: `event ${event.name}` } });
    }
  }
}

/** Wakes the runs whose `step.waitForEvent` waits for this event. */
async function wakeWaiting({ sql, event }: { sql: PoolClient; event: EngineEvent }): Promise<void> {
  const waiting = await sql.query<{ runId: string; stepId: string; expression: string | null; event: EngineEvent }>(
    `SELECT w.run_id AS "runId", w.step_id AS "stepId", w.expression, r.event
     FROM engine.waits w JOIN engine.runs r ON r.id = w.run_id
     WHERE w.kind = 'event' AND w.event_name = $1 ORDER BY w.run_id, w.step_id`,
    [event.name],
  );
  for (const wait of waiting.rows) {
    const test =
      wait.expression === null
        ? undefined
        : parseExpression({ source: wait.expression, where: `step.waitForEvent of run ${wait.runId}` });
    if (!passes({ test, event: wait.event, async: event })) continue;
    await resolveWait({ sql, runId: wait.runId, stepId: wait.stepId, result: { data: event } });
  }
}

/** Starts a run of each function that one of its triggers sets off. */
async function startTriggered(options: { sql: PoolClient; event: EngineEvent; functions: FunctionTable }): Promise<void> {
  const { sql, event, functions } = options;
  for (const plan of functions.values()) {
    const hit = plan.triggers.some(
      (trigger) => coversEvent({ pattern: trigger.event, name: event.name }) && passes({ test: trigger.test, event }),
    );
    if (hit) await createRun({ sql, plan, event });
  }
}

/** Matches the oldest unmatched event, if another worker was not quicker. */
async function matchNext({ sql, functions }: { sql: PoolClient; functions: FunctionTable }): Promise<void> {
  // One event at a time over all workers, in order of arrival: a cancellation must find the run of the event before it.
  await sql.query("SELECT pg_advisory_xact_lock(hashtext('engine.match'))");
  const next = await sql.query<{ seq: string; payload: EngineEvent }>(
    "SELECT seq, payload FROM engine.events WHERE matched_at IS NULL ORDER BY seq LIMIT 1",
  );
  const row = next.rows[0];
  if (!row) return;
  const event = row.payload;
  // First what is there, then what is new: an event that both cancels and triggers must not cancel what it starts.
  await cancelMatching({ sql, event, functions });
  await wakeWaiting({ sql, event });
  await startTriggered({ sql, event, functions });
  await sql.query("UPDATE engine.events SET matched_at = clock_timestamp() WHERE seq = $1", [row.seq]);
}

/**
 * Matches waiting events against the triggers, waits and cancellations of all registered functions, a handful at a time so
 * that a flood of events does not keep a worker from making calls.
 * @returns whether more may be waiting.
 */
export async function matchEvents(options: { ctx: EngineContext; functions: FunctionTable }): Promise<boolean> {
  const { ctx, functions } = options;
  const waiting = "SELECT 1 FROM engine.events WHERE matched_at IS NULL LIMIT 1";
  for (let matched = 0; matched < BATCH; matched++) {
    if ((await ctx.pool.query(waiting)).rowCount === 0) return false;
    await inTransaction({ pool: ctx.pool, work: (sql) => matchNext({ sql, functions }) });
  }
  return true;
}
