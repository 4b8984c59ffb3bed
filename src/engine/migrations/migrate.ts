import type { Pool } from "pg";
import { initialMigration } from "./001-initial";

const MIGRATIONS = [initialMigration];

/** Brings the schema `engine` up to date. Safe to call from many processes at once: they queue on an advisory lock. */
export async function migrateEngine({ pool }: { pool: Pool }): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    await client.query("SELECT pg_advisory_xact_lock(hashtext('engine.migrate'))");
    await client.query("CREATE SCHEMA IF NOT EXISTS engine");
    await client.query(
      "CREATE TABLE IF NOT EXISTS engine.migrations (id text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())",
    );
    const applied = await client.query<{ id: string }>("SELECT id FROM engine.migrations");
    const known = new Set(applied.rows.map((row) => row.id));
    for (const migration of MIGRATIONS) {
      if (known.has(migration.id)) continue;
      await client.query(migration.sql);
      await client.query("INSERT INTO engine.migrations (id) VALUES ($1)", [migration.id]);
    }
    await client.query("COMMIT");
    client.release();
  } catch (cause) {
    // Destroying the connection rolls back, also when the connection is what failed.
    client.release(true);
    throw cause;
  }
}
