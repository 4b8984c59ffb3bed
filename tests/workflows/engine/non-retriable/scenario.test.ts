import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeMarker, startScenario, type Scenario } from "../harness";
import { createFunctions } from "./functions";

describe("a NonRetriableError ends it", () => {
  let scenario: Scenario;
  beforeAll(async () => {
    scenario = await startScenario({ name: "non-retriable", createFunctions });
  });
  afterAll(() => scenario.stop());

  it.each([
    ["in a step", "final/step", "not again"],
    ["in the function's body", "final/body", "not at all"],
  ])("%s: one attempt, then the run has failed", async (_, name, message) => {
    const marker = makeMarker();
    await scenario.inngest.send({ name, data: { marker } });
    const failed = await scenario.journal.waitFor({ marker, what: "failed" });
    expect(failed.details.message).toBe(message);
    expect(await scenario.journal.count({ marker, what: "tried" })).toBe(1);
    expect(await scenario.journal.count({ marker, what: "went on" })).toBe(0);
  });
});
