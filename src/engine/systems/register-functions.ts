import type { Pool } from "pg";
import { findNextTick } from "../cron/schedule";
import { planFunction, type FunctionPlan } from "../protocol/function-plan";
import { announce } from "../store/channel";
import { inTransaction } from "../store/transaction";
import type { EngineContext, FunctionTable } from "../types";

/**
 * Makes an app's functions known to every worker, as a sync does with an Inngest server: the latest set counts, functions
 * that are gone from it are no longer triggered. Cron triggers keep their next tick unless they are new.
 */
export async function registerFunctions(options: { pool: Pool; appId: string; plans: FunctionPlan[] }): Promise<void> {
  const { pool, appId, plans } = options;
  await inTransaction({
    pool,
    work: async (sql) => {
      await sql.query("SELECT pg_advisory_xact_lock(hashtext('engine.register'))");
      await sql.query("DELETE FROM engine.functions WHERE app_id = $1 AND NOT (id = ANY ($2))", [
        appId,
        plans.map((plan) => plan.id),
      ]);
      for (const plan of plans) {
        await sql.query(
          `INSERT INTO engine.functions (id, app_id, config) VALUES ($1, $2, $3::json)
           ON CONFLICT (id) DO UPDATE SET app_id = EXCLUDED.app_id, config = EXCLUDED.config, registered_at = now()`,
          [plan.id, appId, JSON.stringify(plan.config)],
        );
        await sql.query("DELETE FROM engine.crons WHERE fn_id = $1 AND NOT (expression = ANY ($2))", [
          plan.id,
          plan.crons.map((cron) => cron.expression),
        ]);
        for (const cron of plan.crons) {
          const next = findNextTick({ schedule: cron.schedule, afterMs: Date.now() });
          await sql.query(
            "INSERT INTO engine.crons (fn_id, expression, next_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            [plan.id, cron.expression, new Date(next)],
          );
        }
      }
      await announce({ sql, wake: "functions" });
    },
  });
}

/** Reads the functions of all apps. One that this version cannot honour (another version's) is left to that version. */
export async function loadFunctions({ ctx }: { ctx: EngineContext }): Promise<FunctionTable> {
  const stored = await ctx.pool.query<{ id: string; appId: string; config: unknown }>(
    `SELECT id, app_id AS "appId", config FROM engine.functions ORDER BY id`,
  );
  const table: FunctionTable = new Map();
  for (const { id, appId, config } of stored.rows) {
    try {
      table.set(id, planFunction({ appId, raw: config }));
    } catch (cause) {
      ctx.logger.warn({ err: cause, fnId: id }, "a registered function is not understood by this worker");
    }
  }
  return table;
}
