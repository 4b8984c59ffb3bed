import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeMarker, startScenario, type Scenario } from "../harness";
import { createFunctions } from "./functions";

describe("cancelOn", () => {
  let scenario: Scenario;
  beforeAll(async () => {
    scenario = await startScenario({ name: "cancel-on", createFunctions });
  });
  afterAll(() => scenario.stop());

  const build = (data: Record<string, unknown>) => scenario.inngest.send({ name: "cancel/build", data });
  const cancel = (marker: string) => scenario.inngest.send({ name: "cancel/cancelled", data: { marker } });
  const whats = async (marker: string) => (await scenario.journal.read(marker)).map((entry) => entry.what);

  it("ends a run whose step is running: the step's result is dropped and nothing follows it", async () => {
    const marker = makeMarker();
    await build({ marker, lane: marker, hold: true });
    const working = await scenario.journal.waitFor({ marker, what: "working" });
    await cancel(marker);
    const cancelled = await scenario.journal.waitFor({ marker, what: "cancelled" });
    expect(cancelled.details.runId).toBe(working.details.runId);
    await scenario.journal.record({ marker, what: "release" });
    await scenario.journal.waitFor({ marker, what: "worked" });
    // The lane is free again: a run after it goes all the way while this one stays where it was.
    const next = makeMarker();
    await build({ marker: next, lane: marker });
    await scenario.journal.waitFor({ marker: next, what: "finished" });
    expect(await whats(marker)).toEqual(["working", "cancelled", "release", "worked"]);
  });

  it("ends a sleeping run", async () => {
    const marker = makeMarker();
    await build({ marker, lane: marker, sleep: "1s" });
    await scenario.journal.waitFor({ marker, what: "worked" });
    await cancel(marker);
    await scenario.journal.waitFor({ marker, what: "cancelled" });
    const later = makeMarker();
    await build({ marker: later, lane: later, sleep: "1s" });
    await scenario.journal.waitFor({ marker: later, what: "finished" });
    expect(await whats(marker)).toEqual(["working", "worked", "cancelled"]);
  });

  it("ends a run that waits in the queue, before it starts", async () => {
    const [holder, waiting] = [makeMarker(), makeMarker()];
    await build({ marker: holder, lane: holder, hold: true });
    await scenario.journal.waitFor({ marker: holder, what: "working" });
    await build({ marker: waiting, lane: holder });
    await cancel(waiting);
    await scenario.journal.waitFor({ marker: waiting, what: "cancelled" });
    await scenario.journal.record({ marker: holder, what: "release" });
    await scenario.journal.waitFor({ marker: holder, what: "finished" });
    expect(await whats(waiting)).toEqual(["cancelled"]);
  });

  it("cancels only what it matches, and not what the same event starts", async () => {
    const lane = makeMarker();
    const [first, second, other] = [makeMarker(), makeMarker(), makeMarker()];
    const start = (marker: string, inLane: string) =>
      scenario.inngest.send({ name: "cancel/restart", data: { marker, lane: inLane, nap: "2s" } });
    await start(first, lane);
    await start(other, other);
    await scenario.journal.waitFor({ marker: first, what: "begun" });
    await start(second, lane);
    await scenario.journal.waitFor({ marker: first, what: "cancelled" });
    await scenario.journal.waitFor({ marker: second, what: "finished" });
    await scenario.journal.waitFor({ marker: other, what: "finished" });
    expect(await whats(first)).toEqual(["begun", "cancelled"]);
  });
});
