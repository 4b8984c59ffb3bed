import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeMarker, startScenario, type Scenario } from "../harness";
import { createFunctions } from "./functions";

describe("steps started together run side by side", () => {
  let scenario: Scenario;
  beforeAll(async () => {
    scenario = await startScenario({ name: "parallel-steps", createFunctions });
  });
  afterAll(() => scenario.stop());

  const run = async (event: string) => {
    const marker = makeMarker();
    await scenario.inngest.send({ name: event, data: { marker } });
    const done = await scenario.journal.waitFor({ marker, what: "done" });
    const entries = (await scenario.journal.read(marker)).map((entry) => entry.what);
    return { done, entries };
  };

  it("runs two steps at the same time, each once", async () => {
    const { done, entries } = await run("parallel/meet");
    expect(done.details).toEqual({ met: ["left", "right"], after: "after" });
    expect(entries.filter((what) => what !== "done").sort()).toEqual(["after", "left", "right"]);
  });

  it("joins chains of different length and a sleep", async () => {
    const { done, entries } = await run("parallel/chains");
    expect(done.details.joined).toEqual([["long-1", "long-2", "long-3"], "short", null]);
    expect(entries.filter((what) => what !== "done").sort()).toEqual(["long-1", "long-2", "long-3", "short"]);
  });

  it("keeps the good result when its neighbour fails", async () => {
    const { done, entries } = await run("parallel/one-fails");
    expect(done.details.statuses).toEqual(["fulfilled", "rejected"]);
    expect(entries.filter((what) => what !== "done").sort()).toEqual(["bad", "good"]);
  });

  it("runs each of many steps once", async () => {
    const { done, entries } = await run("parallel/fan-out");
    expect(done.details.sum).toBe(506);
    const steps = entries.filter((what) => what !== "done");
    expect(new Set(steps).size).toBe(12);
    expect(steps).toHaveLength(12);
  });
});
