import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findRunningPostgres, startEmbeddedPostgres, type EmbeddedPostgres } from "~/postgres/embedded-postgres";

describe("embedded PostgreSQL", () => {
  let dataDir: string;
  let running: EmbeddedPostgres[] = [];

  beforeEach(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), "slipway-postgres-"));
    running = [];
  });

  afterEach(async () => {
    await Promise.all(running.map((server) => server.stop()));
    await rm(dataDir, { recursive: true, force: true });
  });

  async function start(): Promise<EmbeddedPostgres> {
    const server = await startEmbeddedPostgres({ dataDir });
    running.push(server);
    return server;
  }

  async function query(url: string, sql: string): Promise<unknown[]> {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  }

  it("keeps its port, its password and its rows over a restart", async () => {
    const first = await start();
    await query(first.url, "CREATE TABLE kept AS SELECT 7 AS n");
    await first.stop();
    expect(await first.exited).toEqual({ code: 0, signal: null });
    expect(await findRunningPostgres({ dataDir })).toBeUndefined();

    const second = await start();
    expect(second.url).toBe(first.url);
    expect(await query(second.url, "SELECT n FROM kept")).toEqual([{ n: 7 }]);
    expect(await findRunningPostgres({ dataDir })).toEqual({ url: second.url, pid: second.pid });
  });

  it("refuses a wrong password, and keeps the right one to its owner", async () => {
    const server = await start();
    const wrong = new URL(server.url);
    wrong.password = "guess";
    await expect(query(wrong.href, "SELECT 1")).rejects.toThrow(/password authentication failed/);
    expect((await stat(path.join(dataDir, "connection.json"))).mode & 0o777).toBe(0o600);
  });

  it("moves to another port when its own is taken", async () => {
    const first = await start();
    await first.stop();
    const occupant = createServer();
    await new Promise<void>((resolve) => occupant.listen(first.port, "127.0.0.1", resolve));
    try {
      const second = await start();
      expect(second.port).not.toBe(first.port);
      expect(await query(second.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    } finally {
      await new Promise((resolve) => occupant.close(resolve));
    }
  });

  it("comes back after kill -9, with what was committed", async () => {
    const first = await start();
    await query(first.url, "CREATE TABLE kept AS SELECT 7 AS n");
    process.kill(first.pid, "SIGKILL");
    expect(await first.exited).toEqual({ code: null, signal: "SIGKILL" });
    const second = await start();
    expect(await query(second.url, "SELECT n FROM kept")).toEqual([{ n: 7 }]);
  });

  it("is not fooled by a lock file whose pid is some other living process", async () => {
    const first = await start();
    await first.stop();
    await writeFile(path.join(dataDir, "cluster/postmaster.pid"), `${process.pid}\n${path.join(dataDir, "cluster")}\n`);
    const second = await start();
    expect(await query(second.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  it("goes down with the process that started it, killed or not", async () => {
    const script = path.join(dataDir, "owner.mts");
    const source = fileURLToPath(new URL("../../src/postgres/embedded-postgres.ts", import.meta.url));
    await writeFile(script, `import { startEmbeddedPostgres } from ${JSON.stringify(source)};\nconst server = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, durable: false });\nconsole.log(server.pid);\nsetInterval(() => undefined, 1000);\n`);
    const owner = spawn(process.execPath, ["--import", import.meta.resolve("tsx"), script], { stdio: ["ignore", "pipe", "inherit"] });
    const pid = await new Promise<number>((resolve) => owner.stdout.once("data", (chunk: Buffer) => resolve(Number(chunk.toString()))));
    owner.kill("SIGKILL");
    const deadline = Date.now() + 20_000;
    while (Date.now() < deadline && (await isAlive(pid))) await delay(25);
    expect(await isAlive(pid)).toBe(false);
  });
});

async function isAlive(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  // A zombie waits only for whoever inherited it.
  return status !== undefined && !/\) Z /.test(status);
}
