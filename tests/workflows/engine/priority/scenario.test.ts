import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeMarker, ON_REAL_SERVER, startScenario, type Scenario } from "../harness";
import { createFunctions } from "./functions";

// Order shows only when work piles up before there is a worker, which a real server's test cannot arrange.
describe.skipIf(ON_REAL_SERVER)("the queue's order", () => {
  let scenario: Scenario;
  beforeAll(async () => {
    scenario = await startScenario({ name: "priority", createFunctions, workers: 0 });
  });
  afterAll(() => scenario.stop());

  it("is the order of arrival, moved by the priority", async () => {
    const marker = makeMarker();
    const send = async (name: string, plan: string) => scenario.inngest.send({ name: "priority/start", data: { marker, name, plan } });
    await send("first", "tin");
    await send("second", "tin");
    await send("third", "gold");
    await scenario.addWorker({ concurrency: 1 });
    await scenario.journal.waitFor({ marker, what: "second" });
    const order = (await scenario.journal.read(marker)).map((entry) => entry.what);
    expect(order).toEqual(["third", "first", "second"]);
  });
});
