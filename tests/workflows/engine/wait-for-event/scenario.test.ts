import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeMarker, ON_REAL_SERVER, startScenario, type Scenario } from "../harness";
import { waitUntil } from "../journal";
import { createFunctions } from "./functions";

describe("step.waitForEvent", () => {
  let scenario: Scenario;
  beforeAll(async () => {
    scenario = await startScenario({ name: "wait-for-event", createFunctions });
  });
  afterAll(() => scenario.stop());

  /** A function can only say that it is about to wait, so the event is sent until it was caught. */
  const sendUntilAnswered = async (options: { marker: string; data: Record<string, unknown> }) => {
    await scenario.journal.waitFor({ marker: options.marker, what: "ready" });
    return waitUntil({
      about: "the answer",
      look: async () => {
        await scenario.inngest.send({ name: "wait/answered", data: options.data });
        const entries = await scenario.journal.read(options.marker);
        return entries.find((entry) => entry.what === "answered");
      },
    });
  };

  it("gives the event that matches, and lets others pass", async () => {
    const [marker, other] = [makeMarker(), makeMarker()];
    await scenario.inngest.send([
      { name: "wait/start", data: { marker } },
      { name: "wait/start", data: { marker: other } },
    ]);
    await scenario.journal.waitFor({ marker: other, what: "ready" });
    const answered = await sendUntilAnswered({ marker, data: { marker, word: "yes" } });
    expect(answered.details.word).toBe("yes");
    expect(await scenario.journal.count({ marker: other, what: "answered" })).toBe(0);
  });

  it("holds to its condition", async () => {
    const marker = makeMarker();
    await scenario.inngest.send({ name: "wait/picky", data: { marker } });
    await scenario.journal.waitFor({ marker, what: "ready" });
    for (let times = 0; times < 3; times++) await scenario.inngest.send({ name: "wait/answered", data: { marker, word: "no" } });
    const answered = await sendUntilAnswered({ marker, data: { marker, word: "no", force: true } });
    expect(answered.details.word).toBe("no");
  });

  it("goes on with null when the time is over", async () => {
    const marker = makeMarker();
    await scenario.inngest.send({ name: "wait/impatient", data: { marker } });
    const answered = await scenario.journal.waitFor({ marker, what: "answered" });
    expect(answered.details.word).toBe("nobody came");
  });

  // A real server knows all of CEL, so it has nothing to refuse here.
  it.skipIf(ON_REAL_SERVER)("fails the run with the reason when the condition is beyond the engine", async () => {
    const marker = makeMarker();
    await scenario.inngest.send({ name: "wait/odd", data: { marker } });
    const refused = await scenario.journal.waitFor({ marker, what: "refused" });
    expect(refused.details.message).toContain("functions are not supported");
    expect(refused.details.message).toContain('step.waitForEvent "answer"');
  });
});
