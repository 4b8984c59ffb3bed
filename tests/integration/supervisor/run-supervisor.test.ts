import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { parseEnv } from "~/env";
import type { ExecutorProbe } from "~/executors/types";
import { findLockOwner } from "~/supervisor/instance-lock";
import { runSupervisor, type Supervisor } from "~/supervisor/run-supervisor";

const child = fileURLToPath(new URL("../../fixtures/supervisor/child.mjs", import.meta.url));
const migrationsDir = fileURLToPath(new URL("../../../prisma/migrations", import.meta.url));
const noteSchema = z.object({ word: z.string(), pid: z.number(), database: z.string(), secret: z.string() });
const isolated: ExecutorProbe = { ok: true, isolation: "sandboxed", checks: [] };

describe("the supervisor", () => {
  let dataDir: string;
  let output: string;
  let started: Supervisor[];

  beforeEach(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), "slipway-supervisor-"));
    output = "";
    started = [];
  });

  afterEach(async () => {
    for (const supervisor of started) supervisor.stop({ force: true });
    await Promise.all(started.map((supervisor) => supervisor.ended));
    await rm(dataDir, { recursive: true, force: true });
  });

  async function start(behaviour: { web?: string; worker?: string } = {}): Promise<Supervisor> {
    const program = (name: "web" | "worker") => ({
      command: process.execPath,
      args: [child],
      cwd: dataDir,
      environment: (shared: Record<string, string>): NodeJS.ProcessEnv => ({ ...shared, NODE_ENV: "test", NOTES: path.join(dataDir, `${name}.notes`), BEHAVIOUR: behaviour[name] ?? "" }),
      readyWithinMs: 20_000,
      drainWithinMs: 1_000,
    });
    const supervisor = runSupervisor({
      env: parseEnv({ SLIPWAY_DATA_DIR: dataDir, PORT: String(await freePort()) }),
      dev: false,
      migrationsDir,
      programs: { web: program("web"), worker: program("worker") },
      probeIsolation: () => Promise.resolve(isolated),
      write: (text) => (output += text),
    });
    supervisor.ready.catch(() => undefined);
    started.push(supervisor);
    return supervisor;
  }

  async function notes(name: "web" | "worker") {
    const text = await readFile(path.join(dataDir, `${name}.notes`), "utf8").catch(() => "");
    return text.split("\n").filter((line) => line !== "").map((line) => noteSchema.parse(JSON.parse(line)));
  }

  async function notesOnce(name: "web" | "worker", count: number) {
    return eventually(async () => {
      const found = await notes(name);
      return found.length >= count ? found : undefined;
    });
  }

  it("starts everything, tells how to sign in, and stops it in order", async () => {
    const supervisor = await start();
    await supervisor.ready;
    const [web] = await notes("web");
    const [worker] = await notes("worker");
    expect(web?.database).toMatch(/^postgresql:\/\/slipway:.+@127\.0\.0\.1:\d+\/slipway$/);
    expect(web?.secret).toHaveLength(64);
    expect(worker?.secret).toBe(web?.secret);

    const password = /Password\s+(\S+)/.exec(output)?.[1] ?? "none shown";
    const credentials = path.join(dataDir, "admin-credentials.txt");
    expect(await readFile(credentials, "utf8")).toContain(password);
    for (const file of ["admin-credentials.txt", "auth-secret", "postgres/connection.json"]) expect((await stat(path.join(dataDir, file))).mode & 0o777, file).toBe(0o600);
    expect((await stat(path.join(dataDir, "postgres/cluster"))).mode & 0o777).toBe(0o700);
    expect(output).toMatch(/^web {5}\| hello$/m);

    supervisor.stop();
    expect(await supervisor.ended).toBe(0);
    expect((await notes("web")).map((note) => note.word)).toEqual(["started", "drained"]);
    expect((await notes("worker")).map((note) => note.word)).toEqual(["started", "drained"]);
    expect(await findLockOwner({ dataDir })).toBeUndefined();
    await expect(connectOnce(web?.database ?? "")).rejects.toThrow(/ECONNREFUSED/);

    output = "";
    const again = await start();
    await again.ready;
    expect(output).toContain("Slipway is running");
    expect(output).not.toMatch(/Password/);
    expect((await notes("web")).at(-1)?.secret).toBe(web?.secret);
  });

  it("starts a killed child and a killed PostgreSQL again", async () => {
    const supervisor = await start();
    await supervisor.ready;
    const [worker] = await notes("worker");
    process.kill(worker?.pid ?? 0, "SIGKILL");
    const [, second] = await notesOnce("worker", 2);
    expect(second).toMatchObject({ word: "started", database: worker?.database });
    expect(second?.pid).not.toBe(worker?.pid);

    const postmaster = Number.parseInt(await readFile(path.join(dataDir, "postgres/cluster/postmaster.pid"), "utf8"), 10);
    process.kill(postmaster, "SIGKILL");
    await eventually(async () => output.includes("PostgreSQL is ready again") || undefined);
    await connectOnce(worker?.database ?? "");
    // The children were left alone: they find the database again by themselves.
    expect(await notes("web")).toHaveLength(1);
  });

  it("lets nobody else use the same data folder", async () => {
    await (await start()).ready;
    const second = await start();
    await expect(second.ready).rejects.toThrow(/is in use by a running Slipway \(pid \d+\)/);
    expect(await second.ended).toBe(1);
    expect(await findLockOwner({ dataDir })).toMatchObject({ pid: process.pid });
  });

  it("kills a child that does not finish", async () => {
    const supervisor = await start({ worker: "stubborn" });
    await supervisor.ready;
    const [worker] = await notes("worker");
    supervisor.stop();
    expect(await supervisor.ended).toBe(0);
    expect(output).toContain("worker has not finished within 1 s; killing it");
    expect(() => process.kill(worker?.pid ?? 0, 0)).toThrow(/ESRCH/);
  });

  it("gives up at once on a wrong configuration, and after five attempts on a child that never starts", async () => {
    const misconfigured = await start({ web: "misconfigured" });
    await expect(misconfigured.ready).rejects.toThrow(/web finds its configuration wrong/);
    expect(await misconfigured.ended).toBe(78);
    expect(await notes("web")).toHaveLength(1);

    const broken = await start({ worker: "broken" });
    await expect(broken.ready).rejects.toThrow(/worker did not start in 5 attempts \(exit code 3\)/);
    expect(await broken.ended).toBe(1);
  });
});

async function eventually<Value>(look: () => Promise<Value | undefined>): Promise<Value> {
  for (const deadline = Date.now() + 30_000; ; ) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error("It did not happen within 30 s.");
    await delay(25);
  }
}

async function connectOnce(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.end();
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
