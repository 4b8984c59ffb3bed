/**
 * How a command gets at the database: by DATABASE_URL, through the embedded PostgreSQL of a running Slipway, or by
 * starting that PostgreSQL for as long as the command runs.
 */
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Env } from "../env";
import { findRunningPostgres, startEmbeddedPostgres } from "../postgres/embedded-postgres";
import { findProjectRoot } from "../project-root";
import { openDatabase, type Database } from "../server/db/client";
import { applyMigrations } from "../server/db/migrate";
import { acquireInstanceLock, DataFolderInUseError } from "../supervisor/instance-lock";
import { postgresFolder } from "../supervisor/supervised-postgres";

/** A Slipway that is just starting has the folder before it has the database. */
const STARTING_WITHIN_MS = 60_000;

export function migrationsFolder(): string {
  return path.join(findProjectRoot(), "prisma/migrations");
}

/** Runs `work` with the URL of a database that answers. Migrations are the caller's business. */
export async function withDatabaseUrl<Result>(options: { env: Env; work: (url: string) => Promise<Result> }): Promise<Result> {
  const { env, work } = options;
  if (env.databaseUrl !== undefined) return work(env.databaseUrl);
  const dataDir = postgresFolder(env.dataDir);
  for (const deadline = Date.now() + STARTING_WITHIN_MS; ; ) {
    const running = await findRunningPostgres({ dataDir });
    if (running !== undefined) return work(running.url);
    try {
      const lock = await acquireInstanceLock({ dataDir: env.dataDir, purpose: "a slipway command" });
      try {
        const postgres = await startEmbeddedPostgres({ dataDir });
        try {
          return await work(postgres.url);
        } finally {
          await postgres.stop();
        }
      } finally {
        await lock.release();
      }
    } catch (error) {
      if (!(error instanceof DataFolderInUseError) || Date.now() > deadline) throw error;
      await delay(250);
    }
  }
}

/** Runs `work` with an open, migrated database. */
export async function withDatabase<Result>(options: { env: Env; work: (database: Database, url: string) => Promise<Result> }): Promise<Result> {
  return withDatabaseUrl({
    env: options.env,
    work: async (url) => {
      await applyMigrations({ databaseUrl: url, migrationsDir: migrationsFolder() });
      const database = openDatabase({ url, poolSize: 2 });
      try {
        return await options.work(database, url);
      } finally {
        await database.close();
      }
    },
  });
}
