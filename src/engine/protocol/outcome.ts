import { z } from "zod";
import { EngineError, serializeFailure, type SerializedError } from "../errors";

/** One step operation of a 206 answer. */
const opSchema = z.looseObject({
  id: z.string().min(1),
  op: z.string().min(1),
  name: z.string().nullish(),
  displayName: z.string().nullish(),
  opts: z.looseObject({}).nullish(),
  data: z.unknown().optional(),
  error: z.unknown().optional(),
});

export type StepOp = z.infer<typeof opSchema>;

/** What a call to a function came to. */
export type Outcome =
  | { kind: "completed"; output: unknown }
  | { kind: "ops"; ops: StepOp[]; retry: RetryAdvice }
  | { kind: "failed"; error: SerializedError; retry: RetryAdvice };

/** What the SDK says of trying again. `at` is the time a RetryAfterError asked for, milliseconds since 1970. */
export interface RetryAdvice {
  allowed: boolean;
  at: number | undefined;
}

function readRetry({ headers, nowMs }: { headers: Headers; nowMs: number }): RetryAdvice {
  const after = headers.get("retry-after");
  const seconds = Number(after);
  const at = after === null ? undefined : Number.isFinite(seconds) ? nowMs + seconds * 1_000 : Date.parse(after);
  return {
    allowed: headers.get("x-inngest-no-retry") !== "true",
    at: at === undefined || Number.isNaN(at) ? undefined : at,
  };
}

function readJson(text: string): unknown {
  if (text === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/**
 * Reads the answer to a call request: 200 is the function's result, 206 its step operations, anything else a failure.
 * @throws EngineError when a 206 answer is not a list of operations.
 */
export async function readOutcome({ response, nowMs }: { response: Response; nowMs: number }): Promise<Outcome> {
  const body = readJson(await response.text());
  const retry = readRetry({ headers: response.headers, nowMs });
  if (response.status === 200) return { kind: "completed", output: body };
  if (response.status === 206) {
    const ops = z.array(opSchema).safeParse(Array.isArray(body) ? body : [body]);
    if (!ops.success) throw new EngineError(`the SDK answered 206 with operations the engine cannot read: ${ops.error.message}`);
    return { kind: "ops", ops: ops.data, retry };
  }
  return {
    kind: "failed",
    error: serializeFailure({ cause: body, fallback: `the function answered ${response.status}` }),
    retry,
  };
}

export const waitOptsSchema = z.looseObject({ timeout: z.string().nullish(), if: z.string().nullish() });

export const invokeOptsSchema = z.looseObject({
  function_id: z.string().min(1),
  payload: z.looseObject({ data: z.record(z.string(), z.unknown()).nullish() }).nullish(),
  timeout: z.string().nullish(),
});
