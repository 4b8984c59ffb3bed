import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeMarker, ON_REAL_SERVER, startScenario, type Scenario } from "../harness";
import { createFunctions } from "./functions";

// How a real server's workers stop is not this suite's to say.
describe.skipIf(ON_REAL_SERVER)("a worker that stops", () => {
  let scenario: Scenario;
  beforeEach(async () => {
    scenario = await startScenario({ name: "draining", createFunctions, engine: { leaseMs: 600_000 } });
  });
  afterEach(() => scenario.stop());

  const describeWork = async (marker: string) =>
    (await scenario.journal.read(marker)).map((entry) => `${entry.what} ${String(entry.details.worker ?? "")}`.trim());

  it("finishes its step and leaves the next one to others", async () => {
    const marker = makeMarker();
    await scenario.inngest.send({ name: "drain/start", data: { marker } });
    await scenario.journal.waitFor({ marker, what: "begun" });
    const stopped = scenario.engines[0]?.stop({ drainMs: 20_000 });
    await scenario.journal.record({ marker, what: "release" });
    await stopped;
    expect(await describeWork(marker)).toEqual(["begun worker-1", "release", "ended worker-1"]);
    await scenario.addWorker();
    await scenario.journal.waitFor({ marker, what: "next" });
    expect(await describeWork(marker)).toEqual(["begun worker-1", "release", "ended worker-1", "next worker-2"]);
  });

  it("gives its step back when the drain time is over, and its late result counts for nothing", async () => {
    const marker = makeMarker();
    await scenario.inngest.send({ name: "drain/start", data: { marker } });
    await scenario.journal.waitFor({ marker, what: "begun" });
    await scenario.engines[0]?.stop({ drainMs: 50 });
    await scenario.addWorker();
    await scenario.journal.waitFor({ marker, what: "next" });
    await scenario.journal.record({ marker, what: "release" });
    await scenario.journal.waitFor({ marker, what: "ended", times: 2 });
    expect(await scenario.journal.count({ marker, what: "next" })).toBe(1);
  });
});
