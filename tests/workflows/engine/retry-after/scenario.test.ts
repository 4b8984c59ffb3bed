import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeMarker, RETRY_WAIT_MS, startScenario, type Scenario } from "../harness";
import { createFunctions } from "./functions";

describe("a RetryAfterError names the time of the next attempt", { timeout: RETRY_WAIT_MS + 20_000 }, () => {
  let scenario: Scenario;
  beforeAll(async () => {
    scenario = await startScenario({ name: "retry-after", createFunctions });
  });
  afterAll(() => scenario.stop());

  it.each([
    ["in seconds, from a step", "after/step"],
    ["as a date, from the body", "after/body"],
  ])("%s", async (_, name) => {
    const marker = makeMarker();
    await scenario.inngest.send({ name, data: { marker } });
    await scenario.journal.waitFor({ marker, what: "tried", times: 2, withinMs: RETRY_WAIT_MS });
    const [first, second] = await scenario.journal.read(marker);
    // The usual backoff of this suite is 40 ms, so only the named time explains the wait. Dates are sent to the second.
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(1_000);
  });
});
