import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeMarker, ON_REAL_SERVER, RETRY_WAIT_MS, startScenario, type Scenario } from "../harness";
import { createFunctions } from "./functions";

const BASE_MS = 200;

describe("what fails is tried again", { timeout: RETRY_WAIT_MS + 20_000 }, () => {
  let scenario: Scenario;
  beforeAll(async () => {
    scenario = await startScenario({
      name: "retry-backoff",
      createFunctions,
      engine: { retryBackoff: { baseMs: BASE_MS, maxMs: 10_000 } },
    });
  });
  afterAll(() => scenario.stop());

  const send = async (name: string, data: Record<string, unknown> = {}) => {
    const marker = makeMarker();
    await scenario.inngest.send({ name, data: { marker, ...data } });
    return marker;
  };
  const tries = async (marker: string) => (await scenario.journal.read(marker)).filter((entry) => entry.what === "tried");

  it("tries a step again, and that step alone; the next one starts from attempt 0", async () => {
    const marker = await send("retry/step", { failures: 2 });
    const done = await scenario.journal.waitFor({ marker, what: "done", withinMs: RETRY_WAIT_MS });
    expect(done.details).toEqual({ won: 2, attempt: 0 });
    expect((await tries(marker)).map((entry) => entry.details.attempt)).toEqual([0, 1, 2]);
    expect(await scenario.journal.count({ marker, what: "steady" })).toBe(1);
    expect(await scenario.journal.count({ marker, what: "fresh" })).toBe(1);
  });

  // A real server's waits are its own.
  it.skipIf(ON_REAL_SERVER)("waits longer from attempt to attempt", async () => {
    const marker = await send("retry/step", { failures: 3 });
    await scenario.journal.waitFor({ marker, what: "done", withinMs: RETRY_WAIT_MS });
    const times = (await tries(marker)).map((entry) => entry.atMs);
    const waits = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(waits).toHaveLength(3);
    waits.forEach((wait, attempt) => expect(wait).toBeGreaterThanOrEqual(BASE_MS * 2 ** attempt * 0.75));
  });

  it("tries a function without steps again", async () => {
    const marker = await send("retry/body");
    await scenario.journal.waitFor({ marker, what: "tried", times: 3, withinMs: RETRY_WAIT_MS });
    expect((await tries(marker)).map((entry) => entry.details.attempt)).toEqual([0, 1, 2]);
  });

  it("gives the function the error of a step whose attempts are used up", async () => {
    const marker = await send("retry/caught");
    const repaired = await scenario.journal.waitFor({ marker, what: "repaired", withinMs: RETRY_WAIT_MS });
    expect(repaired.details.why).toBe("TypeError: hopeless");
    expect(await tries(marker)).toHaveLength(2);
  });
});
