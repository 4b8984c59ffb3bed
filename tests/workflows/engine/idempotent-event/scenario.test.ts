import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeMarker, startScenario, type Scenario } from "../harness";
import { createFunctions } from "./functions";

describe("what was sent twice runs once", () => {
  let scenario: Scenario;
  beforeAll(async () => {
    scenario = await startScenario({ name: "idempotent-event", createFunctions, workers: 2 });
  });
  afterAll(() => scenario.stop());

  const settle = async (marker: string) => {
    await scenario.inngest.send({ name: "once/sentinel", data: { marker } });
    await scenario.journal.waitFor({ marker, what: "sentinel" });
  };

  it("ignores an event whose id it has seen", async () => {
    const marker = makeMarker();
    const send = (number: number) => scenario.inngest.send({ id: `event-${marker}`, name: "once/sent", data: { marker, number } });
    await send(1);
    await send(2);
    await Promise.all([send(3), send(4)]);
    await settle(marker);
    const ran = (await scenario.journal.read(marker)).filter((entry) => entry.what === "ran");
    expect(ran.map((entry) => entry.details.number)).toEqual([1]);
  });

  it("ignores events with a key that the function has run for", async () => {
    const marker = makeMarker();
    const send = (cart: string) => scenario.inngest.send({ name: "once/cart", data: { marker, shop: marker, cart } });
    await Promise.all([send("a"), send("a"), send("b")]);
    await send("a");
    await settle(marker);
    expect(await scenario.journal.count({ marker, what: "cart a" })).toBe(1);
    expect(await scenario.journal.count({ marker, what: "cart b" })).toBe(1);
  });
});
