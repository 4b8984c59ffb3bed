/** What every log line written within a piece of work carries: the request's, build's and stage's ids, wherever the line comes from. */
import { AsyncLocalStorage } from "node:async_hooks";

export interface LogFields {
  requestId?: string;
  buildId?: string;
  stage?: string;
  attempt?: number;
}

const scope = new AsyncLocalStorage<LogFields>();

/** Runs the work with these fields added to those it is already under; a null or undefined field is left out. */
export function withLogFields<Result>(options: { fields: { [Name in keyof LogFields]?: LogFields[Name] | null }; run: () => Result }): Result {
  const known = Object.fromEntries(Object.entries(options.fields).filter(([, value]) => value != null));
  return scope.run({ ...scope.getStore(), ...known }, options.run);
}

/** A fresh object. */
export function currentLogFields(): LogFields {
  return { ...scope.getStore() };
}
