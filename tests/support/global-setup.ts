/**
 * One embedded PostgreSQL per test run, shared by every project that asks for it, with a template database that has
 * all migrations applied. Test files clone the template (see `database.ts`). Nothing here is durable, on purpose.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "../../src/postgres/embedded-postgres";
import { applyMigrations } from "../../src/server/db/migrate";

export interface TestServer {
  /** Of a user that may create databases. */
  url: string;
  templateName: string;
}

declare module "vitest" {
  interface ProvidedContext {
    testServer: TestServer;
  }
}

const TEMPLATE = "slipway_template";

interface SharedServer {
  started: Promise<{ server: TestServer; stop: () => Promise<void> }>;
  users: number;
}

declare global {
  var slipwayTestServer: SharedServer | undefined;
}

async function startServer(): Promise<{ server: TestServer; stop: () => Promise<void> }> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "slipway-test-postgres-"));
  const postgres = await startEmbeddedPostgres({ dataDir, durable: false, maxConnections: 300 });
  const client = new Client({ connectionString: postgres.url });
  await client.connect();
  await client.query(`CREATE DATABASE "${TEMPLATE}" TEMPLATE template0`);
  await client.end();
  const template = new URL(postgres.url);
  template.pathname = `/${TEMPLATE}`;
  await applyMigrations({ databaseUrl: template.href, migrationsDir: fileURLToPath(new URL("../../prisma/migrations", import.meta.url)) });
  return {
    server: { url: postgres.url, templateName: TEMPLATE },
    stop: async () => {
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // Each project loads a copy of this module; the process is what they share.
  const shared = (globalThis.slipwayTestServer ??= { started: startServer(), users: 0 });
  shared.users += 1;
  const { server, stop } = await shared.started;
  project.provide("testServer", server);
  return async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    globalThis.slipwayTestServer = undefined;
    await stop();
  };
}
