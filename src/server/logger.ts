/** JSON log lines on stdout, one a line, each with the ids of the work it was written in, and never a secret. */
import { pino, type DestinationStream, type LoggerOptions } from "pino";
import { currentLogFields } from "~/telemetry/log-scope";
import type { Logger } from "./services/context";

export interface CreateLoggerOptions {
  /** Which process speaks: `web`, `worker`, … */
  name: string;
  level: string;
  /** Default: stdout. */
  destination?: DestinationStream;
}

/** Fields that are never written, at the top and one level below. */
const SECRET_FIELDS = ["authorization", "cookie", "set-cookie", "password", "passwordHash", "current_password", "new_password", "token", "secret", "apiKey", "authSecret", "signingKey", "eventKey", "databaseUrl"];
const REDACT = SECRET_FIELDS.flatMap((name) => (/^\w+$/.test(name) ? [name, `*.${name}`] : [`["${name}"]`, `*["${name}"]`]));

/** Secrets within a text, such as an error's message: our tokens, and the password of a URL. */
const TOKEN = /slw_[A-Za-z0-9_-]{8,}/g;
const URL_PASSWORD = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@"\\]*:)[^\s@"\\]+@/gi;
const BEARER = /(\bBearer\s+)[A-Za-z0-9._~+/-]{8,}=*/gi;

export function createLogger({ name, level, destination }: CreateLoggerOptions): Logger {
  const options: LoggerOptions = {
    name,
    level,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { error: describeError, err: describeError },
    mixin: currentLogFields,
    redact: { paths: REDACT, censor: "[redacted]" },
    hooks: { streamWrite: scrubLine },
  };
  // Not pino's own destination: that one writes to a pipe whose reader is gone over and over, and never returns.
  return pino(options, destination ?? process.stdout);
}

export function scrubLine(line: string): string {
  return line.replace(TOKEN, "slw_[redacted]").replace(URL_PASSWORD, "$1[redacted]@").replace(BEARER, "$1[redacted]");
}

/** Errors keep their stack and causes; anything else is written as it is. */
function describeError(error: unknown): unknown {
  return error instanceof Error ? pino.stdSerializers.errWithCause(error) : error;
}
