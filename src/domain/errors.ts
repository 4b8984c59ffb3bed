/**
 * Errors of ours, as opposed to a user's failing build (which is a result, see `StageFailure` in the pipelines).
 * One code table for every surface: tRPC, REST and the pages map from here.
 */

/** Stable, snake_case codes with the HTTP status each one answers. */
export const ERROR_STATUS = {
  bad_request: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  code_not_available: 404,
  audit_not_available: 404,
  method_not_allowed: 405,
  request_timeout: 408,
  conflict: 409,
  build_not_cancellable: 409,
  build_in_progress: 409,
  release_locked: 409,
  version_taken: 409,
  name_taken: 409,
  idempotency_key_reused: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  range_not_satisfiable: 416,
  validation_failed: 422,
  mainnet_not_confirmed: 422,
  no_signer: 422,
  call_reverted: 422,
  answer_not_readable: 422,
  upgrade_required: 426,
  too_many_requests: 429,
  headers_too_large: 431,
  internal: 500,
  not_available: 503,
  queue_full: 503,
  safe_mode_enabled: 503,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/** One field's problem: `path` is dotted (`files.0.path`), `message` says the problem and the fix. */
export interface FieldProblem {
  path: string;
  message: string;
}

export interface AppErrorOptions {
  /** For the log. Defaults to `userMessage`. */
  message?: string;
  /** For the caller: what is wrong and how to mend it. Never a path of the server, a stack or SQL. */
  userMessage: string;
  cause?: unknown;
  retryable?: boolean;
  fields?: readonly FieldProblem[];
  /** Seconds after which the caller may try again; sent as Retry-After. */
  retryAfterSeconds?: number;
}

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly userMessage: string;
  readonly retryable: boolean;
  readonly fields: readonly FieldProblem[];
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, options: AppErrorOptions) {
    super(options.message ?? options.userMessage, { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.userMessage = options.userMessage;
    this.retryable = options.retryable ?? false;
    this.fields = options.fields ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  get status(): number {
    return ERROR_STATUS[this.code];
  }
}

/** True also for an error of the same class from another bundle in this process, where `instanceof` can't tell. */
export function isAppError(error: unknown): error is AppError {
  return error instanceof AppError || (error instanceof Error && error.name === "AppError" && "code" in error && "userMessage" in error);
}

/** A resource that does not exist, or that the caller may not see: both answer the same. */
export function notFound(what: string): AppError {
  return new AppError("not_found", { userMessage: `${what} was not found. Check the name or id, and that you have access to its workspace.` });
}

/** A single invalid field. */
export function invalidField(path: string, message: string): AppError {
  return new AppError("validation_failed", { userMessage: `${path}: ${message}`, fields: [{ path, message }] });
}
