/** A worker that is killed leaves nothing running, and the next one cleans up after it and after nobody else. */
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createLocalExecutor } from "~/executors/local";
import { readProcessStat } from "~/executors/local/process-tree";
import { GROUPS_FILE } from "~/executors/local/slots";
import { createHarness, until } from "./harness";

describe("a worker killed with SIGKILL", () => {
  let folder: string;
  const workers: ChildProcess[] = [];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "slipway-death-"));
    mkdirSync(join(folder, "work"));
  });
  afterEach(async () => {
    await Promise.all(workers.splice(0).map(end));
    await sweep(folder);
    rmSync(folder, { recursive: true, force: true });
  });

  it("leaves no process of its sandboxes alive, daemons and processes ahead included", async () => {
    const { worker, pids } = await startWorker(folder);
    workers.push(worker);
    // Two of bwrap each, the two commands, three daemons.
    expect(pids.length).toBeGreaterThanOrEqual(9);
    await end(worker);
    await until(() => pids.every((pid) => !isRunning(pid)));
  });

  it("leaves no mount on the host, not even while it works", async () => {
    const { worker } = await startWorker(folder);
    workers.push(worker);
    expect(readFileSync("/proc/self/mountinfo", "utf8")).not.toContain(folder);
    await end(worker);
    expect(readFileSync("/proc/self/mountinfo", "utf8")).not.toContain(folder);
  });

  it("leaves folders that the next worker sweeps, control groups too", async () => {
    const { worker, pids } = await startWorker(folder);
    workers.push(worker);
    const names = readdirSync(join(folder, "work")).filter((name) => name.startsWith("slipway-"));
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) writeFileSync(join(folder, "work", name, "left-behind"), "");
    await end(worker);
    await until(() => pids.every((pid) => !isRunning(pid)));
    const groups = names.flatMap((name) => readFileSync(join(folder, "work", name, GROUPS_FILE), "utf8").split("\n").filter(Boolean));
    await sweep(folder);
    expect(readdirSync(join(folder, "work")).filter((name) => name.startsWith("slipway-"))).toEqual([]);
    expect(groups.filter((group) => existsSync(group))).toEqual([]);
  });

  it("does not disturb another worker that lives, in the same folder", async () => {
    const one = await startWorker(folder);
    workers.push(one.worker);
    const other = createHarness({ workRoot: join(folder, "work") });
    await other.expectUsable();
    await other.close();
    expect(one.pids.every(isRunning)).toBe(true);
    await end(one.worker);
    await until(() => one.pids.every((pid) => !isRunning(pid)));
  });
});

describe("close()", () => {
  it("kills what runs and what waits, and frees the slots", async () => {
    const sandbox = createHarness({ warmPerKey: 1 });
    const warm = sandbox.makeJob({ command: ["bash", "--norc", "-c", "read line"], warmKey: "ahead" });
    await sandbox.executor.prewarm({ ...warm, warmKey: "ahead" });
    let started: () => void = () => undefined;
    const running = new Promise<void>((resolve) => (started = resolve));
    const run = sandbox.bash("echo on; trap '' TERM; sleep 300", { onOutput: () => started() });
    await running;
    await sandbox.executor.close();
    expect(await run).toMatchObject({ aborted: true });
    await expect(sandbox.bash("true")).rejects.toMatchObject({ code: "not_available" });
    expect(readdirSync(join(sandbox.folder, "work")).filter((name) => name.startsWith("slipway-"))).toEqual([]);
    rmSync(sandbox.folder, { recursive: true });
  });

  it("holds for an executor that never ran anything", async () => {
    const executor = createLocalExecutor({ slots: 1, workRoot: join(tmpdir(), "slipway-never"), allowInsecure: false });
    await executor.close();
    expect(existsSync(join(tmpdir(), "slipway-never"))).toBe(false);
  });
});

async function startWorker(folder: string): Promise<{ worker: ChildProcess; pids: number[] }> {
  const worker = spawn(process.execPath, ["--import", "tsx", join(import.meta.dirname, "fixtures/hold-sandboxes.ts"), join(folder, "work")], { stdio: ["ignore", "pipe", "inherit"] });
  let out = "";
  const line = await new Promise<string>((resolve, reject) => {
    worker.stdout?.on("data", (chunk: Buffer) => {
      out += chunk.toString();
      const match = /^pids (.*)\n/m.exec(out);
      if (match?.[1] !== undefined) resolve(match[1]);
    });
    worker.once("exit", () => reject(new Error(`the worker ended: ${out}`)));
  });
  return { worker, pids: line.split(" ").map(Number) };
}

/** What the next worker does in this folder before its first job. */
async function sweep(folder: string): Promise<void> {
  const next = createHarness({ workRoot: join(folder, "work") });
  await next.expectUsable();
  await next.close();
}

async function end(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  const gone = new Promise((resolve) => worker.once("exit", resolve));
  worker.kill("SIGKILL");
  await gone;
}

function isRunning(pid: number): boolean {
  const stat = readProcessStat({ pid });
  return stat !== null && stat.state !== "Z" && stat.state !== "X";
}
