import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeMarker, RETRY_WAIT_MS, startScenario, type Scenario } from "../harness";
import { createFunctions } from "./functions";

describe("onFailure", { timeout: RETRY_WAIT_MS + 20_000 }, () => {
  let scenario: Scenario;
  beforeAll(async () => {
    scenario = await startScenario({ name: "on-failure", createFunctions });
  });
  afterAll(() => scenario.stop());

  it("is called once, after the last attempt, with the error and the event of the run", async () => {
    const marker = makeMarker();
    await scenario.inngest.send({ name: "failure/start", data: { marker, fail: true } });
    const noted = await scenario.journal.waitFor({ marker, what: "on failure", withinMs: RETRY_WAIT_MS });
    const entries = await scenario.journal.read(marker);
    expect(entries.map((entry) => entry.what)).toEqual(["tried", "tried", "on failure"]);
    expect(noted.details).toEqual({ message: "out of luck", name: "RangeError", runId: entries[0]?.details.runId });
  });

  it("is not called for a run that succeeds", async () => {
    const [good, bad] = [makeMarker(), makeMarker()];
    await scenario.inngest.send({ name: "failure/start", data: { marker: good } });
    await scenario.journal.waitFor({ marker: good, what: "finished" });
    await scenario.inngest.send({ name: "failure/start", data: { marker: bad, fail: true } });
    await scenario.journal.waitFor({ marker: bad, what: "on failure", withinMs: RETRY_WAIT_MS });
    expect(await scenario.journal.count({ marker: good, what: "on failure" })).toBe(0);
  });
});
