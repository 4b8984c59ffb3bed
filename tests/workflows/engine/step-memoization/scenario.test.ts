import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeMarker, startScenario, type Scenario } from "../harness";
import { createFunctions } from "./functions";

describe("a completed step is remembered", () => {
  let scenario: Scenario;
  beforeAll(async () => {
    scenario = await startScenario({ name: "step-memoization", createFunctions });
  });
  afterAll(() => scenario.stop());

  it("runs each step once, in order, and gives its result to what follows", async () => {
    const marker = makeMarker();
    await scenario.inngest.send({ name: "memo/asked", data: { marker } });
    const done = await scenario.journal.waitFor({ marker, what: "done" });
    expect(done.details.last).toBe(done.details.token);
    expect(done.details.nothing).toBeNull();
    const steps = (await scenario.journal.read(marker)).map((entry) => entry.what).filter((what) => what !== "done");
    expect(steps).toEqual(["first", "nothing", "last"]);
  });
});
