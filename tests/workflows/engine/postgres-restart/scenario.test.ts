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

  const stop = () => postgres.stop();
  const kill = async () => {
    process.kill(postgres.pid, "SIGKILL");
    await postgres.exited;
  };
  /** Takes Postgres away in the middle of a step, for longer than the step's lease, and brings it back. */
  const restart = async (options: { end: () => Promise<void>; meanwhile: () => void }) => {
    const marker = makeMarker();
    await scenario.inngest.send({ name: "restart/start", data: { marker } });
    await scenario.journal.waitFor({ marker, what: "through" });
    await options.end();
    options.meanwhile();
    const leaseEndMs = Date.now() + LEASE_MS;
    await waitUntil({ about: "the lease's end", look: async () => Date.now() > leaseEndMs });
    postgres = await start(postgres.port);
    return marker;
  };
  const expectOnce = async (marker: string) => {
    const last = await scenario.journal.waitFor({ marker, what: "last" });
    expect(last.details.kept).toBe("kept");
    const whats = (await scenario.journal.read(marker)).map((entry) => entry.what);
    expect(whats).toEqual(["first", "through", "last"]);
  };

  it.each([
    ["stopped in an orderly way", stop],
    ["killed", kill],
  ])("%s: a step that ended meanwhile keeps its result, and new work is taken", async (_, end) => {
    const marker = await restart({ end, meanwhile: () => (gate.open = true) });
    const later = makeMarker();
    await scenario.inngest.send({ name: "restart/later", data: { marker: later } });
    await scenario.journal.waitFor({ marker: later, what: "came" });
    await expectOnce(marker);
  });

  it("a step that is still running stays with its worker, though its lease could not be renewed", async () => {
    const marker = await restart({ end: kill, meanwhile: () => undefined });
    await waitUntil({
      about: "a renewed lease",
      look: async () => (await scenario.pool.query("SELECT 1 FROM engine.queue WHERE lease_expires_at > clock_timestamp()")).rowCount === 1,
    });
    gate.open = true;
    await expectOnce(marker);
  });
});
