import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ingestEvents } from "~/engine";
import { makeMarker, ON_REAL_SERVER, startScenario, type Scenario } from "../harness";
import { createFunctions } from "./functions";

// A real server takes events over HTTP, outside of any transaction.
describe.skipIf(ON_REAL_SERVER)("events written inside a transaction", () => {
  let scenario: Scenario;
  beforeAll(async () => {
    scenario = await startScenario({ name: "transactional-ingest", createFunctions });
  });
  afterAll(() => scenario.stop());

  const write = async (options: { marker: string; what: string; end: "COMMIT" | "ROLLBACK" }) => {
    const sql = await scenario.pool.connect();
    await sql.query("BEGIN");
    const { ids } = await ingestEvents({ sql, events: [{ name: "tx/sent", data: options }] });
    await sql.query(options.end);
    sql.release();
    return ids;
  };

  it("count when it commits, and never were when it is rolled back", async () => {
    const marker = makeMarker();
    await write({ marker, what: "undone", end: "ROLLBACK" });
    const ids = await write({ marker, what: "done", end: "COMMIT" });
    expect(ids).toHaveLength(1);
    await scenario.journal.waitFor({ marker, what: "done" });
    expect(await scenario.journal.count({ marker, what: "undone" })).toBe(0);
  });
});
