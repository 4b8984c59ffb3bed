/** What a scenario's functions are made with; free of the test runner, so that a worker process can load it too. */
import { Inngest, type InngestFunction } from "inngest";
import type { Pool } from "pg";
import { createEngineFetch } from "~/engine";
import type { Journal } from "./journal";

/** Scenarios fail on purpose; the SDK need not print each of them. */
const QUIET = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export interface ScenarioTools {
  inngest: Inngest;
  journal: Journal;
  /** Names the worker whose copy of the functions this is. */
  worker: string;
}

/** What `onFailure` is given, as far as the scenarios look at it. */
export interface FailureArgs {
  event: { data: { event: { data: Record<string, string> }; run_id: string } };
  error: Error;
}

export type CreateFunctions = (tools: ScenarioTools) => InngestFunction.Any[];

/** A client for the embedded engine whose events go straight to this database. */
export function createEmbeddedClient({ id, pool }: { id: string; pool: Pool }): Inngest {
  return new Inngest({ id, isDev: true, fetch: createEngineFetch({ pool }), logger: QUIET });
}
