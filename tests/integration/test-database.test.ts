import { Client } from "pg";
import { expect, it } from "vitest";
import { createTestDatabase } from "../support/database";

it("clones the migrated template, and each clone is apart from the others", async () => {
  const [one, two] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  const client = new Client({ connectionString: one.url });
  await client.connect();
  const applied = await client.query("SELECT migration_name FROM _prisma_migrations ORDER BY 1");
  expect(applied.rowCount).toBeGreaterThan(0);
  await client.query("CREATE TABLE only_here (id int)");
  await client.end();
  const other = new Client({ connectionString: two.url });
  await other.connect();
  const found = await other.query<{ found: string | null }>("SELECT to_regclass('only_here')::text AS found");
  expect(found.rows[0]?.found).toBeNull();
  await other.end();
  await Promise.all([one.drop(), two.drop()]);
});

it("names a connection that was left open", async () => {
  const database = await createTestDatabase();
  const client = new Client({ connectionString: database.url, application_name: "forgetful" });
  client.on("error", () => undefined);
  await client.connect();
  await expect(database.drop()).rejects.toThrow(/left open[^]*forgetful/);
  await client.end();
});
