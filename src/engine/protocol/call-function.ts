import type { SerializedError } from "../errors";
import type { EngineContext, EngineEvent } from "../types";
import { readOutcome, type Outcome } from "./outcome";
import { HANDLER_URL } from "./read-functions";

/** A step that has its result already; the SDK takes it instead of running the step. */
export interface MemoizedStep {
  id: string;
  data: unknown;
  error: SerializedError | null;
}

/** What one call to a function tells it. */
export interface FunctionCall {
  fnId: string;
  /** Hashed id of the step to run, or "" to run on until the next steps are found. */
  stepId: string;
  runId: string;
  event: EngineEvent;
  attempt: number;
  maxAttempts: number;
  /** In the order in which they completed, which is the order the SDK replays them in. */
  steps: MemoizedStep[];
  /** Other steps of the run are queued or waiting, so the SDK may not run what it finds at once: it may be one of those. */
  parallel: boolean;
}

/**
 * Makes the call request of the SDK's protocol. Checkpointing stays off because no internal function id is sent.
 * @throws whatever the handler throws; EngineError when the answer can't be read.
 */
export async function callFunction({
  handler,
  call,
}: {
  handler: EngineContext["handler"];
  call: FunctionCall;
}): Promise<Outcome> {
  const url = new URL(HANDLER_URL);
  url.searchParams.set("fnId", call.fnId);
  url.searchParams.set("stepId", call.stepId === "" ? "step" : call.stepId);
  const stack = call.steps.map((step) => step.id);
  const memoized = call.steps.map((step) => [
    step.id,
    step.error === null ? { type: "data", data: step.data } : { type: "error", error: step.error },
  ]);
  const response = await handler(
    new Request(url, {
      method: "POST",
      headers: { host: url.host, "content-type": "application/json", "x-inngest-server-kind": "dev" },
      body: JSON.stringify({
        version: -1,
        event: call.event,
        events: [call.event],
        steps: Object.fromEntries(memoized),
        ctx: {
          run_id: call.runId,
          attempt: call.attempt,
          max_attempts: call.maxAttempts,
          disable_immediate_execution: call.parallel,
          use_api: false,
          stack: { stack, current: stack.length },
        },
      }),
    }),
  );
  return readOutcome({ response, nowMs: Date.now() });
}
