/** What holds for every call, by a procedure or by a download. */
import { AppError } from "~/domain/errors";
import { leaseFromLimit } from "../services/limits/lease-from-limit";
import { takeFromLimit } from "../services/limits/take-from-limit";
import type { ApiContext, RateLimits } from "./context";

const WINDOW_SECONDS = 60;

/** Throws `unauthenticated` for a token that does not hold, `forbidden` for a change by cookie from another site. */
export function requireValidCaller(options: { ctx: ApiContext; changes: boolean }): void {
  const { ctx, changes } = options;
  if (ctx.credentialProblem !== null) throw ctx.credentialProblem;
  if (changes && ctx.actor?.via === "session" && !ctx.sameOrigin) {
    throw new AppError("forbidden", {
      userMessage: "A change made with the sign-in cookie must come from this site. Send an Origin header of this site, or use an API token.",
    });
  }
}

/** Counts the call, notes what is left in the answer's headers, and throws `too_many_requests` when nothing is. */
export async function countCall(options: { ctx: ApiContext; bucket: keyof RateLimits }): Promise<void> {
  const { ctx, bucket } = options;
  const who = ctx.actor === null ? `ip:${ctx.ip}` : `user:${ctx.actor.userId}`;
  const counted = { context: ctx.services, key: `${bucket}:${who}`, limit: ctx.settings.limits[bucket], windowSeconds: WINDOW_SECONDS };
  // Reads are many and cheap, so that counting each in the database would cost more than answering it.
  const state = await (bucket === "reads" ? leaseFromLimit(counted) : takeFromLimit(counted));
  ctx.responseHeaders.set("RateLimit-Limit", String(state.limit));
  ctx.responseHeaders.set("RateLimit-Remaining", String(state.remaining));
  ctx.responseHeaders.set("RateLimit-Reset", String(state.resetSeconds));
  ctx.responseHeaders.set("RateLimit-Policy", `${state.limit};w=${WINDOW_SECONDS}`);
  if (state.allowed) return;
  ctx.responseHeaders.set("Retry-After", String(state.resetSeconds));
  throw new AppError("too_many_requests", {
    userMessage: `That is more than ${state.limit} ${bucket === "builds" ? "new builds" : bucket} a minute. Try again in ${state.resetSeconds} s.`,
    retryAfterSeconds: state.resetSeconds,
    retryable: true,
  });
}
