import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeMarker, startScenario, type Scenario } from "../harness";
import { createFunctions } from "./functions";

describe("concurrency limits hold over all workers", () => {
  let scenario: Scenario;
  beforeAll(async () => {
    scenario = await startScenario({ name: "concurrency-key", createFunctions, workers: 2 });
  });
  afterAll(() => scenario.stop());

  /** The most that were in at the same time. */
  const mostInside = async (marker: string) => {
    let inside = 0;
    let most = 0;
    for (const { what } of await scenario.journal.read(marker)) {
      if (what !== "in" && what !== "out") continue;
      inside += what === "in" ? 1 : -1;
      most = Math.max(most, inside);
    }
    return most;
  };

  it("one at a time within a key, side by side across keys", async () => {
    const marker = makeMarker();
    const [left, right] = [makeMarker(), makeMarker()];
    const events = Array.from({ length: 6 }, (_, index) => {
      const number = Math.floor(index / 2);
      // The first of each lane wait for each other: both lanes must be moving at once for them to end.
      const side = index % 2 === 0 ? { lane: left, number: `left ${number}`, meet: `right ${number}` } : { lane: right, number: `right ${number}`, meet: `left ${number}` };
      return { name: "lanes/start", data: { marker, ...side } };
    });
    await scenario.inngest.send(events);
    await scenario.journal.waitFor({ marker, what: "done", times: 6 });
    expect(await mostInside(left)).toBe(1);
    expect(await mostInside(right)).toBe(1);
    expect(await scenario.journal.count({ marker: left, what: "out" })).toBe(3);
  });

  it("several limits hold together", async () => {
    const marker = makeMarker();
    await scenario.inngest.send(
      Array.from({ length: 9 }, (_, index) => ({ name: "lanes/shared", data: { marker, lane: `${marker} ${index % 3}` } })),
    );
    await scenario.journal.waitFor({ marker, what: "out", times: 9 });
    expect(await mostInside(marker)).toBe(2);
  });
});
