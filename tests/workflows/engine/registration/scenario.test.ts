import { serve } from "inngest/edge";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createEngine } from "~/engine";
import type { CreateFunctions } from "../client";
import { makeMarker, ON_REAL_SERVER, startScenario, type Scenario } from "../harness";
import { createFunctions, keptFunctions, unsupportedFunctions } from "./functions";

// Syncing is the real server's own business.
describe.skipIf(ON_REAL_SERVER)("registering functions", () => {
  let scenario: Scenario;
  beforeAll(async () => {
    scenario = await startScenario({ name: "registration", createFunctions });
  });
  afterAll(() => scenario.stop());

  const makeEngine = (create: CreateFunctions) => {
    const { inngest, journal, pool } = scenario;
    return createEngine({ pool, handler: serve({ client: inngest, functions: create({ inngest, journal, worker: "next" }) }), workerId: "next" });
  };

  it("refuses what the engine could only ignore, and leaves the registered functions as they were", async () => {
    const engine = makeEngine(unsupportedFunctions);
    await expect(engine.start()).rejects.toThrow('function suite-registration-batched: option "batchEvents" is not supported');
    await engine.stop();
    const marker = makeMarker();
    await scenario.inngest.send({ name: "register/sent", data: { marker } });
    await scenario.journal.waitFor({ marker, what: "kept" });
    await scenario.journal.waitFor({ marker, what: "dropped" });
  });

  it("no longer triggers a function that the app's latest version does not have", async () => {
    const engine = makeEngine(keptFunctions);
    await engine.start();
    await expect(engine.start()).rejects.toThrow("started already");
    const markers = [makeMarker(), makeMarker(), makeMarker()];
    for (const marker of markers) {
      await scenario.inngest.send({ name: "register/sent", data: { marker } });
      await scenario.journal.waitFor({ marker, what: "kept" });
    }
    await engine.stop();
    const left = await scenario.pool.query("SELECT id FROM engine.functions");
    expect(left.rows).toEqual([{ id: "suite-registration-kept" }]);
    expect(await scenario.journal.count({ marker: markers[2] ?? "", what: "dropped" })).toBe(0);
  });
});
