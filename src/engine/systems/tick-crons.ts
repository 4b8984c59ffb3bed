import type { PoolClient } from "pg";
import { findNextTick } from "../cron/schedule";
import { inTransaction } from "../store/transaction";
import type { EngineContext, FunctionTable } from "../types";
import { createRun, storePrivateEvent } from "./create-run";

/**
 * Fires one overdue cron trigger. The row's lock and the tick's event id make it one run per tick over all workers; ticks
 * missed while no worker ran are made up for by one run, the latest.
 */
async function tickNext({ sql, functions }: { sql: PoolClient; functions: FunctionTable }): Promise<boolean> {
  const due = await sql.query<{ fnId: string; expression: string; nextAt: Date; now: Date }>(
    `SELECT fn_id AS "fnId", expression, next_at AS "nextAt", clock_timestamp() AS now FROM engine.crons
     WHERE next_at <= clock_timestamp() AND fn_id = ANY ($1) ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED`,
    [[...functions.keys()]],
  );
  const row = due.rows[0];
  if (!row) return false;
  const plan = functions.get(row.fnId);
  const cron = plan?.crons.find((candidate) => candidate.expression === row.expression);
  if (!plan || !cron) {
    await sql.query("DELETE FROM engine.crons WHERE fn_id = $1 AND expression = $2", [row.fnId, row.expression]);
    return true;
  }
  const event = {
    id: `cron:${row.fnId}:${row.expression}:${row.nextAt.toISOString()}`,
    name: "inngest/scheduled.timer",
    data: { cron: row.expression },
    ts: row.nextAt.getTime(),
  };
  if (await storePrivateEvent({ sql, event })) await createRun({ sql, plan, event });
  const next = findNextTick({ schedule: cron.schedule, afterMs: Math.max(row.now.getTime(), row.nextAt.getTime()) });
  await sql.query("UPDATE engine.crons SET next_at = $3 WHERE fn_id = $1 AND expression = $2", [
    row.fnId,
    row.expression,
    new Date(next),
  ]);
  return true;
}

/** Starts the runs of every cron trigger whose time has come. */
export async function tickCrons({ ctx, functions }: { ctx: EngineContext; functions: FunctionTable }): Promise<void> {
  while (await inTransaction({ pool: ctx.pool, work: (sql) => tickNext({ sql, functions }) }));
}
