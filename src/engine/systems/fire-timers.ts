import { inTransaction } from "../store/transaction";
import type { EngineContext, FunctionTable } from "../types";
import { freeExpiredLeases } from "./lease";
import { resolveWait, settleRun, type StepResult } from "./settle-run";
import { tickCrons } from "./tick-crons";

const BATCH = 100;

interface DueWait {
  runId: string;
  stepId: string;
  kind: "sleep" | "event" | "invoke";
  name: string;
}

/** A sleep ends and a wait times out with null, as the SDK has it; an invocation that takes too long is an error. */
function resultWhenDue(wait: DueWait): StepResult {
  if (wait.kind !== "invoke") return { data: null };
  const message = `step.invoke "${wait.name}" had no answer within its timeout`;
  return { error: { name: "InngestInvokeTimeoutError", message, stack: "" } };
}

async function endDueWaits({ ctx }: { ctx: EngineContext }): Promise<void> {
  const due = await ctx.pool.query<DueWait>(
    `SELECT run_id AS "runId", step_id AS "stepId", kind, name FROM engine.waits
     WHERE due_at <= clock_timestamp() ORDER BY due_at LIMIT ${BATCH}`,
  );
  for (const wait of due.rows) {
    await inTransaction({
      pool: ctx.pool,
      work: (sql) => resolveWait({ sql, runId: wait.runId, stepId: wait.stepId, result: resultWhenDue(wait) }),
    });
  }
}

async function cancelOverdueRuns({ ctx }: { ctx: EngineContext }): Promise<void> {
  const overdue = await ctx.pool.query<{ id: string; reason: string }>(
    `SELECT id, 'it was not started within timeouts.start' AS reason FROM engine.runs
       WHERE status = 'queued' AND start_deadline <= clock_timestamp()
     UNION ALL
     SELECT id, 'it was not finished within timeouts.finish' FROM engine.runs
       WHERE status = 'running' AND finish_deadline <= clock_timestamp()
     LIMIT ${BATCH}`,
  );
  for (const { id, reason } of overdue.rows) {
    await inTransaction({
      pool: ctx.pool,
      work: (sql) => settleRun({ sql, runId: id, end: { status: "cancelled", reason } }),
    });
  }
}

/** What the timers depend on. `graceMs`: how long leases still count as renewed, whatever their time says. */
interface TimerScope {
  ctx: EngineContext;
  functions: FunctionTable;
  graceMs: number;
}

/** Does everything whose time has come: sleeps, waits, time limits, crons, and leases that nobody renewed. */
export async function fireTimers({ ctx, functions, graceMs }: TimerScope): Promise<void> {
  await endDueWaits({ ctx });
  await cancelOverdueRuns({ ctx });
  await tickCrons({ ctx, functions });
  if (graceMs > 0) return;
  const freed = await freeExpiredLeases({ ctx });
  if (freed > 0) ctx.logger.warn({ freed }, "took calls away from a worker that stopped renewing them");
}

const NEXT_TIMER_SQL = `
SELECT (extract(epoch FROM min(due) - clock_timestamp()) * 1000)::float8 AS "delayMs" FROM (
  SELECT min(due_at) AS due FROM engine.waits
  UNION ALL SELECT min(run_at) FROM engine.queue WHERE locked_by IS NULL AND run_at > clock_timestamp()
  UNION ALL SELECT GREATEST(min(lease_expires_at), clock_timestamp() + $1::float8 * interval '1 millisecond')
    FROM engine.queue WHERE locked_by IS NOT NULL HAVING min(lease_expires_at) IS NOT NULL
  UNION ALL SELECT min(start_deadline) FROM engine.runs WHERE status = 'queued' AND start_deadline IS NOT NULL
  UNION ALL SELECT min(finish_deadline) FROM engine.runs WHERE status = 'running' AND finish_deadline IS NOT NULL
  UNION ALL SELECT min(next_at) FROM engine.crons WHERE fn_id = ANY ($2)
) AS timers`;

/** Milliseconds until the next timer, by the database's clock; negative when one is overdue, undefined when there is none. */
export async function readNextTimer({ ctx, functions, graceMs }: TimerScope): Promise<number | undefined> {
  // Without a grace the leases' own times count, also those in the past.
  const floorMs = graceMs > 0 ? graceMs : -ctx.leaseMs;
  const next = await ctx.pool.query<{ delayMs: number | null }>(NEXT_TIMER_SQL, [floorMs, [...functions.keys()]]);
  return next.rows[0]?.delayMs ?? undefined;
}

/** Deletes runs and events that ended long ago, and idempotency keys that no longer hold. */
export async function pruneHistory({ ctx }: { ctx: EngineContext }): Promise<void> {
  const age = "now() - $1::float8 * interval '1 millisecond'";
  await ctx.pool.query(`DELETE FROM engine.runs WHERE ended_at < ${age}`, [ctx.retentionMs]);
  await ctx.pool.query(
    `DELETE FROM engine.events e WHERE received_at < ${age} AND matched_at IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM engine.runs r WHERE r.event_id = e.id)`,
    [ctx.retentionMs],
  );
  await ctx.pool.query("DELETE FROM engine.once_keys WHERE expires_at < now()");
}
