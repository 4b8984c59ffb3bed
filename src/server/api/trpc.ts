/** How procedures are made: who may call them, how much, and how their errors look. */
import { initTRPC } from "@trpc/server";
import { hasScope, type Actor, type TokenScope } from "~/domain/actor";
import { AppError, ERROR_STATUS } from "~/domain/errors";
import type { ApiContext } from "./context";
import { publicMessage, toAppError, toTrpcError } from "./error-mapping";
import { countCall, countRefusedBuild, requireValidCaller } from "./guards";
import type { ProcedureMeta } from "./openapi-meta";
import { refuseOddInput } from "./refuse-odd-input";

const t = initTRPC
  .context<ApiContext>()
  .meta<ProcedureMeta>()
  .create({
    isDev: false,
    errorFormatter: ({ shape, error, ctx }) => {
      const known = toAppError(error);
      return {
        ...shape,
        message: publicMessage(known),
        data: {
          code: shape.data.code,
          httpStatus: ERROR_STATUS[known.code],
          path: shape.data.path,
          /** Stable, snake_case: see the table of errors in the domain. */
          app_code: known.code,
          errors: known.fields,
          request_id: ctx?.requestId ?? null,
          retry_after_seconds: known.retryAfterSeconds ?? null,
        },
      };
    },
    sse: {
      // Proxies and browsers close what is silent; a client that hears nothing for so long connects again and resumes.
      ping: { enabled: true, intervalMs: 5_000 },
      client: { reconnectAfterInactivityMs: 15_000 },
    },
  });

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

const withErrors = t.middleware(async ({ next, ctx, path, getRawInput }) => {
  const result = await next();
  if (result.ok) return result;
  const known = toAppError(result.error, await getRawInput().catch(() => undefined));
  if (ERROR_STATUS[known.code] >= 500) {
    ctx.services.logger.error({ requestId: ctx.requestId, path, err: known.cause ?? known }, known.message);
  }
  throw toTrpcError(known);
});

const withValidCaller = t.middleware(({ next, ctx, type }) => {
  requireValidCaller({ ctx, changes: type === "mutation" });
  return next();
});

const withLimit = t.middleware(async ({ next, ctx, type, meta }) => {
  const bucket = meta?.limit === "build" ? "builds" : type === "mutation" ? "writes" : "reads";
  await countCall({ ctx, bucket });
  const result = await next();
  if (bucket === "builds" && !result.ok && ERROR_STATUS[toAppError(result.error).code] < 500) await countRefusedBuild(ctx);
  return result;
});

const withPlainInput = t.middleware(async ({ next, getRawInput }) => {
  refuseOddInput(await getRawInput());
  return next();
});

/** Anyone, signed in or not. A token that was sent must hold all the same. */
export const publicProcedure = t.procedure.use(withErrors).use(withValidCaller).use(withLimit).use(withPlainInput);

/** Signed in, by cookie or token. */
export const protectedProcedure = publicProcedure.meta({ access: "signed_in" }).use(({ next, ctx }) => next({ ctx: { actor: requireActor(ctx.actor) } }));

/** Signed in, and a token must have the scope. */
export function scopedProcedure(scope: TokenScope) {
  return protectedProcedure.meta({ access: scope }).use(({ next, ctx }) => {
    if (!hasScope(ctx.actor, scope)) throw missingScope(ctx.actor, scope);
    return next();
  });
}

/** Signed in with the browser: an account's own affairs, which no token may touch, lest a stolen one make itself others. */
export const sessionProcedure = protectedProcedure.meta({ access: "session" }).use(({ next, ctx }) => {
  if (ctx.actor.via !== "session") {
    throw new AppError("forbidden", { userMessage: "An API token can't do this. Sign in with the browser and do it in the settings." });
  }
  return next();
});

function requireActor(actor: Actor | null): Actor {
  if (actor !== null) return actor;
  throw new AppError("unauthenticated", {
    userMessage: "Sign in first, or send a personal access token: Authorization: Bearer slw_… (settings, tokens).",
  });
}

function missingScope(actor: Actor, scope: TokenScope): AppError {
  if (actor.via === "session") return new AppError("forbidden", { userMessage: "Only an admin may do this." });
  return new AppError("forbidden", { userMessage: `This token lacks the scope ${scope}. Make one that has it in the settings.` });
}
