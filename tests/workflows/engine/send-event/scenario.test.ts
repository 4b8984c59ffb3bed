import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeMarker, startScenario, type Scenario } from "../harness";
import { createFunctions } from "./functions";

describe("step.sendEvent", () => {
  let scenario: Scenario;
  beforeAll(async () => {
    scenario = await startScenario({ name: "send-event", createFunctions });
  });
  afterAll(() => scenario.stop());

  it("sends its events once, though the function is called again after it", async () => {
    const marker = makeMarker();
    await scenario.inngest.send({ name: "send/start", data: { marker } });
    const sent = await scenario.journal.waitFor({ marker, what: "sent" });
    await scenario.journal.waitFor({ marker, what: "told", times: 2 });
    const told = (await scenario.journal.read(marker)).filter((entry) => entry.what === "told");
    expect(told.map((entry) => entry.details.to).sort()).toEqual(["one", "two"]);
    expect(told.map((entry) => entry.details.id).sort()).toEqual([...(sent.details.ids as string[])].sort());
  });
});
