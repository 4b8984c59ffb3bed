import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeMarker, ON_REAL_SERVER, startScenario, type Scenario } from "../harness";
import { waitUntil } from "../journal";
import { createFunctions } from "./functions";

const PROCESS = fileURLToPath(new URL("../worker-process.ts", import.meta.url));
const LONG_LEASE_MS = 600_000;
const QUICK_KEPT_SQL = `SELECT 1 FROM engine.steps s JOIN engine.runs r ON r.id = s.run_id
  WHERE s.name = 'quick' AND r.event #>> '{data,marker}' = $1`;

// A real server's workers are not this suite's to kill.
describe.skipIf(ON_REAL_SERVER)("a worker is killed in the middle of a step", { timeout: 120_000 }, () => {
  let scenario: Scenario;
  const children = new Set<ChildProcess>();

  beforeAll(async () => {
    scenario = await startScenario({ name: "worker-killed", createFunctions, workers: 0 });
  });
  afterAll(async () => {
    for (const child of children) child.kill("SIGKILL");
    await scenario.stop();
  });

  const spawnWorker = async (worker: string, leaseMs?: number): Promise<ChildProcess> => {
    const args = ["--import", "tsx", PROCESS, "worker-killed", worker, ...(leaseMs === undefined ? [] : [String(leaseMs)])];
    const child = spawn(process.execPath, args, {
      env: { ...process.env, DATABASE_URL: scenario.databaseUrl },
      stdio: ["ignore", "pipe", "inherit"],
    });
    children.add(child);
    await once(child.stdout ?? child, "data");
    return child;
  };
  const kill = async (child: ChildProcess): Promise<number> => {
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    const killedAtMs = Date.now();
    await gone;
    return killedAtMs;
  };
  const entriesOf = async (marker: string) => {
    const entries = await scenario.journal.read(marker);
    return entries.map((entry) => `${entry.what} by ${String(entry.details.worker ?? "-")}`).sort();
  };
  /** Lets a worker of its own process reach the slow step, with the quick one completed, and kills it there. */
  const killInSlowStep = async (victim: string, leaseMs?: number) => {
    const marker = makeMarker();
    const child = await spawnWorker(victim, leaseMs);
    await scenario.inngest.send({ name: "killed/start", data: { marker, victim } });
    await scenario.journal.waitFor({ marker, what: "slow" });
    await scenario.journal.waitFor({ marker, what: "quick" });
    await waitUntil({
      about: "the quick step's result to be kept",
      look: async () => (await scenario.pool.query(QUICK_KEPT_SQL, [marker])).rowCount === 1,
    });
    const killedAtMs = await kill(child);
    return { marker, killedAtMs };
  };

  it("another takes over within 30 s; what was completed does not run again", async () => {
    const { marker, killedAtMs } = await killInSlowStep("victim-a");
    const heir = await scenario.addWorker();
    const last = await scenario.journal.waitFor({ marker, what: "last", withinMs: 60_000 });
    await heir.stop();
    expect(last.atMs - killedAtMs).toBeLessThan(30_000);
    expect(await entriesOf(marker)).toEqual([
      "first by victim-a",
      "last by -",
      "quick by victim-a",
      "slow by victim-a",
      "slow by worker-1",
    ]);
    expect(last.details).toEqual({ first: "victim-a", pair: ["victim-a", "worker-1"] });
  });

  it("is taken over at once when the worker is reported dead", async () => {
    const { marker } = await killInSlowStep("victim-b", LONG_LEASE_MS);
    const heir = await scenario.addWorker();
    // The slow step, and maybe the call that was to see what follows the quick one.
    expect(await heir.releaseWorker("victim-b")).toBeGreaterThanOrEqual(1);
    await scenario.journal.waitFor({ marker, what: "last" });
    await heir.stop();
    expect(await scenario.journal.count({ marker, what: "first" })).toBe(1);
    expect(await scenario.journal.count({ marker, what: "quick" })).toBe(1);
  });

  it("a step that kills every worker fails in the end instead of going round for ever", async () => {
    const marker = makeMarker();
    await scenario.inngest.send({ name: "killed/deadly", data: { marker } });
    for (const worker of ["deadly-1", "deadly-2"]) {
      const child = await spawnWorker(worker, 900);
      await once(child, "exit");
    }
    await spawnWorker("deadly-3", 900);
    const failed = await scenario.journal.waitFor({ marker, what: "failed" });
    expect(failed.details.message).toContain("died 2 times");
    expect(await scenario.journal.count({ marker, what: "dying" })).toBe(2);
  });
});
