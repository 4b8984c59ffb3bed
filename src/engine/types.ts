import type { Pool } from "pg";
import type { FunctionPlan } from "./protocol/function-plan";

/** The least a logger must do; pino and console both fit. */
export interface EngineLogger {
  debug(details: object, message: string): void;
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** What the ingesting side needs of a connection: a `pg` pool or client, or any wrapper around another driver's transaction. */
export interface SqlRunner {
  query(text: string, values?: unknown[]): Promise<unknown>;
}

export interface EngineOptions {
  /** Postgres to keep the state in; the engine opens its own pool. Give this or `pool`. */
  databaseUrl?: string;
  /** A pool to share. The engine holds one of its connections for LISTEN. */
  pool?: Pool;
  /** The handler made by `serve()` of `inngest/edge` over a client in dev mode (`isDev: true`). */
  handler: (request: Request) => Promise<Response>;
  /** Names this process in claims; must be unique among the living. */
  workerId: string;
  /** Calls to functions that this process makes at once. Default 10. */
  concurrency?: number;
  logger?: EngineLogger;
  /** Wait before attempt n + 1 is `baseMs * 2^n`, at most `maxMs`, less up to a quarter by chance. Default 1,000 and 600,000. */
  retryBackoff?: { baseMs: number; maxMs: number };
  /** A claim lasts this long without a renewal; it is renewed at a third of it. Default 15,000. */
  leaseMs?: number;
  /** How often to look for work though nothing was announced. Default 5,000. */
  sweepMs?: number;
  /** Runs and events are deleted this long after their end. Default 14 days. */
  retentionMs?: number;
  /** How often a call may take its worker down before it counts as failed. Default 5. */
  maxCrashes?: number;
}

/** Options with every default filled in, and what the systems share. */
export interface EngineContext {
  pool: Pool;
  handler: (request: Request) => Promise<Response>;
  workerId: string;
  concurrency: number;
  logger: EngineLogger;
  retryBackoff: { baseMs: number; maxMs: number };
  leaseMs: number;
  sweepMs: number;
  retentionMs: number;
  maxCrashes: number;
}

/** Every registered function of the database (all workers' together), for matching. */
export type FunctionTable = Map<string, FunctionPlan>;

/** A claimed row of the queue. `fence` grows with each claim: a result is taken only under the fence it was claimed with. */
export interface Claim {
  id: string;
  runId: string;
  /** Hashed id of the step to run, or "" to run the function until it finds its next steps. */
  stepId: string;
  fnId: string;
  attempt: number;
  crashes: number;
  fence: string;
}

/** An event as the SDK sends and receives it. */
export interface EngineEvent {
  id: string;
  name: string;
  data: Record<string, unknown>;
  ts: number;
  [key: string]: unknown;
}
