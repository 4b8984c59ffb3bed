import { serializeFailure } from "../errors";
import { callFunction } from "../protocol/call-function";
import type { Outcome } from "../protocol/outcome";
import { announce } from "../store/channel";
import { loadRun, type LoadedRun } from "../store/load-run";
import { isUnavailable } from "../store/transaction";
import type { Claim, EngineContext, FunctionTable } from "../types";
import { completeClaim } from "./complete-claim";

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;

/** Repeats a database operation for as long as Postgres is away; a result that took minutes to make must not be lost for that. */
async function untilAvailable<Result>(options: {
  ctx: EngineContext;
  signal: AbortSignal;
  work: () => Promise<Result>;
}): Promise<Result> {
  const { ctx, signal, work } = options;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    try {
      return await work();
    } catch (cause) {
      if (signal.aborted || !isUnavailable(cause)) throw cause;
      ctx.logger.warn({ err: cause, pauseMs }, "Postgres is away; the engine tries again");
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}

async function makeCall(options: { ctx: EngineContext; claim: Claim; run: LoadedRun }): Promise<Outcome> {
  const { ctx, claim, run } = options;
  if (claim.crashes >= ctx.maxCrashes) {
    const message = `its worker died ${claim.crashes} times while making this call; it is not tried again`;
    return {
      kind: "failed",
      error: { name: "WorkerDiedError", message, stack: "" },
      retry: { allowed: false, at: undefined },
    };
  }
  try {
    return await callFunction({
      handler: ctx.handler,
      call: {
        fnId: claim.fnId,
        stepId: claim.stepId,
        runId: claim.runId,
        event: run.event,
        attempt: claim.attempt,
        maxAttempts: run.maxAttempts,
        steps: run.steps,
        parallel: run.pending > 0 || claim.stepId !== "",
      },
    });
  } catch (cause) {
    return {
      kind: "failed",
      error: serializeFailure({ cause, fallback: "the call to the function failed" }),
      retry: { allowed: true, at: undefined },
    };
  }
}

/**
 * Makes a claimed call and writes down what came of it. `signal` says that the worker gave up waiting (its drain time is
 * over): then a database that is away is no longer waited for.
 */
export async function executeClaim(options: {
  ctx: EngineContext;
  claim: Claim;
  functions: () => FunctionTable;
  signal: AbortSignal;
}): Promise<void> {
  const { ctx, claim, functions, signal } = options;
  const details = { fnId: claim.fnId, runId: claim.runId, stepId: claim.stepId, attempt: claim.attempt };
  const run = await untilAvailable({
    ctx,
    signal,
    work: () => loadRun({ pool: ctx.pool, runId: claim.runId, claimId: claim.id }),
  });
  if (!run) return;
  if (run.timed) await announce({ sql: ctx.pool, wake: "timers" }).catch(() => undefined);
  const outcome = await makeCall({ ctx, claim, run });
  if (outcome.kind === "failed") ctx.logger.warn({ ...details, err: outcome.error }, "a call to a function failed");
  const kept = await untilAvailable({
    ctx,
    signal,
    work: () => completeClaim({ ctx, claim, outcome, maxAttempts: run.maxAttempts, functions: functions() }),
  });
  if (!kept) ctx.logger.warn(details, "a call's result was dropped: its run ended or its claim was taken over meanwhile");
}
