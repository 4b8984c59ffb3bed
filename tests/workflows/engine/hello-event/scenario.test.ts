import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeMarker, startScenario, type Scenario } from "../harness";
import { createFunctions } from "./functions";

describe("an event starts the functions it triggers", () => {
  let scenario: Scenario;
  beforeAll(async () => {
    scenario = await startScenario({ name: "hello-event", createFunctions });
  });
  afterAll(() => scenario.stop());

  it("gives the function the event that was sent", async () => {
    const marker = makeMarker();
    const { ids } = await scenario.inngest.send({ name: "hello/said", data: { marker, name: "Grace", odd: "nul \u0000 byte" } });
    const entry = await scenario.journal.waitFor({ marker, what: "greeted" });
    expect(ids).toHaveLength(1);
    expect(entry.details.name).toBe("Grace");
    expect(entry.details.runId).toEqual(expect.any(String));
  });

  it("starts a function whose trigger condition holds, and only then", async () => {
    const [hit, miss, quiet] = [makeMarker(), makeMarker(), makeMarker()];
    await scenario.inngest.send([
      { name: "hello/said", data: { marker: miss, name: "Bob", volume: 9 } },
      { name: "hello/said", data: { marker: quiet, name: "Ada", volume: 3 } },
      { name: "hello/said", data: { marker: hit, name: "Ada", volume: 4 } },
    ]);
    await scenario.journal.waitFor({ marker: hit, what: "loud hello/said" });
    await scenario.journal.waitFor({ marker: miss, what: "greeted" });
    await scenario.journal.waitFor({ marker: quiet, what: "greeted" });
    expect(await scenario.journal.count({ marker: miss, what: "loud hello/said" })).toBe(0);
    expect(await scenario.journal.count({ marker: quiet, what: "loud hello/said" })).toBe(0);
  });

  it("starts a function from each of its triggers", async () => {
    const marker = makeMarker();
    await scenario.inngest.send({ name: "hello/shouted", data: { marker } });
    await scenario.journal.waitFor({ marker, what: "loud hello/shouted" });
    expect(await scenario.journal.count({ marker, what: "greeted" })).toBe(0);
  });
});
