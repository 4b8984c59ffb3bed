import http from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pushTestRelease } from "../../factories/packages";
import { createTestUser, type TestUser } from "../../factories/users";
import { openApiServer, type ApiServer } from "../../support/api-server";

let server: ApiServer;
let guarded: ApiServer;
let ada: TestUser;
const TOKEN = "a token of the tests";

beforeAll(async () => {
  server = await openApiServer();
  guarded = await openApiServer({ metricsToken: TOKEN });
  ada = await createTestUser({ services: server.services });
});
afterAll(async () => {
  await server.close();
  await guarded.close();
});

async function scrape(): Promise<Map<string, number>> {
  const answer = await server.ask("/metrics");
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toContain("text/plain");
  const samples = answer.text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  const read = samples.map((line): [string, number] => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ") + 1))]);
  expect(new Set(read.map(([name]) => name)).size).toBe(read.length);
  expect(read.filter(([name, value]) => name.startsWith("slipway_") && Number.isNaN(value))).toEqual([]);
  return new Map(read);
}

describe("who may read the metrics", () => {
  it("without a token: this machine alone, and not through a proxy", async () => {
    expect((await server.ask("/metrics")).status).toBe(200);
    for (const name of ["x-forwarded-for", "forwarded", "via"]) {
      expect((await server.ask("/metrics", { headers: { [name]: "127.0.0.1" } })).status).toBe(403);
    }
    expect((await server.ask("/metrics", { method: "POST", json: {} })).status).toBe(405);
  });

  it("with a token: who sends it", async () => {
    expect((await guarded.ask("/metrics")).status).toBe(401);
    expect((await guarded.ask("/metrics", { token: `${TOKEN}x` })).status).toBe(401);
    expect((await guarded.ask("/metrics", { token: TOKEN, headers: { "x-forwarded-for": "203.0.113.9" } })).status).toBe(200);
  });
});

describe("a database that is silent", () => {
  it("is told to be away, beside what the process knows itself", async () => {
    const holder = await server.services.database.pool.connect();
    try {
      await holder.query("BEGIN; LOCK TABLE metric_series IN ACCESS EXCLUSIVE MODE");
      const silent = await scrape();
      expect([silent.get("slipway_database_up"), silent.has("slipway_queue_depth")]).toEqual([0, false]);
      expect([...silent.keys()].some((name) => name.startsWith("slipway_http_requests_total"))).toBe(true);
    } finally {
      await holder.query("ROLLBACK");
      holder.release();
    }
    expect((await scrape()).get("slipway_database_up")).toBe(1);
  });
});

describe("what the metrics say", () => {
  it("counts requests by the route's template, whatever paths and methods are asked for", async () => {
    const { token } = await ada.token();
    const missing = 'slipway_http_requests_total{method="GET",route="/api/v1/builds/{build_id}",status="404"}';
    const before = (await scrape()).get(missing) ?? 0;
    for (const id of ["build_1", "build_2", "build_3"]) await server.ask(`/api/v1/builds/${id}`, { token });
    for (const path of ["/api/v1/nothing/at/all", "/api/v1/other-nothing", "/a/b/c", "/wp-login.php", "/api/trpc/no.such", "/api/trpc/also.missing", "/api/trpc/constructor"]) await server.ask(path, { token });
    await new Promise<void>((resolve) => http.request(`${server.url}/x`, { method: "PROPFIND" }, (response) => response.resume().on("end", resolve)).end());
    const after = await scrape();
    expect(after.get(missing)).toBe(before + 3);
    expect(after.get('slipway_http_request_duration_seconds_count{method="GET",route="/api/v1/builds/{build_id}"}')).toBe(before + 3);
    const routes = new Set([...after.keys()].flatMap((name) => /^slipway_http_requests_total.*route="([^"]*)"/.exec(name)?.[1] ?? []));
    expect([...routes].filter((route) => /nothing|wp-login|build_1|no\.such|missing|constructor/.test(route))).toEqual([]);
    expect([...routes]).toEqual(expect.arrayContaining(["/api/v1/{unknown}", "/{page}", "/api/trpc/{unknown}"]));
    expect([...after.keys()].some((name) => name.includes('method="OTHER"'))).toBe(true);
  });

  it("counts ends of builds and stages once, in the transaction that writes them", async () => {
    const { services } = server;
    const { db } = services.database;
    const { buildId } = await pushTestRelease({ services, owner: ada });
    const started = new Date(Date.now() - 5_000);
    await db.build.update({ where: { id: buildId }, data: { status: "building", createdAt: new Date(started.getTime() - 700), startedAt: started } });
    await db.buildStage.update({ where: { buildId_key: { buildId, key: "first" } }, data: { status: "building", logLines: 7 } });
    const end = { status: "successful" as const, completedAt: new Date(), durationMs: 1_000 };
    await db.buildStage.update({ where: { buildId_key: { buildId, key: "first" } }, data: end });
    await db.buildStage.update({ where: { buildId_key: { buildId, key: "first" } }, data: end });
    await db.$transaction(async (tx) => {
      await tx.build.update({ where: { id: buildId }, data: { status: "failed" } });
      throw new Error("rolled back");
    }).catch(() => undefined);
    await db.build.update({ where: { id: buildId }, data: { status: "cancelled", completedAt: new Date(), durationMs: 5_000, cancelledInMs: 80 } });

    const metrics = await scrape();
    const of = (name: string): number | undefined => metrics.get(name);
    expect(of('slipway_builds_finished_total{kind="project",outcome="cancelled"}')).toBe(1);
    expect(of('slipway_builds_finished_total{kind="project",outcome="failed"}')).toBeUndefined();
    expect([...metrics].filter(([name]) => name.startsWith("slipway_stages_finished_total"))).toEqual([[expect.stringContaining('stage="first"'), 1]]);
    expect(of('slipway_log_lines_total{kind="project"}')).toBe(7);
    // A value that is a bucket's bound belongs to that bucket.
    expect(of('slipway_stage_duration_seconds_bucket{kind="project",stage="first",le="0.5"}')).toBe(0);
    expect(of('slipway_stage_duration_seconds_bucket{kind="project",stage="first",le="1"}')).toBe(1);
    expect(of('slipway_stage_duration_seconds_bucket{kind="project",stage="first",le="+Inf"}')).toBe(1);
    expect(of('slipway_stage_duration_seconds_sum{kind="project",stage="first"}')).toBe(1);
    expect(of('slipway_build_queue_wait_seconds_sum{kind="project"}')).toBeCloseTo(0.7);
    expect(of('slipway_build_cancel_duration_seconds_bucket{le="0.1"}')).toBe(1);
    expect(of("slipway_database_up")).toBe(1);
  });

  it("adds up what several sessions wrote", async () => {
    const { services } = server;
    const { pool } = services.database;
    const name = 'slipway_log_lines_total{kind="project"}';
    const before = (await scrape()).get(name) ?? 0;
    const clients = await Promise.all([pool.connect(), pool.connect(), pool.connect()]);
    await Promise.all(clients.map((client) => client.query(`SELECT count_metric('log_lines_total', '{"kind":"project"}', 5) FROM generate_series(1, 20)`)));
    for (const client of clients) client.release();
    expect((await scrape()).get(name)).toBe(before + 300);
  });

  it("shows the queue, the workers and the open streams as they are", async () => {
    const { services } = server;
    const { token } = await ada.token();
    const { buildId } = await pushTestRelease({ services, owner: ada });
    await services.database.db.worker.create({
      data: { id: "wrk_seen", hostname: "h", pid: 1, pidStart: "1", slots: 2, isolation: "sandboxed", vitals: { cpu_seconds: 1.5, resident_bytes: 1000, event_loop_lag_seconds: 0.01, running_stages: 3 } },
    });
    const leave = new AbortController();
    const stream = await fetch(`${server.url}/api/v1/builds/${buildId}/events`, { headers: { authorization: `Bearer ${token}` }, signal: leave.signal });
    const metrics = await scrape();
    expect(metrics.get('slipway_open_streams{protocol="ndjson"}')).toBe(1);
    leave.abort();
    await stream.text().catch(() => undefined);
    expect(metrics.get("slipway_queue_depth")).toBe(1);
    expect(metrics.get("slipway_queue_limit")).toBe(10_000);
    expect(metrics.get('slipway_worker_running_stages{worker="wrk_seen"}')).toBe(3);
    expect(metrics.get('slipway_worker_heartbeat_age_seconds{worker="wrk_seen"}')).toBeLessThan(30);
    for (const name of ["process_resident_memory_bytes", "nodejs_eventloop_lag_p99_seconds", 'slipway_database_pool_connections{state="busy"}', "slipway_outbox_waiting", "slipway_builds_running"]) {
      expect(metrics.has(name), name).toBe(true);
    }
  });
});
