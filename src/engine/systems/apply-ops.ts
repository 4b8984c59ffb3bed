import type { PoolClient } from "pg";
import { delayUntil } from "../duration";
import { EngineError, serializeFailure } from "../errors";
import { parseExpression } from "../expression/parse";
import { invokeOptsSchema, waitOptsSchema, type RetryAdvice, type StepOp } from "../protocol/outcome";
import { announce } from "../store/channel";
import type { Claim, EngineEvent, FunctionTable } from "../types";
import { createRun, storePrivateEvent } from "./create-run";
import { recordStep, type StepResult } from "./settle-run";

/** What the operations of one answer came to, beyond the rows they wrote. */
export interface AppliedOps {
  /** A step got its result, so the function can go on. */
  recorded: boolean;
  /** A step failed and may be tried again. */
  retry: boolean;
  /** The function's own result came as an operation. */
  completed: { output: unknown } | undefined;
}

interface OpScope {
  sql: PoolClient;
  claim: Claim;
  maxAttempts: number;
  retry: RetryAdvice;
  functions: FunctionTable;
}

const nameOf = (op: StepOp): string => op.displayName ?? op.name ?? op.id;

/** Opens a wait; false when the step has one, or its result, already (the SDK reports what is pending again and again). */
async function openWait(options: {
  scope: OpScope;
  op: StepOp;
  kind: "sleep" | "event" | "invoke";
  delayMs: number | undefined;
  expression?: string | undefined;
}): Promise<boolean> {
  const { scope, op, kind, delayMs, expression } = options;
  const opened = await scope.sql.query(
    `INSERT INTO engine.waits (run_id, step_id, kind, name, event_name, expression, due_at)
     SELECT $1, $2, $3, $4, $5, $6, clock_timestamp() + $7::float8 * interval '1 millisecond'
     WHERE NOT EXISTS (SELECT 1 FROM engine.steps WHERE run_id = $1 AND step_id = $2)
     ON CONFLICT (run_id, step_id) DO NOTHING`,
    [
      scope.claim.runId,
      op.id,
      kind,
      nameOf(op),
      kind === "event" ? (op.name ?? null) : null,
      expression ?? null,
      delayMs ?? null,
    ],
  );
  if (opened.rowCount !== 1) return false;
  if (delayMs !== undefined) await announce({ sql: scope.sql, wake: "timers" });
  return true;
}

async function planStep({ scope, op }: { scope: OpScope; op: StepOp }): Promise<void> {
  await scope.sql.query(
    `INSERT INTO engine.queue (run_id, step_id, fn_id, rank_at, gates)
     SELECT id, $2, fn_id, rank_at, gates FROM engine.runs
     WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM engine.steps WHERE run_id = $1 AND step_id = $2)
     ON CONFLICT (run_id, step_id) DO NOTHING`,
    [scope.claim.runId, op.id],
  );
}

/** Starts the invoked function, unless this invocation is under way already. */
async function invokeFunction({ scope, op }: { scope: OpScope; op: StepOp }): Promise<StepResult | undefined> {
  const { sql, claim, functions } = scope;
  const where = `step.invoke "${nameOf(op)}"`;
  const opts = invokeOptsSchema.safeParse(op.opts);
  if (!opts.success) throw new EngineError(`${where}: its options cannot be read: ${opts.error.message}`);
  const plan = functions.get(opts.data.function_id);
  if (!plan) {
    return {
      error: { name: "Error", message: `${where}: there is no function "${opts.data.function_id}"; serve it too`, stack: "" },
    };
  }
  const { timeout, payload } = opts.data;
  const delayMs = timeout ? delayUntil({ text: timeout, nowMs: Date.now(), where }) : undefined;
  if (!(await openWait({ scope, op, kind: "invoke", delayMs }))) return undefined;
  const event: EngineEvent = {
    ...payload,
    id: `invoke:${claim.runId}:${op.id}`,
    name: "inngest/function.invoked",
    data: payload?.data ?? {},
    ts: Date.now(),
  };
  await storePrivateEvent({ sql, event });
  await createRun({ sql, plan, event, parent: { runId: claim.runId, stepId: op.id } });
  return undefined;
}

async function waitForEvent({ scope, op }: { scope: OpScope; op: StepOp }): Promise<void> {
  const where = `step.waitForEvent "${nameOf(op)}"`;
  const opts = waitOptsSchema.parse(op.opts ?? {});
  const expression = opts.if ?? undefined;
  if (expression !== undefined) parseExpression({ source: expression, where });
  const delayMs = opts.timeout ? delayUntil({ text: opts.timeout, nowMs: Date.now(), where }) : undefined;
  await openWait({ scope, op, kind: "event", delayMs, expression });
}

/** The result an operation carries, "retry" when its step should be tried again, nothing when it only plans or waits. */
async function applyOp({ scope, op }: { scope: OpScope; op: StepOp }): Promise<StepResult | "retry" | undefined> {
  switch (op.op) {
    case "StepRun":
    case "Step":
      return { data: op.data };
    case "StepError":
      // The last attempt is final whatever the operation is called.
      if (scope.retry.allowed && scope.claim.attempt + 1 < scope.maxAttempts) return "retry";
      return { error: serializeFailure({ cause: op.error, fallback: `step ${nameOf(op)} failed` }) };
    case "StepFailed":
      return { error: serializeFailure({ cause: op.error, fallback: `step ${nameOf(op)} failed` }) };
    case "StepPlanned":
      await planStep({ scope, op });
      return undefined;
    case "Sleep": {
      const text = op.name ?? "";
      const delayMs = delayUntil({ text, nowMs: Date.now(), where: `step.sleep "${nameOf(op)}"` });
      await openWait({ scope, op, kind: "sleep", delayMs });
      return undefined;
    }
    case "WaitForEvent":
      await waitForEvent({ scope, op });
      return undefined;
    case "InvokeFunction":
      return invokeFunction({ scope, op });
    default:
      throw new EngineError(`step "${nameOf(op)}": ${op.op} is not supported by the embedded engine; use an Inngest server for it`);
  }
}

/**
 * Carries out the step operations of one answer, inside the transaction that holds the claim.
 * @throws EngineError for an operation the engine does not support or cannot read; the run should then fail.
 */
export async function applyOps({ scope, ops }: { scope: OpScope; ops: StepOp[] }): Promise<AppliedOps> {
  const applied: AppliedOps = { recorded: false, retry: false, completed: undefined };
  for (const op of ops) {
    if (op.op === "RunComplete") {
      applied.completed = { output: op.data };
      continue;
    }
    const result = await applyOp({ scope, op });
    if (result === "retry") applied.retry = true;
    else if (result !== undefined) {
      await recordStep({ sql: scope.sql, runId: scope.claim.runId, stepId: op.id, op: op.op, name: nameOf(op), result });
      applied.recorded = true;
    }
  }
  return applied;
}
