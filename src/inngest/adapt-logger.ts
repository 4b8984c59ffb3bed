/** The SDK's words in our log: without this it writes plain text of several lines to the console, which no reader of the log expects. */
import type { Logger as SdkLogger } from "inngest";

type Level = "debug" | "info" | "warn" | "error";

/** As our log is written: what is known, then the sentence. */
export type LineWriter = Record<Level, (fields: object, message: string) => void>;

/** The SDK gives a sentence, or an object and a sentence, or anything else. What it only informs of is nobody's concern: level debug. */
export function adaptLogger(options: { logger: LineWriter }): SdkLogger {
  const { logger } = options;
  const write = (level: Level) => (...args: unknown[]): void => {
    const fields = args.filter((arg): arg is object => typeof arg === "object" && arg !== null);
    const words = args.filter((arg) => typeof arg !== "object" || arg === null).map(String);
    logger[level](toFields(fields), words.join(" ") || "inngest");
  };
  return { debug: write("debug"), info: write("debug"), warn: write("warn"), error: write("error") };
}

/** An error stands under `err`, where our log knows how to write it. */
function toFields(objects: readonly object[]): object {
  return Object.assign({}, ...objects.map((object) => (object instanceof Error ? { err: object } : object)));
}
