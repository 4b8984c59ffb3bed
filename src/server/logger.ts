/** JSON log lines on stdout, one a line. */
import { pino } from "pino";
import type { Logger } from "./services/context";

export interface CreateLoggerOptions {
  /** Which process speaks: `web`, `worker`, … */
  name: string;
  level: string;
}

export function createLogger({ name, level }: CreateLoggerOptions): Logger {
  return pino({
    name,
    level,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { error: describeError, err: describeError },
  });
}

/** Errors keep their stack and causes; anything else is written as it is. */
function describeError(error: unknown): unknown {
  return error instanceof Error ? pino.stdSerializers.errWithCause(error) : error;
}
