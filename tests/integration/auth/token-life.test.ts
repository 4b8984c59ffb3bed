import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestUser, type TestUser } from "../../factories/users";
import { openApiServer, type ApiServer } from "../../support/api-server";

let server: ApiServer;
/** Another process of the same installation. */
let other: ApiServer;
let ada: TestUser;

beforeAll(async () => {
  server = await openApiServer();
  other = await openApiServer({ beside: server });
  ada = await createTestUser({ services: server.services });
});
afterAll(async () => {
  await other.close();
  await server.close();
});

const browse = async (path: string, json?: unknown) => server.ask(`/api/trpc/${path}`, { cookie: (await ada.cookie()).cookie, json });

async function create(scopes: readonly string[], expiresAt?: string): Promise<{ token: string; token_id: string }> {
  const answer = await browse("tokens.create", { name: "made", scopes, expires_at: expiresAt });
  expect(answer.status).toBe(200);
  return answer.json.result.data;
}

describe("a token", () => {
  it("is shown once: no later answer, no row and no log line has it", async () => {
    const { token, token_id: tokenId } = await create(["builds:read"]);
    const list = await browse("tokens.list");
    expect(list.text).toContain(tokenId);
    expect(list.text).not.toContain(token);
    await server.ask("/api/v1/me", { token });
    const row = await server.services.database.db.apiToken.findUniqueOrThrow({ where: { id: tokenId } });
    expect(JSON.stringify(row)).not.toContain(token);
    expect(JSON.stringify(server.complaints)).not.toContain(token);
  });

  it("is worth nothing from the moment that it is revoked, in every process", async () => {
    const { token, token_id: tokenId } = await create(["builds:read"]);
    for (const each of [server, other]) expect((await each.ask("/api/v1/packages", { token })).status).toBe(200);
    expect((await browse("tokens.revoke", { token_id: tokenId })).status).toBe(200);
    for (const each of [other, server]) expect((await each.ask("/api/v1/packages", { token })).status).toBe(401);
    expect((await browse("tokens.list")).text).not.toContain(tokenId);
  });

  it("can't be revoked by somebody else", async () => {
    const { token, token_id: tokenId } = await create(["builds:read"]);
    const bob = await createTestUser({ services: server.services });
    const refused = await server.ask("/api/trpc/tokens.revoke", { cookie: (await bob.cookie()).cookie, json: { token_id: tokenId } });
    expect(refused.status).toBe(404);
    expect((await server.ask("/api/v1/packages", { token })).status).toBe(200);
  });

  it("holds until its time and not after", async () => {
    const until = new Date(Date.now() + 3600_000).toISOString();
    const { token, token_id: tokenId } = await create(["builds:read"], until);
    expect((await server.ask("/api/v1/packages", { token })).status).toBe(200);
    await server.services.database.db.apiToken.update({ where: { id: tokenId }, data: { expiresAt: new Date() } });
    expect((await server.ask("/api/v1/packages", { token })).json).toMatchObject({ status: 401, detail: expect.stringContaining("expired at") });
  });

  it("does what its scopes name and no more, and only an admin gives the scope admin", async () => {
    const push = (token: string) => server.ask("/api/v1/packages", { token, json: { package: `${ada.handle}/p-${Math.random().toString(36).slice(2)}`, kind: "project" } });
    const reader = await create(["builds:read"]);
    const writer = await create(["builds:read", "builds:write"]);
    expect((await push(reader.token)).json).toMatchObject({ status: 403, code: "forbidden", detail: expect.stringContaining("builds:write") });
    expect((await push(writer.token)).status).toBe(201);
    for (const { token } of [reader, writer]) expect((await server.ask("/api/v1/workspaces", { token })).status).toBe(200);
    expect((await browse("tokens.create", { name: "root", scopes: ["admin"] })).status).toBe(422);
  });
});
