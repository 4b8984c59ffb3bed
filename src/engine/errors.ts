/** Raised by the engine for its own problems: a refused option, a bad expression, an answer it cannot read. */
export class EngineError extends Error {
  override readonly name = "EngineError";
}

/** The JSON form in which the SDK sends and expects errors. */
export interface SerializedError {
  name: string;
  message: string;
  stack?: string | undefined;
  [key: string]: unknown;
}

/** Turns whatever was thrown or answered into the SDK's error form; never throws. */
export function serializeFailure({ cause, fallback }: { cause: unknown; fallback: string }): SerializedError {
  if (typeof cause === "object" && cause !== null) {
    const name = "name" in cause && typeof cause.name === "string" ? cause.name : "Error";
    const message =
      "message" in cause && typeof cause.message === "string"
        ? cause.message
        : "error" in cause && typeof cause.error === "string"
          ? cause.error
          : fallback;
    const stack = "stack" in cause && typeof cause.stack === "string" ? cause.stack : "";
    return { ...cause, name, message, stack };
  }
  return { name: "Error", message: typeof cause === "string" && cause !== "" ? cause : fallback, stack: "" };
}
