import { afterEach, describe, expect, it } from "vitest";
import type { EngineOptions } from "~/engine";
import { makeMarker, ON_REAL_SERVER, startScenario, type Scenario } from "../harness";
import { waitUntil } from "../journal";
import { createFunctions } from "./functions";

// These look into the embedded engine's own counts and tables.
describe.skipIf(ON_REAL_SERVER)("the engine's books", () => {
  let scenario: Scenario;
  const start = async (engine: Partial<EngineOptions>) => {
    scenario = await startScenario({ name: "bookkeeping", createFunctions, engine });
    return scenario.engines[0] ?? expect.unreachable("one worker was asked for");
  };
  afterEach(() => scenario.stop());

  it("count what runs, waits its turn, sleeps and is put off, and know a run's place", async () => {
    const engine = await start({ concurrency: 1, retryBackoff: { baseMs: 60_000, maxMs: 60_000 } });
    expect(await engine.stats()).toEqual({
      queued: 0,
      running: 0,
      scheduled: 0,
      waiting: 0,
      unmatchedEvents: 0,
      activeRuns: 0,
      oldestQueuedMs: 0,
    });
    const [holder, second, third] = [makeMarker(), makeMarker(), makeMarker()];
    const hold = (marker: string) => scenario.inngest.send({ name: "books/hold", data: { marker, nap: "1h" } });
    const first = await hold(holder);
    await scenario.journal.waitFor({ marker: holder, what: "holding" });
    const next = await hold(second);
    const last = await scenario.inngest.send({ name: "books/retry", data: { marker: third } });
    await waitUntil({ about: "two queued runs", look: async () => (await engine.stats()).queued === 2 });
    expect(await engine.stats()).toMatchObject({ queued: 2, running: 1, activeRuns: 3, unmatchedEvents: 0 });
    expect((await engine.stats()).oldestQueuedMs).toBeGreaterThan(0);
    expect(await engine.queuePosition(first.ids[0] ?? "")).toBeNull();
    expect(await engine.queuePosition(next.ids[0] ?? "")).toBe(1);
    expect(await engine.queuePosition(last.ids[0] ?? "")).toBe(2);
    expect(await engine.queuePosition("unknown")).toBeNull();
    for (const marker of [holder, second]) await scenario.journal.record({ marker, what: "release" });
    await waitUntil({
      about: "two sleeping runs and one put off",
      look: async () => {
        const { waiting, scheduled, running } = await engine.stats();
        return waiting === 2 && scheduled === 1 && running === 0;
      },
    });
    expect(await scenario.journal.count({ marker: third, what: "tried" })).toBe(1);
  });

  it("forget runs and events after their time, and keep those that are not over", async () => {
    await start({});
    const [over, asleep] = [makeMarker(), makeMarker()];
    for (const [marker, nap] of [[over, 0], [asleep, "1h"]] as const) {
      await scenario.journal.record({ marker, what: "release" });
      await scenario.inngest.send({ name: "books/hold", data: { marker, nap } });
    }
    const runsOf = async (status: string) =>
      (await scenario.pool.query("SELECT 1 FROM engine.runs WHERE status = $1", [status])).rowCount ?? 0;
    await waitUntil({ about: "the short run's end", look: async () => (await runsOf("completed")) === 1 });
    await waitUntil({ about: "the long run's sleep", look: async () => (await scenario.engines[0]?.stats())?.waiting === 1 });
    // A worker that starts with no patience for history cleans up as its first act.
    await scenario.addWorker({ retentionMs: 0 });
    await waitUntil({ about: "the short run's removal", look: async () => (await runsOf("completed")) === 0 });
    expect(await runsOf("running")).toBe(1);
    const events = await scenario.pool.query<{ marker: string }>("SELECT payload #>> '{data,marker}' AS marker FROM engine.events WHERE name = 'books/hold'");
    expect(events.rows.map((row) => row.marker)).toEqual([asleep]);
  });
});
