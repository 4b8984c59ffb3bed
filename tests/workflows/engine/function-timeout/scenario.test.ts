import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeMarker, startScenario, type Scenario } from "../harness";
import { createFunctions } from "./functions";

describe("a function's time limits", () => {
  let scenario: Scenario;
  beforeAll(async () => {
    scenario = await startScenario({ name: "function-timeout", createFunctions });
  });
  afterAll(() => scenario.stop());

  const whats = async (marker: string) => (await scenario.journal.read(marker)).map((entry) => entry.what);

  it("timeouts.finish cancels a run that takes too long, and no other", async () => {
    const [slow, quick] = [makeMarker(), makeMarker()];
    await scenario.inngest.send([
      { name: "timeout/slow", data: { marker: slow, nap: "1h" } },
      { name: "timeout/slow", data: { marker: quick } },
    ]);
    await scenario.journal.waitFor({ marker: slow, what: "cancelled" });
    expect(await whats(slow)).toEqual(["begun", "cancelled"]);
    expect(await whats(quick)).toEqual(["begun", "finished"]);
  });

  it("timeouts.start cancels a run that waits too long for its turn", async () => {
    const [holder, waiting] = [makeMarker(), makeMarker()];
    await scenario.inngest.send({ name: "timeout/late", data: { marker: holder, lane: holder, hold: true } });
    await scenario.journal.waitFor({ marker: holder, what: "begun" });
    await scenario.inngest.send({ name: "timeout/late", data: { marker: waiting, lane: holder } });
    await scenario.journal.waitFor({ marker: waiting, what: "cancelled" });
    await scenario.journal.record({ marker: holder, what: "release" });
    await scenario.journal.waitFor({ marker: holder, what: "finished" });
    expect(await whats(waiting)).toEqual(["cancelled"]);
  });
});
