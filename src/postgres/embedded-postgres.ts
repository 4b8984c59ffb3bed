/**
 * A real PostgreSQL server owned by the process that started it.
 *
 * `dataDir` holds `cluster/` (the database files), `connection.json` (port, password and pid, mode 0600: how a second
 * process of ours finds the server) and `postgres.log`. States: absent → initialised (initdb into a temporary
 * folder, then one rename, so a killed initdb leaves nothing half made) → running → exited.
 *
 * The server dies with its parent (a fast shutdown), and a server left over by a parent that was killed before that
 * took effect is stopped before a new one starts. One owner per `dataDir`: the caller holds the lock.
 */
import { execFile, spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, openSync, closeSync } from "node:fs";
import { chmod, chown, mkdir, open, readFile, readlink, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { Client } from "pg";
import { z } from "zod";
import { isErrno, POSTGRES_ENVIRONMENT, prepareNativeBinaries, resolveLaunchIdentity, type LaunchIdentity, type NativeBinaries } from "./native-binaries";

const execFileAsync = promisify(execFile);

const USER = "slipway";
const DATABASE = "slipway";
const LOG_KEEP_BYTES = 4 * 1024 * 1024;
const READY_TIMEOUT_MS = 60_000;
const FAST_STOP_MS = 15_000;
const IMMEDIATE_STOP_MS = 5_000;

export interface PostgresLogger {
  info(message: string): void;
  warn(message: string): void;
}

export interface EmbeddedPostgresOptions {
  /** Folder of this server alone; made when missing. */
  dataDir: string;
  /** Wanted TCP port on 127.0.0.1. Default: the one used last time, else any free one. Another is taken when it is in use. */
  port?: number;
  logger?: PostgresLogger;
  /** False switches fsync off: for databases of tests, which nobody mourns. Default true. */
  durable?: boolean;
  /** Default 100. */
  maxConnections?: number;
}

export interface PostgresExit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface EmbeddedPostgres {
  /** Connection URL of the application's database, with the password. */
  url: string;
  port: number;
  pid: number;
  /** Fast shutdown; resolves when the server is gone. Harder signals follow when it does not obey. May be called twice. */
  stop(): Promise<void>;
  /** Resolves when the server is gone, for whatever reason. */
  exited: Promise<PostgresExit>;
}

const connectionSchema = z.object({ port: z.number().int(), password: z.string().min(1), pid: z.number().int().nullable() });
type Connection = z.infer<typeof connectionSchema>;

/**
 * Starts the server of `dataDir` (initialising it the first time) and returns once it answers a query.
 *
 * @throws Error with the last lines of the server's log when it does not come up.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDir = path.resolve(options.dataDir);
  const cluster = path.join(dataDir, "cluster");
  const logger = options.logger ?? { info: () => undefined, warn: () => undefined };
  const [binaries, identity] = await Promise.all([prepareNativeBinaries(), resolveLaunchIdentity()]);

  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  if (identity.uid !== undefined && identity.gid !== undefined) await chown(dataDir, identity.uid, identity.gid);
  const known = await readConnection(dataDir);
  const password = known?.password ?? randomBytes(24).toString("base64url");
  if (!existsSync(path.join(cluster, "PG_VERSION"))) {
    await initialiseCluster({ dataDir, cluster, password, binaries, identity, durable: options.durable ?? true });
    logger.info("PostgreSQL: database files created");
  } else if (known === undefined) {
    throw new Error(`${path.join(dataDir, "connection.json")} is missing, so the password of the database beside it is unknown. Restore the file from your backup.`);
  }
  await endPreviousServer({ cluster, binaries, logger });

  let port = options.port ?? known?.port;
  for (let attempt = 1; ; attempt += 1) {
    const chosen = await chooseFreePort(port);
    await writeConnection(dataDir, { port: chosen, password, pid: null });
    try {
      return await launchServer({ dataDir, cluster, port: chosen, password, binaries, identity, options });
    } catch (error) {
      // Someone else can take the port between our look and the server's bind; backends of a killed server need a moment to leave.
      const again = error instanceof ServerStartError && /could not bind|shared memory block .* still in use|lock file .* already exists/i.test(error.log);
      if (!again || attempt === 20) throw error;
      logger.warn(`PostgreSQL did not start at attempt ${attempt} (${error.reason}); trying again`);
      if (/could not bind/i.test(error.log)) port = undefined;
      await delay(250);
    }
  }
}

/**
 * The URL of the server that another process of ours runs on `dataDir`, or undefined when none answers.
 */
export async function findRunningPostgres(options: { dataDir: string }): Promise<{ url: string; pid: number } | undefined> {
  const connection = await readConnection(path.resolve(options.dataDir));
  if (connection?.pid == null) return undefined;
  const url = connectionUrl(connection);
  return (await answers(url, "postgres")) ? { url, pid: connection.pid } : undefined;
}

class ServerStartError extends Error {
  readonly log: string;
  readonly reason: string;
  constructor(reason: string, log: string) {
    super(`The embedded PostgreSQL did not start: ${reason}.\n${log}`);
    this.name = "ServerStartError";
    this.reason = reason;
    this.log = log;
  }
}

interface LaunchOptions {
  dataDir: string;
  cluster: string;
  port: number;
  password: string;
  binaries: NativeBinaries;
  identity: LaunchIdentity;
  options: EmbeddedPostgresOptions;
}

async function launchServer(launch: LaunchOptions): Promise<EmbeddedPostgres> {
  const { dataDir, cluster, port, password, binaries, identity, options } = launch;
  const logPath = path.join(dataDir, "postgres.log");
  const logStart = await prepareLog(logPath);
  const settings = serverSettings({ port, durable: options.durable ?? true, maxConnections: options.maxConnections ?? 100 });
  const [file = binaries.postgres, ...args] = [...identity.prefix, binaries.postgres, "-D", cluster, ...settings.flatMap(([name, value]) => ["-c", `${name}=${value}`])];
  const log = openSync(logPath, "a", 0o600);
  // In a session of its own: the Ctrl-C that asks its owner to finish must not reach the server first.
  const child = spawn(file, args, { cwd: dataDir, env: POSTGRES_ENVIRONMENT, stdio: ["ignore", log, log], detached: true, uid: identity.uid, gid: identity.gid });
  closeSync(log);
  const exited = whenExited(child);
  const pid = child.pid;
  if (pid === undefined) {
    const { code } = await exited;
    throw new ServerStartError(`${file} could not be run (${code ?? "no exit code"})`, "");
  }

  let gone: PostgresExit | undefined;
  void exited.then((exit) => {
    gone = exit;
  });
  const stop = (): Promise<void> => stopServer(child, exited);
  const url = connectionUrl({ port, password, pid });
  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (!(await answers(url, "postgres"))) {
    if (gone !== undefined) throw new ServerStartError(`it ended with ${gone.signal ?? `exit code ${gone.code}`}`, await logTail(logPath, logStart));
    if (Date.now() > deadline) {
      await stop();
      throw new ServerStartError(`it did not answer within ${READY_TIMEOUT_MS / 1000} s`, await logTail(logPath, logStart));
    }
    await delay(25);
  }
  await createDatabaseOnce(url);
  await writeConnection(dataDir, { port, password, pid });
  return { url, port, pid, stop, exited };
}

function serverSettings(options: { port: number; durable: boolean; maxConnections: number }): [name: string, value: string][] {
  const durability: [string, string][] = options.durable
    ? [["fsync", "on"], ["synchronous_commit", "on"], ["full_page_writes", "on"]]
    : [["fsync", "off"], ["synchronous_commit", "off"], ["full_page_writes", "off"]];
  return [
    ["listen_addresses", "127.0.0.1"],
    ["port", String(options.port)],
    // No sockets on disk: a data folder's path may be longer than a socket's name can be.
    ["unix_socket_directories", ""],
    ["max_connections", String(options.maxConnections)],
    ["shared_buffers", "128MB"],
    ["effective_cache_size", "512MB"],
    ["work_mem", "8MB"],
    ["maintenance_work_mem", "64MB"],
    ["max_wal_size", "1GB"],
    ["wal_compression", "on"],
    ["random_page_cost", "1.1"],
    ["max_worker_processes", "4"],
    ["max_parallel_workers_per_gather", "1"],
    ["io_method", "sync"],
    ["jit", "off"],
    ["timezone", "UTC"],
    ["log_timezone", "UTC"],
    // A failing query is the caller's to report; this log is for the server's own life.
    ["log_min_messages", "log"],
    ["log_checkpoints", "off"],
    ["logging_collector", "off"],
    ...durability,
  ];
}

async function initialiseCluster(options: { dataDir: string; cluster: string; password: string; binaries: NativeBinaries; identity: LaunchIdentity; durable: boolean }): Promise<void> {
  const { dataDir, cluster, password, binaries, identity } = options;
  const unfinished = path.join(dataDir, "cluster.unfinished");
  const passwordFile = path.join(dataDir, "password.unfinished");
  await rm(unfinished, { recursive: true, force: true });
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (identity.uid !== undefined && identity.gid !== undefined) await chown(passwordFile, identity.uid, identity.gid);
  // The builtin C.UTF-8 sorts by code point on every machine: a new libc can't change the order of an index.
  const [file = binaries.initdb, ...args] = [
    ...identity.prefix, binaries.initdb, `--pgdata=${unfinished}`, `--username=${USER}`, `--pwfile=${passwordFile}`, "--auth=scram-sha-256",
    "--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", ...(options.durable ? [] : ["--no-sync"]),
  ];
  try {
    await execFileAsync(file, args, { cwd: dataDir, env: POSTGRES_ENVIRONMENT, uid: identity.uid, gid: identity.gid, maxBuffer: 16 * 1024 * 1024 });
  } catch (cause) {
    throw new Error(`The embedded PostgreSQL could not create its database files in ${dataDir}. ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  } finally {
    await rm(passwordFile, { force: true });
  }
  await writeConnection(dataDir, { port: await chooseFreePort(undefined), password, pid: null });
  await rename(unfinished, cluster);
}

/**
 * Stops a server that outlived its owner, and removes a lock file whose process is gone or is somebody else by now
 * (PostgreSQL itself takes any living process with that pid for a server).
 */
async function endPreviousServer(options: { cluster: string; binaries: NativeBinaries; logger: PostgresLogger }): Promise<void> {
  const lockFile = path.join(options.cluster, "postmaster.pid");
  const firstLine = await readFile(lockFile, "utf8").then((text) => text.split("\n", 1)[0] ?? "", (error: unknown) => {
    if (isErrno(error, "ENOENT")) return undefined;
    throw error;
  });
  if (firstLine === undefined) return;
  const pid = Number.parseInt(firstLine, 10);
  const isServer = async (): Promise<boolean> => Number.isInteger(pid) && pid > 1 && (await isServerOf(pid, options.cluster));
  if (await isServer()) {
    options.logger.warn(`PostgreSQL: stopping a server (pid ${pid}) that outlived its owner`);
    for (const [signal, waitMs] of [["SIGINT", FAST_STOP_MS], ["SIGQUIT", IMMEDIATE_STOP_MS], ["SIGKILL", IMMEDIATE_STOP_MS]] as const) {
      process.kill(pid, signal);
      const deadline = Date.now() + waitMs;
      while (Date.now() < deadline && (await isServer())) await delay(25);
      if (!(await isServer())) break;
    }
  }
  await rm(lockFile, { force: true });
}

async function isServerOf(pid: number, cluster: string): Promise<boolean> {
  try {
    const [executable, folder] = await Promise.all([readlink(`/proc/${pid}/exe`), readlink(`/proc/${pid}/cwd`)]);
    return path.basename(executable).startsWith("postgres") && folder === (await realpath(cluster));
  } catch {
    return false;
  }
}

async function stopServer(child: ChildProcess, exited: Promise<PostgresExit>): Promise<void> {
  for (const [signal, waitMs] of [["SIGINT", FAST_STOP_MS], ["SIGQUIT", IMMEDIATE_STOP_MS]] as const) {
    if (child.exitCode !== null || child.signalCode !== null) break;
    child.kill(signal);
    if (await settlesWithin(exited, waitMs)) return;
  }
  if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
  await exited;
}

async function settlesWithin(promise: Promise<unknown>, ms: number): Promise<boolean> {
  const timer = new AbortController();
  const settled = promise.then(() => true);
  const result = await Promise.race([settled, delay(ms, false, { signal: timer.signal }).catch(() => false)]);
  timer.abort();
  return result;
}

function whenExited(child: ChildProcess): Promise<PostgresExit> {
  return new Promise((resolve) => {
    child.once("exit", (code, signal) => resolve({ code, signal }));
    child.once("error", () => resolve({ code: null, signal: null }));
  });
}

/** `wanted` when it is free on 127.0.0.1, else a free one. */
async function chooseFreePort(wanted: number | undefined): Promise<number> {
  if (wanted !== undefined && wanted !== 0 && (await tryListen(wanted)) !== undefined) return wanted;
  const port = await tryListen(0);
  if (port === undefined) throw new Error("No free TCP port on 127.0.0.1 for the embedded PostgreSQL.");
  return port;
}

function tryListen(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(undefined));
    probe.listen(port, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : undefined));
    });
  });
}

async function answers(url: string, database: string): Promise<boolean> {
  const target = new URL(url);
  target.pathname = `/${database}`;
  const client = new Client({ connectionString: target.href, connectionTimeoutMillis: 5_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("SELECT 1");
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function createDatabaseOnce(url: string): Promise<void> {
  const target = new URL(url);
  target.pathname = "/postgres";
  const client = new Client({ connectionString: target.href });
  await client.connect();
  try {
    const found = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [DATABASE]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE "${DATABASE}"`);
  } finally {
    await client.end();
  }
}

function connectionUrl(connection: Connection): string {
  return `postgresql://${USER}:${encodeURIComponent(connection.password)}@127.0.0.1:${connection.port}/${DATABASE}`;
}

async function readConnection(dataDir: string): Promise<Connection | undefined> {
  try {
    return connectionSchema.parse(JSON.parse(await readFile(path.join(dataDir, "connection.json"), "utf8")));
  } catch (error) {
    if (isErrno(error, "ENOENT")) return undefined;
    throw error;
  }
}

async function writeConnection(dataDir: string, connection: Connection): Promise<void> {
  const file = path.join(dataDir, "connection.json");
  await writeFile(`${file}.unfinished`, `${JSON.stringify(connection)}\n`, { mode: 0o600 });
  await rename(`${file}.unfinished`, file);
}

/** Makes room in the log and returns the offset at which the coming run begins. */
async function prepareLog(file: string): Promise<number> {
  const size = await stat(file).then((found) => found.size, () => 0);
  if (size <= LOG_KEEP_BYTES) {
    if (size > 0) await chmod(file, 0o600);
    return size;
  }
  await rename(file, `${file}.previous`);
  return 0;
}

async function logTail(file: string, from: number): Promise<string> {
  const handle = await open(file, "r");
  try {
    const { size } = await handle.stat();
    const start = Math.max(from, size - 4096);
    const buffer = Buffer.alloc(Math.max(0, size - start));
    await handle.read(buffer, 0, buffer.length, start);
    return buffer.toString("utf8");
  } finally {
    await handle.close();
  }
}
