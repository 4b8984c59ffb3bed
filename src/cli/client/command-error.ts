/** Why a command could not do what it was asked, and the exit code that says so. */

export const EXIT = {
  /** Done; of a build: successful. */
  ok: 0,
  /** The build failed. */
  failed: 1,
  /** The command was wrong: flags, files, or something the server refuses to take. */
  usage: 2,
  /** The build was cancelled. */
  cancelled: 3,
  /** Not signed in, or not allowed. */
  denied: 4,
  /** The server can't be reached, is over its limits, or is at fault. */
  unavailable: 5,
  /** Ctrl-C: the command stopped, the build goes on. */
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** As it stands in the server's problem documents (RFC 9457). */
export interface FieldError {
  path: string;
  message: string;
}

export interface CommandErrorOptions {
  exitCode: ExitCode;
  /** What to do about it. */
  fix?: string;
  /** Stable word for machines: the server's own, or one of ours. */
  code: string;
  /** HTTP status, when a server said it. */
  status?: number;
  fields?: readonly FieldError[];
  requestId?: string;
  cause?: unknown;
}

export class CommandError extends Error {
  readonly exitCode: ExitCode;
  readonly fix: string | undefined;
  readonly code: string;
  readonly status: number | undefined;
  readonly fields: readonly FieldError[];
  readonly requestId: string | undefined;

  constructor(message: string, options: CommandErrorOptions) {
    super(message, { cause: options.cause });
    this.name = "CommandError";
    this.exitCode = options.exitCode;
    this.fix = options.fix;
    this.code = options.code;
    this.status = options.status;
    this.fields = options.fields ?? [];
    this.requestId = options.requestId;
  }
}

/** The caller's own mistake, with what to write instead. */
export function usageError(message: string, fix?: string): CommandError {
  return new CommandError(message, { exitCode: EXIT.usage, code: "usage", fix });
}

/** What `--json` prints of it. */
export function toDocument(error: unknown): Record<string, unknown> {
  if (!(error instanceof CommandError)) return { success: false, code: "internal", detail: error instanceof Error ? error.message : String(error), exit_code: EXIT.unavailable };
  return {
    success: false,
    code: error.code,
    detail: error.message,
    exit_code: error.exitCode,
    ...(error.status === undefined ? {} : { status: error.status }),
    ...(error.fix === undefined ? {} : { fix: error.fix }),
    ...(error.fields.length === 0 ? {} : { errors: error.fields }),
    ...(error.requestId === undefined ? {} : { request_id: error.requestId }),
  };
}
