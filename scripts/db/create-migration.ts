/**
 * Writes the next migration: the difference between `prisma/migrations` and `prisma/schema.prisma`.
 *
 *   npm run db:migration -- --name add_webhooks
 *
 * The differences are worked out on a throw-away embedded PostgreSQL. Read the SQL before you commit it.
 */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { startEmbeddedPostgres } from "../../src/postgres/embedded-postgres";
import { diffMigrationsWithSchema, MIGRATION_LOCK_FILE } from "../../src/server/db/schema-engine";

const root = fileURLToPath(new URL("../..", import.meta.url));
const migrationsDir = path.join(root, "prisma/migrations");

async function createMigration(options: { name: string }): Promise<void> {
  const scratch = await mkdtemp(path.join(tmpdir(), "slipway-migration-"));
  const postgres = await startEmbeddedPostgres({ dataDir: scratch, durable: false });
  try {
    const sql = await diffMigrationsWithSchema({ databaseUrl: postgres.url, migrationsDir, schemaPath: path.join(root, "prisma/schema.prisma") });
    if (sql === undefined) {
      console.log("The schema and the migrations agree: nothing to write.");
      return;
    }
    const stamp = new Date().toISOString().slice(0, 19).replace(/[-:T]/g, "");
    const folder = path.join(migrationsDir, `${stamp}_${options.name}`);
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, "migration.sql"), sql);
    await writeFile(path.join(migrationsDir, "migration_lock.toml"), MIGRATION_LOCK_FILE);
    console.log(`Wrote ${path.relative(root, folder)}/migration.sql`);
  } finally {
    await postgres.stop();
    await rm(scratch, { recursive: true, force: true });
  }
}

const { values } = parseArgs({ options: { name: { type: "string" } } });
if (values.name === undefined || !/^[a-z][a-z0-9_]*$/.test(values.name)) {
  console.error("--name is missing or has other characters than a-z, 0-9 and _. Example: npm run db:migration -- --name add_webhooks");
  process.exitCode = 2;
} else {
  await createMigration({ name: values.name });
}
