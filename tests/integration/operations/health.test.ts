import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestUser } from "../../factories/users";
import { openApiServer, type ApiServer } from "../../support/api-server";

let server: ApiServer;
let migrated: () => Promise<boolean> = () => Promise.resolve(true);
beforeAll(async () => {
  server = await openApiServer({ isMigrated: () => migrated(), settings: { limits: { builds: 1, writes: 1, reads: 1 } } });
});
afterAll(() => server.close());

const probe = (path: string, token?: string) => server.ask(`/api/health${path}`, { token });

describe("the probes", () => {
  it("answer whoever asks, as often as they like", async () => {
    for (let turn = 0; turn < 5; turn += 1) {
      for (const path of ["", "/live"]) expect(await probe(path)).toMatchObject({ status: 200, json: { status: "ok" } });
      expect(await probe("/ready")).toMatchObject({ status: 200, json: { status: "ready" } });
      expect(await probe("/status")).toMatchObject({ status: 200, json: { status: "ok" } });
    }
    expect((await probe("/nothing")).status).toBe(404);
    expect((await server.ask("/api/health/ready", { method: "POST", json: {} })).status).toBe(405);
  });

  it("are not ready before the migrations ran, nor without a database; alive all the same", async () => {
    migrated = () => Promise.resolve(false);
    expect(await probe("/ready")).toMatchObject({ status: 503, json: { status: "not_ready", reason: "migrations_pending" } });
    migrated = () => Promise.reject(new Error("connection refused"));
    expect(await probe("/ready")).toMatchObject({ status: 503, json: { reason: "database_unreachable" } });
    migrated = () => new Promise<boolean>(() => undefined);
    expect(await probe("/ready")).toMatchObject({ status: 503, json: { reason: "database_unreachable" } });
    expect(await probe("/live")).toMatchObject({ status: 200 });
    expect(await probe("/status")).toMatchObject({ status: 200, json: { status: "degraded" } });
    migrated = () => Promise.resolve(true);
    expect(await probe("/ready")).toMatchObject({ status: 200 });
  });

  it("are answered by a problem document when the database fails in between", async () => {
    const broken = await openApiServer();
    try {
      await broken.services.database.pool.query("ALTER TABLE api_token RENAME TO api_token_away");
      const answer = await broken.ask("/api/health/status", { token: "slw_any" });
      expect([answer.status, answer.headers.get("content-type")]).toEqual([500, "application/problem+json; charset=utf-8"]);
      expect(answer.json).toMatchObject({ code: "internal", request_id: answer.headers.get("x-request-id"), detail: expect.stringMatching(/^(?!.*api_token)/) });
    } finally {
      await broken.close();
    }
  });

  it("tell how it is to admins alone", async () => {
    const [admin, ada] = await Promise.all([createTestUser({ services: server.services, role: "admin" }), createTestUser({ services: server.services })]);
    const brief = ["request_id", "status"];
    for (const token of [undefined, (await ada.token()).token, (await admin.token(["builds:read"])).token, "slw_wrong"]) {
      expect(Object.keys((await probe("/status", token)).json).sort()).toEqual(brief);
    }
    const full = await probe("/status", (await admin.token(["admin"])).token);
    expect(full.json).toMatchObject({ status: "ok", uptime_seconds: expect.any(Number), queue: { size: 0, limit: 10_000 }, builds: { pending: 0, building: 0 }, outbox_waiting: 0, workers: [] });
  });
});

describe("a server that drains", () => {
  it("says so on the connections that are still open, and takes no new ones", async () => {
    let release: (migrated: boolean) => void = () => undefined;
    const held = new Promise<boolean>((resolve) => {
      release = resolve;
    });
    const own = await openApiServer({ isMigrated: () => held });
    const socket = connect(Number(new URL(own.url).port), "127.0.0.1");
    const ask = (): boolean => socket.write("GET /api/health/ready HTTP/1.1\r\nHost: x\r\n\r\n");
    const asked = (times: number): Promise<void> =>
      new Promise((resolve) => {
        let count = 0;
        own.web.server.on("request", () => {
          count += 1;
          if (count === times) resolve();
        });
      });
    // The first is under way when the drain begins; the second comes on its connection after it.
    const first = asked(1);
    ask();
    await first;
    const drained = own.web.drain({ graceMs: 5_000 });
    const second = asked(1);
    ask();
    await second;
    release(true);
    const answers = await text(socket);
    expect(answers).toContain('"status":"ready"');
    expect(answers).toContain("HTTP/1.1 503");
    expect(answers).toContain('"reason":"draining"');
    await drained;
    await expect(fetch(`${own.url}/api/health/live`)).rejects.toThrow();
    await own.close();
  });
});
