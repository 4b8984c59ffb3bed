/** A database with a million builds and the web process on it, alone: no worker takes the builds that are made. */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createEngine } from "../../../src/engine";
import { getEnvOrExit, inheritedEnvironment } from "../../../src/env";
import { startEmbeddedPostgres } from "../../../src/postgres/embedded-postgres";
import { findProjectRoot } from "../../../src/project-root";
import { productionArguments, PRODUCTION_ENVIRONMENT } from "../../../src/supervisor/node-process";
import { openDatabase, type Database } from "../../../src/server/db/client";
import { applyMigrations } from "../../../src/server/db/migrate";
import { createToken } from "../../../src/server/services/tokens/create-token";
import { seedBuilds } from "../../db/seed-builds";
import { findFreePort } from "../product";

export interface Installation {
  url: string;
  database: Database;
  /** One of each user. */
  callers: readonly { token: string; userId: string; handle: string }[];
  /** Resident memory of the web process now, in MB of a million bytes. */
  webMemoryMb(): Promise<number>;
  stop(): Promise<void>;
}

/** `keep`: a folder in which the seeded database stays for the next run. */
export async function openInstallation(options: { builds: number; keep: string | undefined }): Promise<Installation> {
  const root = findProjectRoot();
  const dataDir = options.keep ?? (await mkdtemp(path.join(tmpdir(), "slipway-bench-api-")));
  const postgres = await startEmbeddedPostgres({ dataDir: path.join(dataDir, "postgres"), maxConnections: 200 });
  const database = openDatabase({ url: postgres.url, poolSize: 4 });
  await applyMigrations({ databaseUrl: postgres.url, migrationsDir: path.join(root, "prisma/migrations") });
  await createEngine({ pool: database.pool, handler: () => Promise.reject(new Error("Nothing runs here.")), workerId: "bench" }).migrate();
  await seedOnce({ database, builds: options.builds });
  const users = await database.db.user.findMany({ where: { handle: { startsWith: "load-" } }, select: { id: true, handle: true }, orderBy: { id: "asc" } });
  const callers = await Promise.all(
    users.map(async ({ id, handle }) => ({ userId: id, handle, token: (await createToken({ db: database.db, userId: id, role: "user", name: "bench", scopes: ["builds:write"] })).token })),
  );
  const port = await findFreePort();
  const child = spawn(process.execPath, productionArguments({ heapMb: getEnvOrExit().heapMb.web, program: "server" }), {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    env: inheritedEnvironment({
      ...PRODUCTION_ENVIRONMENT, HOST: "127.0.0.1", PORT: String(port), DATABASE_URL: postgres.url, AUTH_SECRET: randomBytes(48).toString("base64"), SLIPWAY_DATA_DIR: dataDir, LOG_LEVEL: "warn",
      SLIPWAY_BUILDS_PER_MINUTE: "1000000", SLIPWAY_WRITES_PER_MINUTE: "1000000", SLIPWAY_READS_PER_MINUTE: "1000000",
    }),
  });
  const gone = once(child, "exit");
  await Promise.race([once(child, "message"), gone.then(([code]) => Promise.reject(new Error(`The web process ended with ${String(code)}.`)))]);
  return {
    url: `http://127.0.0.1:${port}`,
    database,
    callers,
    webMemoryMb: async () => Number(/VmRSS:\s+(\d+) kB/.exec(await readFile(`/proc/${child.pid}/status`, "utf8"))?.[1] ?? Number.NaN) * 1024 / 1e6,
    async stop() {
      child.kill("SIGTERM");
      await gone;
      await database.close();
      await postgres.stop();
      if (options.keep === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function seedOnce({ database, builds }: { database: Database; builds: number }): Promise<void> {
  if ((await database.db.build.findFirst({ select: { id: true } })) !== null) return;
  const began = performance.now();
  await seedBuilds({ pool: database.pool, builds, onProgress: (done) => process.stderr.write(`\rseeding: ${done.toLocaleString("en")} builds`) });
  process.stderr.write(`\rseeded ${builds.toLocaleString("en")} builds in ${Math.round((performance.now() - began) / 1000)} s\n`);
}
