/** The doctor's checks. Each looks at one part and says what it saw and, when that is not well, how to mend it. */
import { existsSync, readdirSync } from "node:fs";
import { mkdir, readFile, rm, stat, statfs, writeFile } from "node:fs/promises";
import path from "node:path";
import { Client } from "pg";
import { findUnknownVariables, inheritedEnvironment, type Env } from "../../env";
import { createLocalExecutor } from "../../executors/local";
import { findProjectRoot } from "../../project-root";
import { listPendingMigrations } from "../../server/db/migrate";
import { checkChains } from "./check-chains";
import { checkContent, checkWorkers } from "./check-content";
import { checkPrograms, checkSlither } from "./check-programs";
import { checkPortFree } from "../../supervisor/check-port";
import { findLockOwner } from "../../supervisor/instance-lock";
import { migrationsFolder, withDatabaseUrl } from "../reach-database";

export interface CheckResult {
  name: string;
  status: "ok" | "warn" | "fail";
  detail: string;
  /** How to mend it. */
  fix?: string;
}

interface CheckContext {
  env: Env;
  root: string;
}

type Check = (context: CheckContext) => Promise<CheckResult | CheckResult[]>;

const GIB = 1024 ** 3;

const CHECKS: Record<string, Check> = {
  configuration: checkConfiguration,
  node: checkNode,
  dependencies: checkDependencies,
  "data folder": checkDataFolder,
  "free disk": checkFreeDisk,
  storage: checkStorage,
  database: checkDatabase,
  toolchains: checkToolchains,
  slither: async ({ root }) => checkSlither({ root }),
  git: () => checkPrograms({ search: inheritedEnvironment().PATH }),
  isolation: checkIsolation,
  chains: checkChains,
  port: checkPort,
  workflows: checkWorkflows,
};

/** Runs every check; one that throws is a failure with the error's message, and the others go on. */
export async function runChecks(options: { env: Env; root?: string }): Promise<CheckResult[]> {
  const context = { env: options.env, root: options.root ?? findProjectRoot() };
  const results: CheckResult[] = [];
  for (const [name, check] of Object.entries(CHECKS)) {
    try {
      results.push(...[await check(context)].flat());
    } catch (error) {
      results.push({ name, status: "fail", detail: error instanceof Error ? error.message : String(error) });
    }
  }
  return results;
}

async function checkConfiguration(): Promise<CheckResult> {
  const unknown = findUnknownVariables(inheritedEnvironment());
  if (unknown.length > 0) return { name: "configuration", status: "warn", detail: `${unknown.join(", ")} is set, but nobody reads it`, fix: "correct the spelling; .env.example lists every variable" };
  return { name: "configuration", status: "ok", detail: existsSync(".env") ? "environment and .env" : "environment" };
}

async function checkNode(): Promise<CheckResult> {
  const major = Number(process.versions.node.split(".")[0]);
  if (major === 24) return { name: "node", status: "ok", detail: `${process.versions.node} at ${process.execPath}` };
  return { name: "node", status: "fail", detail: `${process.versions.node}, but 24 is needed`, fix: "start through npm, which brings the right one: npm run slipway -- doctor" };
}

async function checkDependencies({ root }: CheckContext): Promise<CheckResult> {
  const missing = ["node_modules/next/package.json", "node_modules/pg/package.json", "src/server/db/generated/client.ts", "dist/server.js", "dist/worker.js", ".next/BUILD_ID"].filter((file) => !existsSync(path.join(root, file)));
  if (missing.length === 0) return { name: "dependencies", status: "ok", detail: "installed and built" };
  return { name: "dependencies", status: "warn", detail: `not there: ${missing.join(", ")}`, fix: "npm start installs and builds what is missing" };
}

async function checkDataFolder({ env }: CheckContext): Promise<CheckResult[]> {
  const probe = path.join(env.dataDir, `.doctor-${process.pid}`);
  try {
    await mkdir(env.dataDir, { recursive: true, mode: 0o700 });
    await writeFile(probe, "");
  } catch {
    return [{ name: "data folder", status: "fail", detail: `${env.dataDir} can't be written to`, fix: `give it to the user that runs Slipway: chown -R ${process.getuid?.() ?? "USER"} ${env.dataDir}` }];
  }
  await rm(probe);
  const open: string[] = [];
  for (const [file, allowed] of [["", 0o700], ["auth-secret", 0o600], ["admin-credentials.txt", 0o600], ["postgres/connection.json", 0o600]] as const) {
    const found = await stat(path.join(env.dataDir, file)).catch(() => undefined);
    if (found !== undefined && (found.mode & 0o777 & ~allowed) !== 0) open.push(`chmod ${allowed.toString(8)} ${path.join(env.dataDir, file)}`);
  }
  if (open.length > 0) return [{ name: "data folder", status: "warn", detail: `${env.dataDir} holds secrets that other users of this machine can read`, fix: open.join(" && ") }];
  return [{ name: "data folder", status: "ok", detail: env.dataDir }];
}

async function checkFreeDisk({ env }: CheckContext): Promise<CheckResult> {
  const { bavail, bsize } = await statfs(env.dataDir);
  const free = (bavail * bsize) / GIB;
  const detail = `${free.toFixed(1)} GiB free for ${env.dataDir}`;
  if (free < 1) return { name: "free disk", status: "fail", detail, fix: "free at least 1 GiB, or point SLIPWAY_DATA_DIR at a larger disk" };
  if (free < 5) return { name: "free disk", status: "warn", detail, fix: "builds and logs grow: keep 5 GiB free" };
  return { name: "free disk", status: "ok", detail };
}

async function checkStorage({ env }: CheckContext): Promise<CheckResult> {
  await mkdir(env.storage.dir, { recursive: true, mode: 0o700 });
  const probe = path.join(env.storage.dir, `.doctor-${process.pid}`);
  const text = "slipway";
  await writeFile(probe, text);
  const back = await readFile(probe, "utf8");
  await rm(probe);
  if (back !== text) return { name: "storage", status: "fail", detail: `${env.storage.dir} gives back other bytes than were written`, fix: "replace the disk, or point STORAGE_DIR at another one" };
  return { name: "storage", status: "ok", detail: `disk, ${env.storage.dir}` };
}

async function checkDatabase({ env }: CheckContext): Promise<CheckResult[]> {
  const kind = env.databaseUrl === undefined ? "embedded PostgreSQL" : "PostgreSQL by DATABASE_URL";
  try {
    return await withDatabaseUrl({
      env,
      work: async (databaseUrl) => {
        const pending = await listPendingMigrations({ databaseUrl, migrationsDir: migrationsFolder() });
        const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
        await client.connect();
        const { version, content } = await readDatabase({ env, client, migrated: pending.length === 0 }).finally(() => client.end());
        return [
          Number.parseInt(version, 10) >= 15 ? { name: "database", status: "ok" as const, detail: `${kind} ${version} answers` } : { name: "database", status: "fail" as const, detail: `${kind} is ${version}`, fix: "use PostgreSQL 15 or newer" },
          pending.length === 0
            ? { name: "migrations", status: "ok" as const, detail: "none pending" }
            : { name: "migrations", status: "warn" as const, detail: `${pending.length} pending: ${pending.join(", ")}`, fix: "npm run slipway -- migrate (npm start does it too)" },
          ...content,
        ];
      },
    });
  } catch (error) {
    const fix = env.databaseUrl === undefined ? `see ${path.join(env.dataDir, "postgres/postgres.log")}` : "check the address, user and password in DATABASE_URL, and that the server runs";
    return [{ name: "database", status: "fail", detail: `${kind}: ${error instanceof Error ? error.message : String(error)}`, fix }];
  }
}

/** What is in it is looked at only when its tables are those that this version knows. */
async function readDatabase(options: { env: Env; client: Client; migrated: boolean }): Promise<{ version: string; content: CheckResult[] }> {
  const { env, client, migrated } = options;
  const { rows } = await client.query<{ version: string }>("SELECT current_setting('server_version') AS version");
  const owner = await findLockOwner({ dataDir: env.dataDir });
  const runs = owner !== undefined && owner.pid !== process.pid;
  return { version: rows[0]?.version ?? "unknown", content: migrated ? [...(await checkContent({ env, client })), ...(await checkWorkers({ client, runs }))] : [] };
}

async function checkToolchains({ root }: CheckContext): Promise<CheckResult[]> {
  const folder = path.join(root, "toolchains");
  const kinds = existsSync(folder) ? readdirSync(folder).filter((kind) => existsSync(path.join(folder, kind, "package-lock.json"))).sort() : [];
  if (kinds.length === 0) return [{ name: "toolchains", status: "fail", detail: `there is none in ${folder}`, fix: "restore the folder from the repository" }];
  return kinds.map((kind) =>
    existsSync(path.join(folder, kind, "node_modules/.slipway-stamp"))
      ? { name: `${kind} toolchain`, status: "ok", detail: "installed" }
      : { name: `${kind} toolchain`, status: "fail", detail: "not installed", fix: "npm start installs it" },
  );
}

async function checkIsolation({ env }: CheckContext): Promise<CheckResult[]> {
  const executor = createLocalExecutor({ slots: 1, workRoot: path.join(env.dataDir, "sandboxes"), allowInsecure: env.allowInsecureLocal, warmPerKey: 0 });
  try {
    const probe = await executor.probe();
    const broken = probe.checks.filter((check) => !check.ok);
    if (broken.length === 0 && probe.isolation === "sandboxed") return [{ name: "isolation", status: "ok", detail: `bubblewrap, ${probe.checks.length} checks passed` }];
    const status = env.allowInsecureLocal ? "warn" : "fail";
    if (broken.length === 0) return [{ name: "isolation", status, detail: "builds run without a sandbox", fix: "as root: apt-get install bubblewrap" }];
    return broken.map((check) => ({ name: "isolation", status, detail: `${check.name}: ${check.detail}`, ...(check.fix === undefined ? {} : { fix: check.fix }) }));
  } finally {
    await executor.close();
  }
}

async function checkPort({ env }: CheckContext): Promise<CheckResult> {
  const owner = await findLockOwner({ dataDir: env.dataDir });
  if (owner !== undefined && owner.pid !== process.pid) {
    const answer = await fetch(`http://${["0.0.0.0", "::"].includes(env.host) ? "127.0.0.1" : env.host}:${env.port}/api/health/live`, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
    if (answer?.ok) return { name: "port", status: "ok", detail: `Slipway (pid ${owner.pid}) answers on ${env.host}:${env.port}` };
    return { name: "port", status: "warn", detail: `Slipway runs (pid ${owner.pid}), but does not answer on ${env.host}:${env.port}`, fix: "look at its log; it may listen on another PORT" };
  }
  try {
    await checkPortFree({ host: env.host, port: env.port });
    return { name: "port", status: "ok", detail: `${env.host}:${env.port} is free; Slipway is not running` };
  } catch (error) {
    return { name: "port", status: "fail", detail: error instanceof Error ? error.message : String(error) };
  }
}

async function checkWorkflows({ env }: CheckContext): Promise<CheckResult> {
  if (env.inngest === undefined) return { name: "workflows", status: "ok", detail: "embedded engine" };
  const base = env.inngest.baseUrl;
  if (base === undefined) return { name: "workflows", status: "ok", detail: "Inngest Cloud (keys are set)" };
  const answer = await fetch(base, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
  if (answer === undefined) return { name: "workflows", status: "fail", detail: `the Inngest server at ${base} does not answer`, fix: "start it, correct INNGEST_BASE_URL, or unset the INNGEST_ variables to use the embedded engine" };
  return { name: "workflows", status: "ok", detail: `Inngest server at ${base} answers` };
}
