/** `Idempotency-Key`: the same request under the same key is answered once, and its first answer given again. */
import { hasScope } from "~/domain/actor";
import { invalidField, isAppError } from "~/domain/errors";
import { canonicalJson, sha256Hex } from "~/domain/fingerprint";
import { countCall } from "../api/guards";
import { refuseOddInput } from "../api/refuse-odd-input";
import { runOnce, type KeepAnswer, type StoredAnswer } from "../services/idempotency/run-once";
import type { RestRequest } from "./rest-request";

const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,255}$/;

export interface AnswerOnceOptions {
  rest: RestRequest;
  /** What is asked for: the same key may not be used for something else. */
  name: string;
  input: Record<string, unknown>;
  /** `keep` is null when no key was sent, or by somebody who may not create at all: what is run says so itself. */
  run(keep: KeepAnswer | null): Promise<StoredAnswer>;
}

/** Throws `validation_failed` for a key that can't be one, `idempotency_key_reused`, and what `run` throws. */
export async function answerOnce({ rest, name, input, run }: AnswerOnceOptions): Promise<StoredAnswer> {
  const { ctx, request, response } = rest;
  const { actor } = ctx;
  const key = request.headers["idempotency-key"];
  if (key === undefined || actor === null || !hasScope(actor, "builds:write") || (actor.via === "session" && !ctx.sameOrigin)) return run(null);
  refuseOddInput(input);
  if (typeof key !== "string" || !IDEMPOTENCY_KEY.test(key)) throw invalidField("Idempotency-Key", "must be 1 to 255 printable ASCII characters without blanks.");
  const once = await runOnce({
    context: ctx.services,
    userId: actor.userId,
    key,
    requestHash: sha256Hex(canonicalJson({ path: name, input })),
    signal: rest.signal,
    run,
  }).catch(async (error: unknown) => {
    // The procedure, which counts by itself, was not reached.
    if (isAppError(error) && error.code === "idempotency_key_reused") await countCall({ ctx, bucket: "writes" });
    throw error;
  });
  if (once.replayed) {
    await countCall({ ctx, bucket: "writes" });
    response.setHeader("Idempotency-Replayed", "true");
  }
  return once;
}
