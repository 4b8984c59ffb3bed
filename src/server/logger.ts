/** JSON log lines on stdout, one a line. */
import { pino, type LoggerOptions } from "pino";
import type { Logger } from "./services/context";

export interface CreateLoggerOptions {
  /** Which process speaks: `web`, `worker`, … */
  name: string;
  level: string;
}

export function createLogger({ name, level }: CreateLoggerOptions): Logger {
  const options: LoggerOptions = {
    name,
    level,
    base: { pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { error: describeError, err: describeError },
  };
  // Not pino's own destination: that one writes to a pipe whose reader is gone over and over, and never returns.
  return pino(options, process.stdout);
}

/** Errors keep their stack and causes; anything else is written as it is. */
function describeError(error: unknown): unknown {
  return error instanceof Error ? pino.stdSerializers.errWithCause(error) : error;
}
