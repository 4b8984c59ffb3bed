import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeMarker, ON_REAL_SERVER, startScenario, type Scenario } from "../harness";
import { waitUntil } from "../journal";
import { createFunctions } from "./functions";

describe("several workers share the work", () => {
  let scenario: Scenario;
  const warnings: string[] = [];
  beforeAll(async () => {
    const warn = (_: object, message: string): void => void warnings.push(message);
    scenario = await startScenario({
      name: "two-workers",
      createFunctions,
      workers: 2,
      engine: { concurrency: 3, logger: { debug: () => {}, info: () => {}, warn, error: () => {} } },
    });
  });
  afterAll(() => scenario.stop());

  it("run every step of every run once", async () => {
    const marker = makeMarker();
    const runs = 25;
    await scenario.inngest.send(
      Array.from({ length: runs }, (_, number) => ({ name: "two/many", data: { marker, number } })),
    );
    await scenario.journal.waitFor({ marker, what: "end", times: runs, withinMs: 40_000 });
    const steps = (await scenario.journal.read(marker)).filter((entry) => entry.what !== "end");
    expect(steps).toHaveLength(3 * runs);
    expect(new Set(steps.map((entry) => entry.what)).size).toBe(3 * runs);
    if (!ON_REAL_SERVER) expect(new Set(steps.map((entry) => entry.details.worker))).toEqual(new Set(["worker-1", "worker-2"]));
  });

  // On a real server no worker can be declared dead from here.
  it.skipIf(ON_REAL_SERVER)("take no result from a worker whose claim was given to another", async () => {
    const marker = makeMarker();
    await scenario.inngest.send({ name: "two/contested", data: { marker } });
    const first = await scenario.journal.waitFor({ marker, what: "holding" });
    // The engine is told that the first worker is dead. It is not, and comes back with a result while its successor is at work.
    await scenario.engines[0]?.releaseWorker(String(first.details.worker));
    const second = await scenario.journal.waitFor({ marker, what: "holding", times: 2 });
    await scenario.journal.record({ marker, what: "release 1" });
    await waitUntil({ about: "the late result to be dropped", look: async () => warnings.some((text) => text.includes("was dropped")) });
    await scenario.journal.record({ marker, what: "release 2" });
    const after = await scenario.journal.waitFor({ marker, what: "after" });
    expect(after.details.winner).toBe(second.details.worker);
    await Promise.all(scenario.engines.map((engine) => engine.stop()));
    const kept = await scenario.pool.query<{ data: string }>(
      `SELECT s.data FROM engine.steps s JOIN engine.runs r ON r.id = s.run_id
       WHERE s.name = 'hold' AND r.event #>> '{data,marker}' = $1`,
      [marker],
    );
    expect(kept.rows.map((row) => row.data)).toEqual([second.details.worker]);
    expect(await scenario.journal.count({ marker, what: "after" })).toBe(1);
  });
});
