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
import { createEngine, type Engine, type EngineOptions } from "~/engine";
import { createTestDatabase, type TestDatabase } from "../../support/database";
import { createEmbeddedClient, type CreateFunctions } from "./client";
import { openJournal, type Journal } from "./journal";

export const REAL_SERVER_URL = process.env.INNGEST_BASE_URL;
const SERVE_PORT = Number(process.env.ENGINE_SUITE_PORT ?? 3999);
const SERVE_ORIGIN = process.env.ENGINE_SUITE_ORIGIN ?? `http://127.0.0.1:${SERVE_PORT}`;

/** For `describe.skipIf`: the reason stands in each scenario that uses it. */
export const ON_REAL_SERVER = REAL_SERVER_URL !== undefined;

/** Retries come at once on the embedded engine; a real server has its own pace, so waits must allow for it. */
export const RETRY_WAIT_MS = ON_REAL_SERVER ? 180_000 : 20_000;

export interface Scenario {
  inngest: Inngest;
  journal: Journal;
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

const unreachable = (): Promise<Response> => Promise.reject(new Error("this engine only migrates"));

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

/**
 * Starts a scenario with so many workers (1 unless told otherwise; with 0, events wait until one is added), on a database
 * of its own unless one is given. Call `stop` when the tests are done.
 */
export async function startScenario(options: {
  name: string;
  createFunctions: CreateFunctions;
  workers?: number;
  engine?: Partial<EngineOptions>;
  database?: TestDatabase;
}): Promise<Scenario> {
  const { name, createFunctions, workers = 1, engine = {} } = options;
  const database = options.database ?? (await createTestDatabase());
  const pool = new Pool({ connectionString: database.url, max: 5 });
  const journal = await openJournal({ pool });
  const inngest = ON_REAL_SERVER ? new Inngest({ id: `suite-${name}` }) : createEmbeddedClient({ id: `suite-${name}`, pool });
  // A client may be idle when its server goes away; whoever uses it next is told.
  pool.on("error", () => undefined);
  const engines: Engine[] = [];

  const addWorker = async (extra: Partial<EngineOptions> = {}): Promise<Engine> => {
    const worker = `worker-${engines.length + 1}`;
    const added = createEngine({
      databaseUrl: database.url,
      handler: serve({ client: inngest, functions: createFunctions({ inngest, journal, worker }) }),
      workerId: worker,
      ...(process.env.ENGINE_SUITE_LOG ? { logger: console } : {}),
      retryBackoff: { baseMs: 40, maxMs: 400 },
      // Work must be found by announcements and timers: the sweep would hide one that is missing.
      sweepMs: 600_000,
      ...engine,
      ...extra,
    });
    engines.push(added);
    await added.migrate();
    await added.start();
    return added;
  };

  let stopServer = async (): Promise<void> => undefined;
  if (ON_REAL_SERVER) {
    stopServer = await startOnRealServer({ inngest, functions: createFunctions({ inngest, journal, worker: "real" }) });
  } else for (let worker = 0; worker < workers; worker++) await addWorker();

  if (!ON_REAL_SERVER && workers === 0) await createEngine({ pool, handler: unreachable, workerId: "none" }).migrate();

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
