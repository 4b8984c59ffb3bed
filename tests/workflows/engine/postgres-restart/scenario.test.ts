import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "~/postgres/embedded-postgres";
import { makeMarker, ON_REAL_SERVER, startScenario, type Scenario } from "../harness";
import { waitUntil } from "../journal";
import { createFunctions, gate } from "./functions";

const LEASE_MS = 1_500;

// A real server keeps its own database.
describe.skipIf(ON_REAL_SERVER)("Postgres goes away and comes back", { timeout: 120_000 }, () => {
  let dataDir: string;
  let postgres: EmbeddedPostgres;
  let scenario: Scenario;

  const start = (port?: number) => startEmbeddedPostgres({ dataDir, ...(port === undefined ? {} : { port }) });
  beforeAll(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), "slipway-engine-restart-"));
    postgres = await start();
    scenario = await startScenario({
      name: "postgres-restart",
      createFunctions,
      workers: 2,
      engine: { leaseMs: LEASE_MS },
      database: { url: postgres.url, drop: async () => undefined },
    });
  });
  afterAll(async () => {
    await scenario.stop();
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  });
  beforeEach(() => {
    gate.open = false;
  });

  const ways: [string, () => Promise<void>][] = [
    ["stopped in an orderly way", async () => postgres.stop()],
    [
      "killed",
      async () => {
        process.kill(postgres.pid, "SIGKILL");
        await postgres.exited;
      },
    ],
  ];

  it.each(ways)("%s: a step that ended meanwhile keeps its result, and all goes on", async (_, end) => {
    const [marker, later] = [makeMarker(), makeMarker()];
    await scenario.inngest.send({ name: "restart/start", data: { marker } });
    await scenario.journal.waitFor({ marker, what: "through" });
    await end();
    // The step ends while nobody can write that down, and its lease runs out while nobody can renew it.
    gate.open = true;
    const leaseEndMs = Date.now() + LEASE_MS;
    await waitUntil({ about: "the lease's end", look: async () => Date.now() > leaseEndMs });
    postgres = await start(postgres.port);
    await scenario.inngest.send({ name: "restart/later", data: { marker: later } });
    await scenario.journal.waitFor({ marker: later, what: "came" });
    const last = await scenario.journal.waitFor({ marker, what: "last" });
    expect(last.details.kept).toBe("kept");
    const whats = (await scenario.journal.read(marker)).map((entry) => entry.what);
    expect(whats).toEqual(["first", "through", "last"]);
  });
});
