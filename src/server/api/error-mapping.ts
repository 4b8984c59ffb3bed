/** The one place where our errors become tRPC's, and where the text of a fault of ours is hidden. */
import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { AppError, ERROR_STATUS, isAppError, type ErrorCode } from "~/domain/errors";
import { describeProblems, summarizeProblems } from "./describe-problems";

const TRPC_CODE: Record<(typeof ERROR_STATUS)[ErrorCode], TRPCError["code"]> = {
  400: "BAD_REQUEST",
  401: "UNAUTHORIZED",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  405: "METHOD_NOT_SUPPORTED",
  408: "TIMEOUT",
  409: "CONFLICT",
  413: "PAYLOAD_TOO_LARGE",
  415: "UNSUPPORTED_MEDIA_TYPE",
  // Only downloads and sockets answer these, and they are no procedures.
  416: "BAD_REQUEST",
  422: "UNPROCESSABLE_CONTENT",
  426: "BAD_REQUEST",
  429: "TOO_MANY_REQUESTS",
  // Refused before there is a procedure.
  431: "BAD_REQUEST",
  500: "INTERNAL_SERVER_ERROR",
  503: "SERVICE_UNAVAILABLE",
};

/** tRPC's own complaints about a request, in our codes. */
const OWN_CODE: Partial<Record<TRPCError["code"], ErrorCode>> = {
  PARSE_ERROR: "bad_request",
  BAD_REQUEST: "bad_request",
  UNAUTHORIZED: "unauthenticated",
  FORBIDDEN: "forbidden",
  NOT_FOUND: "not_found",
  METHOD_NOT_SUPPORTED: "method_not_allowed",
  PAYLOAD_TOO_LARGE: "payload_too_large",
  UNSUPPORTED_MEDIA_TYPE: "unsupported_media_type",
};

/** Errors of a database that is away for the moment: starting, restarting or out of connections. */
const DATABASE_AWAY = new Set(["P1001", "P1002", "P1008", "P1017", "P2024", "ECONNREFUSED", "ECONNRESET", "57P01", "57P03", "53300"]);

/** It has more to do than it can: a transaction that got no connection in time, was not done in time, or met another. */
const DATABASE_BUSY = new Set(["P2028", "P2034", "P2037", "40001", "40P01"]);

/** No room for what was sent: on the disk of the blobs, or on the database's. */
const DISK_FULL = new Set(["ENOSPC", "EDQUOT", "53100"]);

/** Whatever was thrown, as an error that is safe to show. `input` is the raw input of the call, when there was one. */
export function toAppError(error: unknown, input?: unknown): AppError {
  if (isAppError(error)) return error;
  if (error instanceof TRPCError) {
    if (isAppError(error.cause)) return error.cause;
    if (error.code === "BAD_REQUEST" && error.cause instanceof z.ZodError) return invalidInput(error.cause, input);
    const code = OWN_CODE[error.code];
    if (code !== undefined) return new AppError(code, { userMessage: error.message, cause: error.cause });
    return toAppError(error.cause ?? new AppError("internal", { userMessage: HIDDEN, message: error.message }));
  }
  if (hasCode(error, DISK_FULL)) {
    return new AppError("not_available", {
      userMessage: "The server's disk is full, so nothing of this was stored. Whoever runs the server has to make room; then send it again.",
      message: "The disk is full.",
      retryAfterSeconds: 30,
      retryable: true,
      cause: error,
    });
  }
  if (hasCode(error, DATABASE_BUSY)) {
    return new AppError("not_available", {
      userMessage: "The server has too much to do for the moment, so nothing of this was stored. Try again in a few seconds.",
      message: "A transaction could not be done in time.",
      retryAfterSeconds: 3,
      retryable: true,
      cause: error,
    });
  }
  if (hasCode(error, DATABASE_AWAY)) {
    return new AppError("not_available", {
      userMessage: "The database can't be reached for the moment. Nothing was lost; try again in a few seconds.",
      retryAfterSeconds: 3,
      retryable: true,
      cause: error,
    });
  }
  return new AppError("internal", { userMessage: HIDDEN, message: error instanceof Error ? error.message : String(error), cause: error });
}

const HIDDEN = "Something went wrong on our side. Try again, and give the request id to whoever runs this server if it stays.";

export function toTrpcError(error: unknown, input?: unknown): TRPCError {
  const known = toAppError(error, input);
  return new TRPCError({ code: TRPC_CODE[ERROR_STATUS[known.code]], message: publicMessage(known), cause: known });
}

/** The text for the caller; a fault of ours never tells more than that it is one. */
export function publicMessage(error: AppError): string {
  return error.code === "internal" ? HIDDEN : error.userMessage;
}

/** Checks what was asked outside of a procedure. Throws `validation_failed`. */
export function parseInput<Schema extends z.ZodType>(options: { schema: Schema; input: unknown }): z.infer<Schema> {
  const parsed = options.schema.safeParse(options.input);
  if (parsed.success) return parsed.data;
  throw invalidInput(parsed.error, options.input);
}

function invalidInput(error: z.ZodError, input: unknown): AppError {
  const fields = describeProblems({ issues: error.issues, input });
  return new AppError("validation_failed", { userMessage: summarizeProblems(fields), fields });
}

/** Whether the error, or one that it comes from, has one of these codes; PostgreSQL's stand as `originalCode` too. */
function hasCode(error: unknown, codes: ReadonlySet<string>, depth = 0): boolean {
  if (depth > 4 || typeof error !== "object" || error === null) return false;
  if ("code" in error && typeof error.code === "string" && codes.has(error.code)) return true;
  if ("originalCode" in error && typeof error.originalCode === "string" && codes.has(error.originalCode)) return true;
  return "cause" in error && hasCode(error.cause, codes, depth + 1);
}
