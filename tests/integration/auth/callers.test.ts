import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestUser, type TestUser } from "../../factories/users";
import { openApiServer, type ApiServer } from "../../support/api-server";

let server: ApiServer;
let ada: TestUser;

beforeAll(async () => {
  server = await openApiServer();
  ada = await createTestUser({ services: server.services });
});
afterAll(() => server.close());

describe("a personal access token", () => {
  it("tells who its owner is, and notes when it was used", async () => {
    const { token, id } = await ada.token(["builds:read"]);
    const answer = await server.ask("/api/v1/me", { token });
    expect(answer.status).toBe(200);
    expect(answer.json.user).toMatchObject({ handle: ada.handle, role: "user" });
    const row = await server.services.database.db.apiToken.findUniqueOrThrow({ where: { id } });
    expect(row.lastUsedAt).not.toBeNull();
    expect(row.hash).not.toContain(token);
    expect(row.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it("notes its use at most once a minute", async () => {
    const { token, id } = await ada.token();
    const used = new Date(Date.now() - 30_000);
    await server.services.database.db.apiToken.update({ where: { id }, data: { lastUsedAt: used } });
    await server.ask("/api/v1/me", { token });
    expect((await server.services.database.db.apiToken.findUniqueOrThrow({ where: { id } })).lastUsedAt).toEqual(used);
    await server.services.database.db.apiToken.update({ where: { id }, data: { lastUsedAt: new Date(Date.now() - 61_000) } });
    await server.ask("/api/v1/me", { token });
    expect((await server.services.database.db.apiToken.findUniqueOrThrow({ where: { id } })).lastUsedAt?.getTime()).toBeGreaterThan(used.getTime());
  });

  it.each([
    ["expired", async () => (await ada.token(["builds:read"], new Date(Date.now() - 1_000))).token, /expired at/],
    [
      "revoked",
      async () => {
        const { token, id } = await ada.token();
        const { caller } = await server.callAs({ cookie: (await ada.cookie()).cookie });
        await caller.tokens.revoke({ token_id: id });
        return token;
      },
      /was revoked/,
    ],
    ["unknown", () => Promise.resolve(`slw_${"x".repeat(43)}`), /not known here/],
    ["of another form", () => Promise.resolve("hello"), /must be `Bearer slw_/],
  ])("that is %s answers 401, also where anyone may look", async (_what, make, message) => {
    const answer = await server.ask("/api/v1/packages", { token: await make() });
    expect(answer.status).toBe(401);
    expect(answer.json).toMatchObject({ success: false, code: "unauthenticated", status: 401 });
    expect(answer.json.detail).toMatch(message);
    expect(answer.headers.get("www-authenticate")).toMatch(/^Bearer/);
  });

  it("goes before a cookie", async () => {
    const bob = await createTestUser({ services: server.services });
    const { token } = await bob.token();
    const answer = await server.ask("/api/v1/me", { token, cookie: (await ada.cookie()).cookie });
    expect(answer.json.user.handle).toBe(bob.handle);
  });

  it("can't make, list or revoke tokens, change the password or see sessions", async () => {
    const { caller } = await server.callAs({ authorization: `Bearer ${(await ada.token()).token}` });
    const forbidden = { code: "FORBIDDEN" };
    await expect(caller.tokens.create({ name: "more", scopes: ["builds:write"] })).rejects.toMatchObject(forbidden);
    await expect(caller.tokens.list()).rejects.toMatchObject(forbidden);
    await expect(caller.me.changePassword({ current_password: "x", new_password: "long enough now" })).rejects.toMatchObject(forbidden);
    await expect(caller.me.sessions()).rejects.toMatchObject(forbidden);
  });

  it("may have the scope admin only when its owner is one", async () => {
    const { caller } = await server.callAs({ cookie: (await ada.cookie()).cookie });
    await expect(caller.tokens.create({ name: "root", scopes: ["admin"] })).rejects.toMatchObject({ code: "UNPROCESSABLE_CONTENT" });
    await expect(caller.tokens.create({ name: "late", scopes: ["builds:read"], expires_at: "2020-01-01T00:00:00Z" })).rejects.toThrow(/must be in the future/);
    const made = await caller.tokens.create({ name: "fine", scopes: ["builds:read"] });
    expect(made.token).toMatch(/^slw_[A-Za-z0-9_-]{43}$/);
    expect(made.preview).toBe(made.token.slice(0, 10));
    expect(JSON.stringify(await caller.tokens.list())).not.toContain(made.token);
  });
});

describe("a session's cookie", () => {
  it("signs in until its row is gone", async () => {
    const { cookie, sessionId } = await ada.cookie();
    expect((await server.ask("/api/v1/me", { cookie })).json.user.handle).toBe(ada.handle);
    const { caller } = await server.callAs({ cookie });
    await caller.me.revokeSession({ session_id: sessionId });
    expect((await server.ask("/api/v1/me", { cookie })).json.user).toBeNull();
  });

  it("is worth nothing when it is forged or its session is past its time", async () => {
    expect((await server.ask("/api/v1/me", { cookie: "next-auth.session-token=forged" })).json.user).toBeNull();
    const { cookie, sessionId } = await ada.cookie();
    await server.services.database.db.session.update({ where: { id: sessionId }, data: { expiresAt: new Date(Date.now() - 1) } });
    expect((await server.ask("/api/v1/me", { cookie })).json.user).toBeNull();
  });

  it("can't revoke somebody else's session", async () => {
    const bob = await createTestUser({ services: server.services });
    const { sessionId } = await bob.cookie();
    const { caller } = await server.callAs({ cookie: (await ada.cookie()).cookie });
    await expect(caller.me.revokeSession({ session_id: sessionId })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await server.services.database.db.session.count({ where: { id: sessionId } })).toBe(1);
  });
});

describe("a change made with the cookie", () => {
  const body = { package: "", kind: "project" };

  it.each([
    ["no origin", null, 403],
    ["another site's origin", "https://evil.example", 403],
    ["an origin that is none", "null", 403],
    ["the origin of the public address", "http://slipway.test", 201],
    ["the origin of the host that was asked", undefined, 201],
  ])("with %s", async (what, origin, status) => {
    const { cookie } = await ada.cookie();
    const name = `${ada.handle}/${what.replace(/[^a-z]+/g, "-")}`;
    const answer = await server.ask("/api/v1/packages", { cookie, origin, json: { ...body, package: name } });
    expect(answer.status).toBe(status);
    expect(await server.services.database.db.package.count({ where: { workspaceId: ada.workspaceId, name: name.split("/")[1] } })).toBe(status === 201 ? 1 : 0);
  });

  it("by tRPC follows the same rule", async () => {
    const { cookie } = await ada.cookie();
    const refused = await server.ask("/api/trpc/me.update", { cookie, origin: "https://evil.example", json: { name: "Mallory" } });
    expect(refused.status).toBe(403);
    expect(refused.json.error.data).toMatchObject({ app_code: "forbidden", httpStatus: 403 });
    const done = await server.ask("/api/trpc/me.update", { cookie, json: { name: "Ada L." } });
    expect(done.json.result.data.name).toBe("Ada L.");
  });

  it("needs no origin with a token", async () => {
    const { token } = await ada.token();
    const answer = await server.ask("/api/v1/packages", { token, origin: "https://elsewhere.example", json: { ...body, package: `${ada.handle}/by-token` } });
    expect(answer.status).toBe(201);
  });
});
