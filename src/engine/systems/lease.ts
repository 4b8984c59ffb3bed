import type { Pool } from "pg";
import { announce } from "../store/channel";
import { inTransaction } from "../store/transaction";
import type { Claim, EngineContext } from "../types";

const CLAIM_COLUMNS = `id, run_id AS "runId", step_id AS "stepId", fn_id AS "fnId", attempt, crashes, fence`;

/** Claims up to `limit` calls of the given functions that are due and within their concurrency limits. */
export async function claimCalls(options: { ctx: EngineContext; limit: number; fnIds: string[] }): Promise<Claim[]> {
  const { ctx, limit, fnIds } = options;
  const claimed = await ctx.pool.query<Claim>(`SELECT ${CLAIM_COLUMNS} FROM engine.claim($1, $2, $3, $4)`, [
    ctx.workerId,
    limit,
    ctx.leaseMs,
    fnIds,
  ]);
  return claimed.rows;
}

/** Renews the leases of claims; gives back those that are no longer ours. */
export async function renewLeases({ ctx, claims }: { ctx: EngineContext; claims: Claim[] }): Promise<Claim[]> {
  if (claims.length === 0) return [];
  const renewed = await ctx.pool.query<{ id: string; fence: string }>(
    `UPDATE engine.queue SET lease_expires_at = clock_timestamp() + $3::float8 * interval '1 millisecond'
     WHERE id = ANY ($1::bigint[]) AND locked_by = $2 RETURNING id, fence`,
    [claims.map((claim) => claim.id), ctx.workerId, ctx.leaseMs],
  );
  const fences = new Map(renewed.rows.map((row) => [row.id, row.fence]));
  return claims.filter((claim) => fences.get(claim.id) !== claim.fence);
}

/** Gives claims back unfinished, without blame: another worker may take them at once. */
export async function returnClaims({ ctx, claims }: { ctx: EngineContext; claims: Claim[] }): Promise<void> {
  await inTransaction({
    pool: ctx.pool,
    work: async (sql) => {
      for (const claim of claims) {
        await sql.query(
          `UPDATE engine.queue SET locked_by = NULL, lease_expires_at = NULL WHERE id = $1 AND locked_by = $2 AND fence = $3`,
          [claim.id, ctx.workerId, claim.fence],
        );
      }
      await announce({ sql, wake: "queue" });
    },
  });
}

/** Frees the calls whose worker stopped renewing them. */
export async function freeExpiredLeases({ ctx }: { ctx: EngineContext }): Promise<number> {
  const freed = await ctx.pool.query(
    `UPDATE engine.queue SET locked_by = NULL, lease_expires_at = NULL, crashes = crashes + 1
     WHERE locked_by IS NOT NULL AND lease_expires_at <= clock_timestamp()`,
  );
  const count = freed.rowCount ?? 0;
  if (count > 0) await announce({ sql: ctx.pool, wake: "queue" });
  return count;
}

/**
 * Frees everything a worker holds, at once. Only for a worker known to be dead: if it lives, its calls are made twice,
 * though only one of them can write results.
 * @returns how many calls were freed.
 */
export async function releaseWorker({ pool, workerId }: { pool: Pool; workerId: string }): Promise<number> {
  const freed = await pool.query(
    `UPDATE engine.queue SET locked_by = NULL, lease_expires_at = NULL, crashes = crashes + 1 WHERE locked_by = $1`,
    [workerId],
  );
  await announce({ sql: pool, wake: "queue" });
  return freed.rowCount ?? 0;
}
