import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestPackage } from "../../factories/packages";
import { createTestUser, type TestUser } from "../../factories/users";
import { openApiServer, type ApiServer } from "../../support/api-server";

let server: ApiServer;
let ada: TestUser;
let token: string;

beforeAll(async () => {
  server = await openApiServer();
  ada = await createTestUser({ services: server.services });
  token = (await ada.token()).token;
});
afterAll(() => server.close());

const body = (name: string) => ({ kind: "project", package: `${ada.handle}/${name}`, files: [{ path: "first.sh", content: "echo" }] });
const push = (name: string, key: string, as = token) => server.ask("/api/v1/builds", { token: as, json: body(name), headers: { "idempotency-key": key } });
const countBuilds = (name: string) => server.services.database.db.build.count({ where: { package: { name, workspaceId: ada.workspaceId } } });

describe("Idempotency-Key", () => {
  it("answers the first answer again, and makes nothing more", async () => {
    const first = await push("again", "key-1");
    const second = await push("again", "key-1");
    expect(first.headers.get("idempotency-replayed")).toBeNull();
    expect(second.headers.get("idempotency-replayed")).toBe("true");
    expect([second.status, second.json]).toEqual([202, first.json]);
    expect(await countBuilds("again")).toBe(1);
  });

  it("makes one build of many duplicates at once", async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => push("parallel", "key-2")));
    expect(answers.map((answer) => answer.status)).toEqual(Array(6).fill(202));
    expect(new Set(answers.map((answer) => answer.json.build_id)).size).toBe(1);
    expect(answers.filter((answer) => answer.headers.get("idempotency-replayed") === "true")).toHaveLength(5);
    expect(await countBuilds("parallel")).toBe(1);
  });

  it("makes one build of duplicates that reach two processes at once", async () => {
    const other = await openApiServer({ beside: server });
    try {
      const ask = (index: number) => (index % 2 === 0 ? server : other).ask("/api/v1/builds", { token, json: body("two-processes"), headers: { "idempotency-key": "key-2b" } });
      const answers = await Promise.all(Array.from({ length: 8 }, (_, index) => ask(index)));
      expect(answers.map((answer) => answer.status)).toEqual(Array(8).fill(202));
      expect(new Set(answers.map((answer) => answer.json.build_id)).size).toBe(1);
      expect(answers.filter((answer) => answer.headers.get("idempotency-replayed") === "true")).toHaveLength(7);
      expect(await countBuilds("two-processes")).toBe(1);
    } finally {
      await other.close();
    }
  });

  it("refuses another request under the same key", async () => {
    await push("one", "key-3");
    const other = await push("two", "key-3");
    expect(other.json).toMatchObject({ status: 409, code: "idempotency_key_reused" });
    expect(await countBuilds("two")).toBe(0);
  });

  it("belongs to a user: the same key of another is another", async () => {
    const bob = await createTestUser({ services: server.services });
    await push("mine", "key-4");
    const answer = await server.ask("/api/v1/packages", {
      token: (await bob.token()).token,
      json: { package: `${bob.handle}/his`, kind: "project" },
      headers: { "idempotency-key": "key-4" },
    });
    expect(answer.status).toBe(201);
  });

  it("keeps no failure: the request may be mended and sent again", async () => {
    const name = `${ada.handle}/taken`;
    await createTestPackage({ services: server.services, owner: ada, name: "taken" });
    const send = (target: string) => server.ask("/api/v1/packages", { token, json: { package: target, kind: "project" }, headers: { "idempotency-key": "key-5" } });
    expect((await send(name)).json).toMatchObject({ status: 409, code: "name_taken" });
    expect((await send(`${name}-2`)).status).toBe(201);
  });

  it("is forgotten after its time", async () => {
    await push("old", "key-6");
    await server.services.database.db.idempotencyKey.updateMany({ where: { key: "key-6" }, data: { expiresAt: new Date(Date.now() - 1) } });
    const answer = await push("new", "key-6");
    expect([answer.status, answer.headers.get("idempotency-replayed")]).toEqual([202, null]);
  });

  it("is taken over from a process that died with it", async () => {
    await server.services.database.db.idempotencyKey.create({
      data: { userId: ada.actor.userId, key: "key-7", requestHash: "unknown", createdAt: new Date(Date.now() - 180_000), expiresAt: new Date(Date.now() + 60_000) },
    });
    expect((await push("orphan", "key-7")).status).toBe(202);
  });

  it("tells nothing to a token that may not create, and must be a sane key", async () => {
    await push("secret", "key-8");
    const reader = (await ada.token(["builds:read"])).token;
    expect((await push("secret", "key-8", reader)).json).toMatchObject({ status: 403, code: "forbidden" });
    expect((await push("blank", "a b")).json).toMatchObject({ status: 422, errors: [{ path: "Idempotency-Key" }] });
  });

  it("holds when something fails right after the build is committed: its maker is told of the build, and so is the next", async () => {
    const { services } = server;
    const kick = services.kickOutbox;
    services.kickOutbox = () => {
      throw new Error("a fault after the commit");
    };
    try {
      const first = await push("faulty", "key-9");
      expect(first.status).toBe(202);
      const second = await push("faulty", "key-9");
      expect([second.status, second.json]).toEqual([202, first.json]);
      const build = await services.database.db.build.findFirstOrThrow({ where: { package: { name: "faulty", workspaceId: ada.workspaceId } } });
      expect(first.json.build_id).toBe(build.id);
      expect(await countBuilds("faulty")).toBe(1);
    } finally {
      services.kickOutbox = kick;
    }
  });
});

describe("a build that is committed", () => {
  it("is answered without reading anything more, which could fail", async () => {
    const { services } = server;
    const kick = services.kickOutbox;
    const { pool } = services.database;
    const query = pool.query.bind(pool);
    services.kickOutbox = () => {
      Object.assign(pool, { query: () => Promise.reject(new Error("the database is away")) });
    };
    try {
      const answer = await server.ask("/api/v1/builds", { token, json: body("then-away") });
      expect([answer.status, answer.json.package]).toEqual([202, `${ada.handle}/then-away`]);
    } finally {
      Object.assign(pool, { query });
      services.kickOutbox = kick;
    }
    expect(await countBuilds("then-away")).toBe(1);
  });
});
