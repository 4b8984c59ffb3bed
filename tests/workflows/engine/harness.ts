/**
 * Runs a scenario's functions on the embedded engine, or, with INNGEST_BASE_URL set, on a real Inngest server: the same
 * functions, the same client, the same tests. See docs/engine.md.
 */
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { Inngest, type InngestFunction } from "inngest";
import { serve } from "inngest/edge";
import { serve as serveNode } from "inngest/node";
import { Pool } from "pg";
import { createEngine, createEngineFetch, type Engine, type EngineOptions } from "~/engine";
import { createTestDatabase } from "../../support/database";
import { openJournal, type Journal } from "./journal";

export const REAL_SERVER_URL = process.env.INNGEST_BASE_URL;
const SERVE_PORT = Number(process.env.ENGINE_SUITE_PORT ?? 3999);
const SERVE_ORIGIN = process.env.ENGINE_SUITE_ORIGIN ?? `http://127.0.0.1:${SERVE_PORT}`;

/** Scenarios fail on purpose; the SDK need not print each of them. */
const QUIET = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** For `describe.skipIf`: the reason stands in each scenario that uses it. */
export const ON_REAL_SERVER = REAL_SERVER_URL !== undefined;

/** Retries come at once on the embedded engine; a real server has its own pace, so waits must allow for it. */
export const RETRY_WAIT_MS = ON_REAL_SERVER ? 180_000 : 20_000;

export interface ScenarioTools {
  inngest: Inngest;
  journal: Journal;
}

/** What `onFailure` is given, as far as the scenarios look at it. */
export interface FailureArgs {
  event: { data: { event: { data: Record<string, string> }; run_id: string } };
  error: Error;
}

export type CreateFunctions = (tools: ScenarioTools) => InngestFunction.Any[];

export interface Scenario extends ScenarioTools {
  databaseUrl: string;
  pool: Pool;
  /** The embedded engines, one a worker; empty on a real server. */
  engines: Engine[];
  /** Adds a worker in this process. Embedded engine only. */
  addWorker(options?: Partial<EngineOptions>): Promise<Engine>;
  stop(): Promise<void>;
}

/** A word that tells one test's events and journal entries from all others'. */
export const makeMarker = (): string => randomUUID();

/** A client for the embedded engine whose events go straight to this database. */
export function createEmbeddedClient({ id, pool }: { id: string; pool: Pool }): Inngest {
  return new Inngest({ id, isDev: true, fetch: createEngineFetch({ pool }), logger: QUIET });
}

async function startOnRealServer(options: { inngest: Inngest; functions: InngestFunction.Any[] }): Promise<() => Promise<void>> {
  const { inngest, functions } = options;
  const server = createServer(serveNode({ client: inngest, functions, serveOrigin: SERVE_ORIGIN, servePath: "/api/inngest" }));
  await new Promise<void>((resolve) => server.listen(SERVE_PORT, resolve));
  const synced = await fetch(`http://127.0.0.1:${SERVE_PORT}/api/inngest`, { method: "PUT" });
  if (!synced.ok) throw new Error(`the Inngest server at ${REAL_SERVER_URL} did not take the functions: ${await synced.text()}`);
  return async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
}

/** Starts a scenario with so many workers (1 unless told otherwise; 0 queues only). Call `stop` when the tests are done. */
export async function startScenario(options: {
  name: string;
  createFunctions: CreateFunctions;
  workers?: number;
  engine?: Partial<EngineOptions>;
}): Promise<Scenario> {
  const { name, createFunctions, workers = 1, engine = {} } = options;
  const database = await createTestDatabase();
  const pool = new Pool({ connectionString: database.url, max: 5 });
  const journal = await openJournal({ pool });
  const inngest = ON_REAL_SERVER ? new Inngest({ id: `suite-${name}` }) : createEmbeddedClient({ id: `suite-${name}`, pool });
  const functions = createFunctions({ inngest, journal });
  const engines: Engine[] = [];

  const addWorker = async (extra: Partial<EngineOptions> = {}): Promise<Engine> => {
    const added = createEngine({
      databaseUrl: database.url,
      handler: serve({ client: inngest, functions }),
      workerId: `worker-${engines.length + 1}`,
      ...(process.env.ENGINE_SUITE_LOG ? { logger: console } : {}),
      retryBackoff: { baseMs: 40, maxMs: 400 },
      ...engine,
      ...extra,
    });
    engines.push(added);
    await added.migrate();
    await added.start();
    return added;
  };

  let stopServer = async (): Promise<void> => undefined;
  if (ON_REAL_SERVER) stopServer = await startOnRealServer({ inngest, functions });
  else for (let worker = 0; worker < workers; worker++) await addWorker();

  return {
    inngest,
    journal,
    databaseUrl: database.url,
    pool,
    engines,
    addWorker,
    async stop() {
      await stopServer();
      await Promise.all(engines.map((each) => each.stop({ drainMs: 5_000 })));
      await pool.end();
      await database.drop();
    },
  };
}
