import { evaluateKey, evaluateNumber } from "../expression/evaluate";
import type { FunctionPlan } from "../protocol/function-plan";
import { announce } from "../store/channel";
import type { EngineEvent } from "../types";
import type { PoolClient } from "pg";
import { makeUlid } from "../ulid";

/** As on an Inngest server: a function's idempotency key holds for a day. */
const IDEMPOTENCY_PERIOD = "24 hours";
/** As on an Inngest server: a priority moves a run by at most ten minutes. */
const MAX_PRIORITY_SECONDS = 600;

const CREATE_SQL = `
WITH run AS (
  INSERT INTO engine.runs (id, fn_id, event_id, event, max_attempts, finish_ms, gates, rank_at, parent_run_id, parent_step_id, start_deadline)
  VALUES ($1, $2, $3, $4::json, $5, $6, $7, clock_timestamp() - $8 * interval '1 second', $9, $10,
    clock_timestamp() + $11::bigint * interval '1 millisecond')
  RETURNING id, fn_id, rank_at, gates
)
INSERT INTO engine.queue (run_id, fn_id, rank_at, gates) SELECT id, fn_id, rank_at, gates FROM run`;

/** The concurrency keys a run counts against: '<limit>|<scope and key>', see the claim function. */
export function computeGates({ plan, event }: { plan: FunctionPlan; event: EngineEvent }): string[] {
  return plan.concurrency
    .filter((entry) => entry.limit > 0)
    .map((entry, index) => {
      const key = entry.key ? evaluateKey({ expression: entry.key, scope: { event } }) : "";
      const owner = entry.scope === "fn" ? `fn:${plan.id}:${index}` : entry.scope;
      return `${entry.limit}|${owner}:${key}`;
    });
}

/** Takes the function's idempotency key for a day; false when another run holds it. */
async function takeKey(options: { sql: PoolClient; plan: FunctionPlan; key: string; runId: string }): Promise<boolean> {
  const taken = await options.sql.query(
    `INSERT INTO engine.once_keys AS k (fn_id, key, run_id, expires_at)
     VALUES ($1, $2, $3, now() + interval '${IDEMPOTENCY_PERIOD}')
     ON CONFLICT (fn_id, key) DO UPDATE SET run_id = EXCLUDED.run_id, expires_at = EXCLUDED.expires_at
     WHERE k.expires_at <= now()`,
    [options.plan.id, options.key, options.runId],
  );
  return taken.rowCount === 1;
}

/**
 * Starts a run of a function for an event and queues its first call.
 * @returns the run's id, or undefined when the function's idempotency key says that it has run already.
 */
export async function createRun({
  sql,
  plan,
  event,
  parent,
}: {
  sql: PoolClient;
  plan: FunctionPlan;
  event: EngineEvent;
  parent?: { runId: string; stepId: string };
}): Promise<string | undefined> {
  const runId = makeUlid({ timeMs: Date.now() });
  if (plan.idempotency && !parent) {
    const key = evaluateKey({ expression: plan.idempotency, scope: { event } });
    if (!(await takeKey({ sql, plan, key, runId }))) return undefined;
  }
  const asked = plan.priority ? evaluateNumber({ expression: plan.priority, scope: { event } }) : 0;
  const priority = Math.max(-MAX_PRIORITY_SECONDS, Math.min(MAX_PRIORITY_SECONDS, asked));
  await sql.query(CREATE_SQL, [
    runId,
    plan.id,
    event.id,
    JSON.stringify(event),
    plan.maxAttempts,
    plan.finishMs ?? null,
    computeGates({ plan, event }),
    priority,
    parent?.runId ?? null,
    parent?.stepId ?? null,
    plan.startMs ?? null,
  ]);
  await announce({ sql, wake: "queue" });
  return runId;
}

/** Stores an event that belongs to one run alone (an invocation, a cron tick): known, but never matched against triggers. */
export async function storePrivateEvent({ sql, event }: { sql: PoolClient; event: EngineEvent }): Promise<boolean> {
  const stored = await sql.query(
    `INSERT INTO engine.events (id, name, payload, matched_at) VALUES ($1, $2, $3::json, now()) ON CONFLICT (id) DO NOTHING`,
    [event.id, event.name, JSON.stringify(event)],
  );
  return stored.rowCount === 1;
}
