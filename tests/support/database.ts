import { randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { Client } from "pg";
import { inject } from "vitest";
import type {} from "./global-setup";

/** A session needs a moment to leave after its client said goodbye. */
const LEAVE_WITHIN_MS = 3_000;

export interface TestDatabase {
  url: string;
  /**
   * Drops the database.
   *
   * @throws Error listing the connections that the test left open (the database is dropped all the same).
   */
  drop(): Promise<void>;
}

/**
 * A database of the test file's own, with every migration applied: a clone of the run's template. Call it in
 * `beforeAll` and `drop` in `afterAll`, after closing what the tests opened.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { url: serverUrl, templateName } = inject("testServer");
  const name = `test_${randomBytes(8).toString("hex")}`;
  await onServer(serverUrl, (client) => client.query(`CREATE DATABASE "${name}" TEMPLATE "${templateName}"`));
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () =>
      onServer(serverUrl, async (client) => {
        const left = await findOpenConnections(client, name);
        await client.query(`DROP DATABASE "${name}" WITH (FORCE)`);
        if (left.length > 0) throw new Error(`${left.length} connection(s) to the test's database were left open; close them before drop():\n${left.join("\n")}`);
      }),
  };
}

async function findOpenConnections(client: Client, database: string): Promise<string[]> {
  const deadline = Date.now() + LEAVE_WITHIN_MS;
  for (;;) {
    const { rows } = await client.query<{ application_name: string; state: string | null; query: string }>(
      "SELECT application_name, state, query FROM pg_stat_activity WHERE datname = $1 AND backend_type = 'client backend'",
      [database],
    );
    if (rows.length === 0 || Date.now() > deadline) return rows.map((row) => `- ${row.application_name || "unnamed"} (${row.state ?? "unknown"}): ${row.query.slice(0, 200)}`);
    await delay(20);
  }
}

async function onServer<Result>(url: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
