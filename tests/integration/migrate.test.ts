import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { applyMigrations, listPendingMigrations } from "~/server/db/migrate";
import { diffMigrationsWithSchema } from "~/server/db/schema-engine";
import { createTestDatabase, type TestDatabase } from "../support/database";

const root = fileURLToPath(new URL("../..", import.meta.url));

describe("migrations", () => {
  let database: TestDatabase;
  let folder: string;

  beforeEach(async () => {
    database = await createTestDatabase();
    folder = await mkdtemp(path.join(tmpdir(), "slipway-migrations-"));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
    await database.drop();
  });

  async function writeMigration(name: string, sql: string): Promise<void> {
    await mkdir(path.join(folder, name));
    await writeFile(path.join(folder, name, "migration.sql"), sql);
  }

  async function query(sql: string): Promise<unknown[]> {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  }

  it("make exactly what schema.prisma says", async () => {
    const difference = await diffMigrationsWithSchema({ databaseUrl: database.url, migrationsDir: path.join(root, "prisma/migrations"), schemaPath: path.join(root, "prisma/schema.prisma") });
    expect(difference).toBeUndefined();
  });

  it("are applied in order and once, also when several processes boot together", async () => {
    await query("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    // Semicolons in comments and function bodies must survive.
    await writeMigration("20260101000000_first", "-- one; two\nCREATE TABLE counted (n int);\nCREATE FUNCTION twice(n int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN n := n + n; RETURN n; END $$;");
    await writeMigration("20260101000001_second", "INSERT INTO counted VALUES (twice(21));");
    expect(await listPendingMigrations({ databaseUrl: database.url, migrationsDir: folder })).toEqual(["20260101000000_first", "20260101000001_second"]);

    const applied = await Promise.all([1, 2, 3].map(() => applyMigrations({ databaseUrl: database.url, migrationsDir: folder })));

    expect(applied.flat()).toEqual(["20260101000000_first", "20260101000001_second"]);
    expect(await query("SELECT n FROM counted")).toEqual([{ n: 42 }]);
    expect(await listPendingMigrations({ databaseUrl: database.url, migrationsDir: folder })).toEqual([]);
  });

  it("name the one that failed, and leave nothing of it behind", async () => {
    await query("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    await writeMigration("20260101000000_broken", "CREATE TABLE half_made (n int);\nINSERT INTO nowhere VALUES (1);");
    await expect(applyMigrations({ databaseUrl: database.url, migrationsDir: folder })).rejects.toThrow(/nowhere[^]*20260101000000_broken/);
    expect(await query("SELECT to_regclass('half_made') AS found")).toEqual([{ found: null }]);
    // A failed migration stops the next start too, with a message, until somebody looks.
    await expect(applyMigrations({ databaseUrl: database.url, migrationsDir: folder })).rejects.toThrow(/20260101000000_broken/);
  });
});
