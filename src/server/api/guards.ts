/** What holds for every call, by a procedure or by a download. */
import { AppError } from "~/domain/errors";
import { leaseFromLimit } from "../services/limits/lease-from-limit";
import { giveBackToLimit, takeFromLimit } from "../services/limits/take-from-limit";
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

/**
 * For a call that was to make a build and was refused: the limit of new builds is one of builds that were made, so it is
 * counted as any other write. Past the limit of writes it stays a build's, which ends there too.
 */
export async function countRefusedBuild(ctx: ApiContext): Promise<void> {
  const { limits } = ctx.settings;
  const writes = await takeFromLimit({ context: ctx.services, key: keyOf({ ctx, bucket: "writes" }), limit: limits.writes, windowSeconds: WINDOW_SECONDS });
  if (!writes.allowed) return;
  const { remaining } = await giveBackToLimit({ context: ctx.services, key: keyOf({ ctx, bucket: "builds" }), limit: limits.builds, windowSeconds: WINDOW_SECONDS });
  ctx.responseHeaders.set("RateLimit-Remaining", String(remaining));
}

/** Counts the call, notes what is left in the answer's headers, and throws `too_many_requests` when nothing is. */
export async function countCall(options: { ctx: ApiContext; bucket: keyof RateLimits }): Promise<void> {
  const { ctx, bucket } = options;
  const counted = { context: ctx.services, key: keyOf({ ctx, bucket }), limit: ctx.settings.limits[bucket], windowSeconds: WINDOW_SECONDS };
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

function keyOf({ ctx, bucket }: { ctx: ApiContext; bucket: keyof RateLimits }): string {
  return `${bucket}:${ctx.actor === null ? `ip:${ctx.ip}` : `user:${ctx.actor.userId}`}`;
}
