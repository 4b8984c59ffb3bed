import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeMarker, startScenario, type Scenario } from "../harness";
import { createFunctions } from "./functions";

describe("step.invoke", () => {
  let scenario: Scenario;
  beforeAll(async () => {
    scenario = await startScenario({ name: "invoke", createFunctions });
  });
  afterAll(() => scenario.stop());

  it("runs other functions and gives their results, each invoked once", async () => {
    const marker = makeMarker();
    await scenario.inngest.send({ name: "invoke/start", data: { marker } });
    const done = await scenario.journal.waitFor({ marker, what: "done" });
    expect(done.details).toEqual({ two: 2, six: 6 });
    const runs = (await scenario.journal.read(marker)).filter((entry) => entry.what === "doubling");
    expect(new Set(runs.map((entry) => entry.details.name))).toEqual(new Set(["inngest/function.invoked"]));
  });

  it("throws the invoked function's error where it was invoked", async () => {
    const marker = makeMarker();
    await scenario.inngest.send({ name: "invoke/refused", data: { marker } });
    const done = await scenario.journal.waitFor({ marker, what: "done" });
    expect(done.details.why).toContain("I would rather not");
  });

  it("does not wait longer than its timeout", async () => {
    const marker = makeMarker();
    await scenario.inngest.send({ name: "invoke/hasty", data: { marker } });
    const done = await scenario.journal.waitFor({ marker, what: "done" });
    expect(done.details.why).toContain("error: ");
  });
});
