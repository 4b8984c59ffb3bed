import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { copyCluster } from "~/postgres/copy-cluster";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "~/postgres/embedded-postgres";

const root = fileURLToPath(new URL("../..", import.meta.url));

let folder: string;
let running: EmbeddedPostgres[] = [];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "slipway-backup-"));
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map((server) => server.stop()));
  await rm(folder, { recursive: true, force: true });
});

async function start(dataDir: string): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir });
  running.push(server);
  return server;
}

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

describe("a copy of a running database", () => {
  it("has all that was committed before it ended, and nothing by halves, while somebody writes", async () => {
    const from = path.join(folder, "from");
    const server = await start(from);
    const writer = await connect(server.url);
    await writer.query("CREATE TABLE entry (id int PRIMARY KEY, other int NOT NULL, filler text)");
    let written = 0;
    let stops = false;
    const writing = (async () => {
      while (!stops) {
        // Two rows in one transaction, and one that changes: a torn copy would have one without the other.
        await writer.query("BEGIN");
        await writer.query("INSERT INTO entry VALUES ($1, $1, repeat('x', 2000))", [written * 2]);
        await writer.query("INSERT INTO entry VALUES ($1, $1, repeat('y', 2000))", [written * 2 + 1]);
        await writer.query("COMMIT");
        written += 1;
      }
    })();
    while (written < 20) await new Promise((resolve) => setImmediate(resolve));
    await writer.query("SELECT 1");
    const before = written;
    const to = path.join(folder, "to");
    await mkdir(to);
    await copyCluster({ url: server.url, cluster: path.join(from, "cluster"), to: path.join(to, "cluster") });
    stops = true;
    await writing;
    const after = written;
    const slots = await writer.query("SELECT 1 FROM pg_replication_slots");
    await writer.end();

    await writeFile(path.join(to, "connection.json"), JSON.stringify({ ...JSON.parse(await readFile(path.join(from, "connection.json"), "utf8")), pid: null }));
    const restored = await connect((await start(to)).url);
    const { rows } = await restored.query<{ count: number; highest: number }>("SELECT count(*)::int AS count, max(id) AS highest FROM entry");
    await restored.query("INSERT INTO entry VALUES (-1, -1, 'goes on')");
    await restored.end();
    const { count = 0, highest = -1 } = rows[0] ?? {};
    expect(count).toBe(highest + 1);
    expect(count % 2).toBe(0);
    expect(count / 2).toBeGreaterThanOrEqual(before);
    expect(count / 2).toBeLessThanOrEqual(after);
    expect(slots.rowCount).toBe(0);
  });
});

describe("slipway backup", () => {
  async function slipway(args: readonly string[], environment: Record<string, string>): Promise<{ code: number; stdout: string; stderr: string }> {
    const child = execFile(process.execPath, ["--import", "tsx", "src/cli.ts", ...args], { cwd: root, env: { PATH: process.env.PATH, NODE_ENV: "production", ...environment } });
    const texts = { stdout: "", stderr: "" };
    child.stdout?.on("data", (text: string) => void (texts.stdout += text));
    child.stderr?.on("data", (text: string) => void (texts.stderr += text));
    const [code] = await once(child, "close");
    return { code, ...texts };
  }

  it("makes a data folder that works as it is, with files and secrets, for its owner's eyes only", async () => {
    const dataDir = path.join(folder, "data");
    const copy = path.join(folder, "copy");
    const made = await slipway(["user", "create", "--email", "ada@example.com", "--password", "correct horse battery"], { SLIPWAY_DATA_DIR: dataDir });
    expect(made.code, made.stderr).toBe(0);
    await mkdir(path.join(dataDir, "blobs/ab"), { recursive: true });
    await mkdir(path.join(dataDir, "blobs/incoming"), { recursive: true });
    await writeFile(path.join(dataDir, "blobs/ab/cd"), "kept");
    await writeFile(path.join(dataDir, "blobs/incoming/half"), "not whole");
    await writeFile(path.join(dataDir, "auth-secret"), "a secret", { mode: 0o600 });

    const backup = await slipway(["backup", copy, "--json"], { SLIPWAY_DATA_DIR: dataDir });
    expect(backup.code, backup.stderr).toBe(0);
    expect(JSON.parse(backup.stdout)).toMatchObject({ folder: copy, blobs: 1, blob_bytes: 4, database_bytes: expect.any(Number) });

    expect((await stat(copy)).mode & 0o777).toBe(0o700);
    expect((await stat(path.join(copy, "auth-secret"))).mode & 0o777).toBe(0o600);
    expect((await readdir(path.join(copy, "blobs"), { recursive: true })).sort()).toEqual(["ab", "ab/cd", "incoming"]);
    const again = await slipway(["user", "create", "--email", "ada@example.com", "--password", "correct horse battery"], { SLIPWAY_DATA_DIR: copy });
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining("has an account already") });
  }, 240_000);

  it("refuses folders that are in use, and a database that is not its own", async () => {
    const dataDir = path.join(folder, "data");
    await mkdir(dataDir);
    const [inside, used, foreign] = await Promise.all([
      slipway(["backup", path.join(dataDir, "inside")], { SLIPWAY_DATA_DIR: dataDir }),
      slipway(["backup", folder], { SLIPWAY_DATA_DIR: dataDir }),
      slipway(["backup", path.join(folder, "x")], { SLIPWAY_DATA_DIR: dataDir, DATABASE_URL: "postgresql://a:b@127.0.0.1:1/c" }),
    ]);
    expect(inside).toMatchObject({ code: 1, stderr: expect.stringContaining("Name a folder outside of it") });
    expect(used).toMatchObject({ code: 1, stderr: expect.stringContaining("is not empty") });
    expect(foreign).toMatchObject({ code: 1, stderr: expect.stringContaining("pg_dump") });
    expect((await readdir(folder)).sort()).toEqual(["data"]);
  }, 240_000);
});
