import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeMarker, startScenario, type Scenario } from "../harness";
import { createFunctions } from "./functions";

describe("a sleeping run goes on when its time has come", () => {
  let scenario: Scenario;
  beforeAll(async () => {
    scenario = await startScenario({ name: "sleep", createFunctions });
  });
  afterAll(() => scenario.stop());

  it("sleeps for a duration, not less", async () => {
    const marker = makeMarker();
    await scenario.inngest.send({ name: "sleep/nap", data: { marker } });
    const before = await scenario.journal.waitFor({ marker, what: "before" });
    const after = await scenario.journal.waitFor({ marker, what: "after" });
    expect(after.atMs - before.atMs).toBeGreaterThanOrEqual(1_000);
    expect(await scenario.journal.count({ marker, what: "before" })).toBe(1);
  });

  it("sleeps until a moment, and not at all when it is past", async () => {
    const [soon, past] = [makeMarker(), makeMarker()];
    const atMs = Date.now() + 1_200;
    await scenario.inngest.send([
      { name: "sleep/until", data: { marker: soon, at: new Date(atMs).toISOString() } },
      { name: "sleep/until", data: { marker: past, at: "2001-01-01T00:00:00.000Z" } },
    ]);
    await scenario.journal.waitFor({ marker: past, what: "after" });
    const after = await scenario.journal.waitFor({ marker: soon, what: "after" });
    expect(after.atMs).toBeGreaterThanOrEqual(atMs - 50);
  });
});
