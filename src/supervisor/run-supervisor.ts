/**
 * Runs Slipway: PostgreSQL (when embedded), migrations, the first admin, then web and worker, and keeps them running.
 *
 * States: starting → running → stopping → stopped. `stop()` works in each: web and worker finish what they do, then
 * PostgreSQL shuts down, then the data folder is free. A second `stop({force: true})` kills instead of waiting.
 */
import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import type { Env } from "../env";
import type { ExecutorProbe } from "../executors/types";
import { applyMigrations } from "../server/db/migrate";
import { checkPortFree } from "./check-port";
import { acquireInstanceLock, type InstanceLock } from "./instance-lock";
import { readOrMakeSecret } from "./kept-secret";
import { makeFirstAdmin } from "./make-first-admin";
import { createSupervisedProcess, type ProcessSpec, type SupervisedProcess } from "./supervised-process";
import { startSupervisedPostgres, type SupervisedPostgres } from "./supervised-postgres";
import { summarize } from "./summary";

/** A managed database may come up after us. */
const EXTERNAL_DATABASE_WITHIN_MS = 60_000;

export type ProcessName = "web" | "worker";

export interface SupervisorOptions {
  env: Env;
  dev: boolean;
  migrationsDir: string;
  /** The programs to run; `environment` comes on top of what every program gets. */
  programs: Record<ProcessName, Omit<ProcessSpec, "name" | "environment"> & { environment: (shared: Record<string, string>) => NodeJS.ProcessEnv }>;
  /** Tries the isolation of this machine, for the summary. */
  probeIsolation: () => Promise<ExecutorProbe>;
  /** Receives whole lines. */
  write: (text: string) => void;
}

export interface Supervisor {
  /** Resolves when everything runs (the summary is written by then). Rejects when it can't, or was stopped before. */
  ready: Promise<void>;
  /** Resolves to the exit code when everything has ended. */
  ended: Promise<number>;
  stop(options?: { force: boolean }): void;
  restart(name: ProcessName): Promise<void>;
}

class StoppedError extends Error {}

export function runSupervisor(options: SupervisorOptions): Supervisor {
  const { env, write } = options;
  const say = (message: string): void => message.split("\n").forEach((line) => write(`slipway | ${line}\n`));
  const ended = Promise.withResolvers<number>();
  const processes = new Map<ProcessName, SupervisedProcess>();
  let lock: InstanceLock | undefined;
  let postgres: SupervisedPostgres | undefined;
  let stopping = false;

  const checkpoint = (): void => {
    if (stopping) throw new StoppedError("stopped before everything was running");
  };

  const restartAll = (): void => {
    for (const child of processes.values()) void child.restart();
  };

  const startDatabase = async (): Promise<() => string> => {
    const external = env.databaseUrl;
    if (external !== undefined) {
      await waitForDatabase({ url: external, say, isStopping: () => stopping });
      return () => external;
    }
    const embedded = await startSupervisedPostgres({ dataDir: env.dataDir, say, onUrlChanged: restartAll });
    postgres = embedded;
    return () => embedded.url;
  };

  const startEverything = async (): Promise<void> => {
    lock = await acquireInstanceLock({ dataDir: env.dataDir, purpose: "a running Slipway" });
    await checkPortFree({ host: env.host, port: env.port });
    checkpoint();
    const databaseUrl = await startDatabase();
    checkpoint();
    const applied = await applyMigrations({ databaseUrl: databaseUrl(), migrationsDir: options.migrationsDir });
    if (applied.length > 0) say(`database: ${applied.length === 1 ? "1 migration" : `${applied.length} migrations`} applied`);
    checkpoint();
    const authSecret = env.authSecret ?? (await readOrMakeSecret({ dataDir: env.dataDir, name: "auth-secret" }));
    const admin = await makeFirstAdmin({ databaseUrl: databaseUrl(), dataDir: env.dataDir, email: env.admin.email, password: env.admin.password });
    checkpoint();

    const shared = (): Record<string, string> => ({
      DATABASE_URL: databaseUrl(),
      AUTH_SECRET: authSecret,
      SLIPWAY_DATA_DIR: env.dataDir,
      PUBLIC_URL: env.publicUrl,
    });
    for (const name of ["web", "worker"] as const) {
      const program = options.programs[name];
      processes.set(name, createSupervisedProcess({ spec: { ...program, name, environment: () => program.environment(shared()) }, write, say, onGivenUp: (code) => void shutDown({ force: false, exitCode: code }) }));
    }
    const [isolation] = await Promise.all([options.probeIsolation(), ...[...processes.values()].map((child) => child.start())]);
    checkpoint();
    write(`\n${summarize({ env, admin, isolation, dev: options.dev })}\n\n`);
  };

  const ready = startEverything();
  const settled = ready.then(
    () => undefined,
    () => undefined,
  );

  const shutDown = async ({ force, exitCode }: { force: boolean; exitCode: number }): Promise<void> => {
    if (stopping) {
      if (force) await Promise.all([...processes.values()].map((child) => child.stop({ force: true })));
      return;
    }
    stopping = true;
    // Each part is stopped even when the one before it would not.
    const failures: unknown[] = [];
    const attempt = async (work: () => Promise<unknown> | undefined): Promise<void> => {
      try {
        await work();
      } catch (error) {
        failures.push(error);
      }
    };
    await attempt(() => Promise.all([...processes.values()].map((child) => child.stop({ force }))));
    await settled;
    await attempt(() => Promise.all([...processes.values()].map((child) => child.stop({ force: true }))));
    await attempt(() => postgres?.stop());
    await attempt(() => lock?.release());
    for (const failure of failures) say(failure instanceof Error ? failure.message : String(failure));
    ended.resolve(failures.length > 0 ? 1 : exitCode);
  };

  ready.catch((error: unknown) => {
    if (!stopping) say(error instanceof Error ? error.message : String(error));
    void shutDown({ force: false, exitCode: 1 });
  });

  return {
    ready,
    ended: ended.promise,
    stop: ({ force } = { force: false }) => void shutDown({ force, exitCode: 0 }),
    restart: async (name) => processes.get(name)?.restart(),
  };
}

async function waitForDatabase(options: { url: string; say: (message: string) => void; isStopping: () => boolean }): Promise<void> {
  const deadline = Date.now() + EXTERNAL_DATABASE_WITHIN_MS;
  for (let told = false; ; ) {
    const client = new Client({ connectionString: options.url, connectionTimeoutMillis: 10_000 });
    client.on("error", () => undefined);
    try {
      await client.connect();
      await client.query("SELECT 1");
      return;
    } catch (error) {
      const reason = error instanceof Error ? error.message || error.name : String(error);
      if (options.isStopping() || Date.now() > deadline) throw new Error(`The database at DATABASE_URL does not answer: ${reason}. Check the address, the password and that the server runs.`, { cause: error });
      if (!told) options.say(`waiting for the database at DATABASE_URL (${reason})`);
      told = true;
    } finally {
      await client.end().catch(() => undefined);
    }
    await delay(1_000);
  }
}
