import { afterAll, beforeAll, expect, it } from "vitest";
import { pushTestRelease, settleTestBuild } from "../../factories/packages";
import { createTestUser, type TestUser } from "../../factories/users";
import { openApiServer, type ApiServer } from "../../support/api-server";

const PATH = "/api/v1/async-jobs/stats";
let server: ApiServer;
let ada: TestUser;

beforeAll(async () => {
  server = await openApiServer({ limits: { maxQueue: 3 } });
  ada = await createTestUser({ services: server.services });
});
afterAll(() => server.close());

it("tells the signed in how much waits, and refuses one build more than may", async () => {
  const { token } = await ada.token();
  expect((await server.ask(PATH)).status).toBe(401);
  const empty = await server.ask(PATH, { token });
  expect(server.complaints).toEqual([]);
  expect(empty.status).toBe(200);
  expect(empty.json).toMatchObject({ success: true, worker_count: 0, queue_size: 0, max_queue_size: 3, results_count: 0, results_count_exact: true, is_shutdown: true, wait_ms: { p50: null } });

  const create = (name: string) => server.ask("/api/v1/builds", { token, json: { kind: "project", package: `${ada.handle}/${name}`, files: [{ path: "first.sh", content: "echo 1" }] } });
  // All at once: near the bound the creators take turns.
  const answers = await Promise.all(["a", "b", "c", "d", "e"].map(create));
  expect(answers.map((answer) => answer.status).sort()).toEqual([202, 202, 202, 503, 503]);
  const refused = answers.find((answer) => answer.status === 503);
  expect(refused?.json).toMatchObject({ success: false, code: "queue_full", status: 503 });
  expect(Number(refused?.headers.get("retry-after"))).toBeGreaterThan(0);
  expect((await server.ask(PATH, { token })).json).toMatchObject({ queue_size: 3, results_count: 0, sample: 0 });
  // Nothing of the refused is there.
  expect(await server.services.database.db.package.count({ where: { workspaceId: ada.workspaceId } })).toBe(3);

  const { db } = server.services.database;
  const [first] = await db.build.findMany({ select: { id: true } });
  await settleTestBuild({ services: server.services, buildId: first?.id ?? "", durationMs: 1_234 });
  expect((await server.ask(PATH, { token })).json).toMatchObject({ queue_size: 2, results_count: 1, sample: 1, run_ms: { p50: 1_234, p95: 1_234 } });
  await pushTestRelease({ services: server.services, owner: ada });
});

it("counts the workers that live and take work", async () => {
  const { token } = await ada.token();
  const { db } = server.services.database;
  const worker = (id: string, more: object) => db.worker.create({ data: { id, hostname: "h", pid: 1, pidStart: "1", slots: 2, isolation: "sandboxed", ...more } });
  await worker("wrk_alive", {});
  await worker("wrk_silent", { lastSeenAt: new Date(Date.now() - 60_000) });
  await worker("wrk_draining", { drainingAt: new Date() });
  await worker("wrk_stopped", { stoppedAt: new Date() });
  expect((await server.ask(PATH, { token })).json).toMatchObject({ worker_count: 1, slots: 2, is_shutdown: false });
});
