import type { PoolClient } from "pg";
import { computeBackoff } from "../backoff";
import { EngineError, serializeFailure } from "../errors";
import type { Outcome, RetryAdvice } from "../protocol/outcome";
import { announce } from "../store/channel";
import { inTransaction } from "../store/transaction";
import type { Claim, EngineContext, FunctionTable } from "../types";
import { applyOps, type AppliedOps } from "./apply-ops";
import { lockActiveRun, queueDiscovery, settleRun } from "./settle-run";

/** Whether the claim is still ours: same worker, same fence. Holds its row until the transaction ends. */
async function holdClaim({ sql, claim, workerId }: { sql: PoolClient; claim: Claim; workerId: string }) {
  const held = await sql.query<{ again: boolean }>(
    "SELECT again FROM engine.queue WHERE id = $1 AND locked_by = $2 AND fence = $3 FOR UPDATE",
    [claim.id, workerId, claim.fence],
  );
  return held.rows[0];
}

async function requeueLater(options: { ctx: EngineContext; sql: PoolClient; claim: Claim; retry: RetryAdvice }) {
  const { ctx, sql, claim, retry } = options;
  const delayMs =
    retry.at === undefined
      ? computeBackoff({ attempt: claim.attempt, ...ctx.retryBackoff, chance: Math.random() })
      : Math.max(0, retry.at - Date.now());
  await sql.query(
    `UPDATE engine.queue SET attempt = attempt + 1, crashes = 0, again = false, locked_by = NULL, lease_expires_at = NULL,
       run_at = clock_timestamp() + $2::float8 * interval '1 millisecond' WHERE id = $1`,
    [claim.id, delayMs],
  );
  await announce({ sql, wake: "timers" });
}

/** The claimed call is done and not repeated: a step's row goes, the discovery's row stays if there is more to discover. */
async function closeClaim(options: { sql: PoolClient; claim: Claim; goOn: boolean }): Promise<void> {
  const { sql, claim, goOn } = options;
  await sql.query("DELETE FROM engine.queue WHERE id = $1", [claim.id]);
  if (goOn) await queueDiscovery({ sql, runId: claim.runId });
  // Somebody may have waited for this call's place under a concurrency limit.
  else await announce({ sql, wake: "queue" });
}

async function hasPending({ sql, runId }: { sql: PoolClient; runId: string }): Promise<boolean> {
  const pending = await sql.query(
    "SELECT 1 FROM engine.queue WHERE run_id = $1 UNION ALL SELECT 1 FROM engine.waits WHERE run_id = $1 LIMIT 1",
    [runId],
  );
  return pending.rowCount === 1;
}

async function completeOps(options: {
  ctx: EngineContext;
  sql: PoolClient;
  claim: Claim;
  applied: AppliedOps;
  retry: RetryAdvice;
  again: boolean;
}): Promise<void> {
  const { ctx, sql, claim, applied, retry, again } = options;
  if (applied.completed) {
    await settleRun({ sql, runId: claim.runId, end: { status: "completed", output: applied.completed.output } });
    return;
  }
  if (applied.retry) return requeueLater({ ctx, sql, claim, retry });
  await closeClaim({ sql, claim, goOn: applied.recorded || again });
  if (applied.recorded || again || (await hasPending({ sql, runId: claim.runId }))) return;
  const message = "the function answered without a step to run, a wait, or a result, so it could never end";
  await settleRun({ sql, runId: claim.runId, end: { status: "failed", error: { name: "Error", message, stack: "" } } });
}

/** Runs `work` under a savepoint: an operation the engine refuses takes back what its answer wrote, not the claim. */
async function orRefusal<Result>({ sql, work }: { sql: PoolClient; work: () => Promise<Result> }): Promise<Result | EngineError> {
  await sql.query("SAVEPOINT answer");
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof EngineError)) throw cause;
    await sql.query("ROLLBACK TO SAVEPOINT answer");
    return cause;
  }
}

/**
 * Writes down what a call came to, all of it in one transaction, and only under the claim it was made with.
 * @returns false when the claim was lost meanwhile (cancelled, or taken over); nothing is written then.
 */
export async function completeClaim(options: {
  ctx: EngineContext;
  claim: Claim;
  outcome: Outcome;
  maxAttempts: number;
  functions: FunctionTable;
}): Promise<boolean> {
  const { ctx, claim, outcome, maxAttempts, functions } = options;
  return inTransaction({
    pool: ctx.pool,
    work: async (sql) => {
      if (!(await lockActiveRun({ sql, runId: claim.runId }))) return false;
      const held = await holdClaim({ sql, claim, workerId: ctx.workerId });
      if (!held) return false;
      if (outcome.kind === "completed") {
        await settleRun({ sql, runId: claim.runId, end: { status: "completed", output: outcome.output } });
      } else if (outcome.kind === "failed") {
        if (outcome.retry.allowed && claim.attempt + 1 < maxAttempts) {
          await requeueLater({ ctx, sql, claim, retry: outcome.retry });
        } else await settleRun({ sql, runId: claim.runId, end: { status: "failed", error: outcome.error } });
      } else {
        const scope = { sql, claim, maxAttempts, retry: outcome.retry, functions };
        const applied = await orRefusal({ sql, work: () => applyOps({ scope, ops: outcome.ops }) });
        if (applied instanceof EngineError) {
          const error = serializeFailure({ cause: applied, fallback: "the engine refused a step" });
          await settleRun({ sql, runId: claim.runId, end: { status: "failed", error } });
        } else await completeOps({ ctx, sql, claim, applied, retry: outcome.retry, again: held.again });
      }
      return true;
    },
  });
}
