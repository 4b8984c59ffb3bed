import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ON_REAL_SERVER, startScenario, type Scenario } from "../harness";
import { CRON_MARKER, makeCreateFunctions } from "./functions";

const CRON = ON_REAL_SERVER ? "* * * * *" : "* * * * * *";
const TICKS = ON_REAL_SERVER ? 2 : 4;

describe("a cron trigger", { timeout: 240_000 }, () => {
  let scenario: Scenario;
  beforeAll(async () => {
    scenario = await startScenario({ name: "cron", createFunctions: makeCreateFunctions(CRON), workers: 3 });
  });
  afterAll(() => scenario.stop());

  it("starts one run a tick, however many workers there are", async () => {
    await scenario.journal.waitFor({ marker: CRON_MARKER, what: "tick", times: TICKS, withinMs: 200_000 });
    const ticks = (await scenario.journal.read(CRON_MARKER)).map((entry) => entry.details);
    expect(new Set(ticks.map((tick) => tick.at)).size).toBe(ticks.length);
    expect(new Set(ticks.map((tick) => tick.name))).toEqual(new Set(["inngest/scheduled.timer"]));
  });
});
