import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeMarker, ON_REAL_SERVER, startScenario, type Scenario } from "../harness";
import { waitUntil } from "../journal";
import { createFunctions } from "./functions";

const LEASE_MS = 600;

// Leases are the embedded engine's own.
describe.skipIf(ON_REAL_SERVER)("a step that outlasts its lease", () => {
  let scenario: Scenario;
  beforeAll(async () => {
    scenario = await startScenario({ name: "long-step", createFunctions, workers: 2, engine: { leaseMs: LEASE_MS } });
  });
  afterAll(() => scenario.stop());

  it("stays with its worker, because the lease is renewed", async () => {
    const marker = makeMarker();
    await scenario.inngest.send({ name: "long/start", data: { marker } });
    await scenario.journal.waitFor({ marker, what: "begun" });
    const readLease = async () => {
      const { rows } = await scenario.pool.query<{ endMs: number; fence: string }>(
        `SELECT (extract(epoch FROM lease_expires_at) * 1000)::float8 AS "endMs", fence FROM engine.queue WHERE locked_by IS NOT NULL`,
      );
      return rows[0];
    };
    const first = await readLease();
    const later = await waitUntil({
      about: "a lease that ends three leases later",
      look: async () => {
        const lease = await readLease();
        return lease && first && lease.endMs > first.endMs + 3 * LEASE_MS ? lease : undefined;
      },
    });
    expect(later.fence).toBe(first?.fence);
    await scenario.journal.record({ marker, what: "release" });
    await scenario.journal.waitFor({ marker, what: "after" });
    expect(await scenario.journal.count({ marker, what: "begun" })).toBe(1);
  });
});
