import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeMarker, ON_REAL_SERVER, startScenario, type Scenario } from "../harness";
import { waitUntil } from "../journal";
import { createFunctions } from "./functions";

// This writes to and cuts connections of the embedded engine's database.
describe.skipIf(ON_REAL_SERVER)("work that was announced to nobody", () => {
  let scenario: Scenario;
  beforeAll(async () => {
    scenario = await startScenario({ name: "silent-wake", createFunctions, engine: { sweepMs: 300 } });
  });
  afterAll(() => scenario.stop());

  it("is found by the sweep", async () => {
    const marker = makeMarker();
    await scenario.pool.query("INSERT INTO engine.events (id, name, payload) VALUES ($1, 'silent/sent', $2::json)", [
      marker,
      JSON.stringify({ id: marker, name: "silent/sent", data: { marker }, ts: 1 }),
    ]);
    await scenario.journal.waitFor({ marker, what: "noted" });
  });

  it("is found after the listening connection was cut, which is made anew", async () => {
    const listeners = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN %'";
    const [before] = (await scenario.pool.query<{ pid: number }>(listeners)).rows;
    expect(before).toBeDefined();
    await scenario.pool.query("SELECT pg_terminate_backend($1)", [before?.pid]);
    const marker = makeMarker();
    await scenario.inngest.send({ name: "silent/sent", data: { marker } });
    await scenario.journal.waitFor({ marker, what: "noted" });
    await waitUntil({
      about: "another listening connection",
      look: async () => (await scenario.pool.query<{ pid: number }>(listeners)).rows.some((row) => row.pid !== before?.pid),
    });
  });
});
