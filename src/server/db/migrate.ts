/**
 * Brings a database to the state of `prisma/migrations`. An ordinary Prisma history: the same folder and the same
 * `_prisma_migrations` table, so the Prisma CLI can take over wherever its engine is at hand.
 */
import { Client } from "pg";
import { readMigrations, SCHEMA_FILTER, withSchemaEngine } from "./schema-engine";

/** Any constant of our own: every process that migrates one database must take the same lock. */
const MIGRATION_LOCK = 7_412_206_533;

export interface MigrateOptions {
  databaseUrl: string;
  /** Absolute path of the folder with one sub-folder per migration. */
  migrationsDir: string;
}

/**
 * Applies what is missing, in order, and returns the names of the migrations it applied. Several processes may call
 * this at once: one works, the others wait and find nothing left to do.
 *
 * @throws Error naming the migration that failed.
 */
export async function applyMigrations(options: MigrateOptions): Promise<string[]> {
  const migrationsList = await readMigrations({ migrationsDir: options.migrationsDir });
  if (migrationsList.migrationDirectories.length === 0) return [];
  // A lock of this session alone: if the process dies, Postgres lets go of it.
  const lock = new Client({ connectionString: options.databaseUrl });
  await lock.connect();
  try {
    await lock.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
    // Most starts find nothing to do; asking first saves loading the engine.
    if ((await findPendingNames(lock, migrationsList.migrationDirectories.map((directory) => directory.path))).length === 0) return [];
    const { appliedMigrationNames } = await withSchemaEngine({
      databaseUrl: options.databaseUrl,
      work: (engine) => engine.applyMigrations({ migrationsList, filters: SCHEMA_FILTER }),
    });
    return appliedMigrationNames;
  } finally {
    await lock.end();
  }
}

/** Names of the migrations that the database has not applied, in order. */
export async function listPendingMigrations(options: MigrateOptions): Promise<string[]> {
  const { migrationDirectories } = await readMigrations({ migrationsDir: options.migrationsDir });
  const client = new Client({ connectionString: options.databaseUrl, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    return await findPendingNames(client, migrationDirectories.map((directory) => directory.path));
  } finally {
    await client.end();
  }
}

async function findPendingNames(client: Client, names: readonly string[]): Promise<string[]> {
  const table = await client.query<{ found: string | null }>(`SELECT to_regclass('public._prisma_migrations')::text AS found`);
  if (table.rows[0]?.found == null) return [...names];
  const applied = await client.query<{ migration_name: string }>(
    "SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL",
  );
  const done = new Set(applied.rows.map((row) => row.migration_name));
  return names.filter((name) => !done.has(name));
}
