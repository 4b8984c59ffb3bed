/** Access that ends while a stream is open. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { addMember, createTestUser, type TestUser } from "../../factories/users";
import { createTestPackage, pushTestRelease, writeTestLog } from "../../factories/packages";
import { openApiServer, type ApiServer } from "../../support/api-server";
import { openReading, openSocket } from "../../support/stream-clients";
import { BUS_CHANNEL, encodeNotice } from "~/server/realtime/bus";

let server: ApiServer;
let ada: TestUser;
const opened: (() => void)[] = [];

beforeAll(async () => {
  server = await openApiServer({ settings: { streams: { heartbeatMs: 100, stallMs: 20_000 } } });
  ada = await createTestUser({ services: server.services });
});
afterEach(() => {
  for (const close of opened.splice(0)) close();
});
afterAll(() => server.close());

type Way = "NDJSON" | "server-sent events" | "WebSocket" | "subscription";
const WAYS: readonly Way[] = ["NDJSON", "server-sent events", "WebSocket", "subscription"];

interface Followed {
  sees(text: string): Promise<unknown>;
  /** The code that the stream ended with, and its words. */
  ended(): Promise<{ code: string | number; words: string }>;
}

async function follow(options: { way: Way; buildId: string; headers: Record<string, string> }): Promise<Followed> {
  const { way, buildId, headers } = options;
  if (way === "WebSocket") {
    const socket = await openSocket({ url: server.url, path: `/api/v1/builds/${buildId}/stream`, headers: { origin: server.url, ...headers } });
    opened.push(() => socket.ws.terminate());
    return {
      sees: (text) => socket.until((event) => JSON.stringify(event).includes(text)),
      ended: async () => {
        const { code, reason } = await socket.closed();
        return { code: code === 4401 ? "unauthenticated" : code === 4404 ? "not_found" : code, words: reason };
      },
    };
  }
  const path = way === "subscription" ? `/api/trpc/builds.onEvent?input=${encodeURIComponent(JSON.stringify({ build_id: buildId }))}` : `/api/v1/builds/${buildId}/events`;
  const accept = way === "NDJSON" ? "application/x-ndjson" : "text/event-stream";
  const reading = await openReading({ url: server.url, path, headers: { accept, ...headers } });
  opened.push(reading.close);
  return {
    sees: (text) => reading.until(new RegExp(text)),
    ended: async () => {
      const { text, complete } = await reading.ended();
      if (way === "subscription") {
        const told = /event: serialized-error\ndata: (.*)/.exec(text)?.[1] ?? "null";
        return { code: /"app_code":"(\w+)"/.exec(told)?.[1] ?? "none", words: /"message":"([^"]*)"/.exec(told)?.[1] ?? "" };
      }
      expect(complete).toBe(true);
      expect(text.includes("event: stream.error\n")).toBe(way === "server-sent events");
      const last = JSON.parse(/^(?:data: )?(\{"object":"stream\.error".*\})$/m.exec(text)?.[1] ?? "null");
      expect(last?.after_id, text).toBe(1);
      return { code: last.code, words: last.detail };
    },
  };
}

const bearer = ({ token }: { token: string }) => ({ authorization: `Bearer ${token}` });
const db = () => server.services.database.db;

interface Scene {
  buildId: string;
  packageId: string;
  bob: TestUser;
}

/** Ways to lose a build. `begin` answers the headers of who follows, and how they lose it. */
const LOSSES: { what: string; visibility: "private" | "public"; member: boolean; code: string; begin: (scene: Scene) => Promise<{ headers: Record<string, string>; lose: () => Promise<unknown> }> }[] = [
  {
    what: "a token that is revoked", visibility: "private", member: true, code: "unauthenticated",
    begin: async ({ bob }) => {
      const token = await bob.token();
      const { caller } = await server.callAs({ cookie: (await bob.cookie()).cookie });
      return { headers: bearer(token), lose: () => caller.tokens.revoke({ token_id: token.id }) };
    },
  },
  {
    what: "a token that expires, on a public build too", visibility: "public", member: false, code: "unauthenticated",
    begin: async ({ bob }) => {
      const token = await bob.token(["builds:read"], new Date(Date.now() + 3_600_000));
      return { headers: bearer(token), lose: () => db().apiToken.update({ where: { id: token.id }, data: { expiresAt: new Date(Date.now() - 1) } }) };
    },
  },
  {
    what: "a browser that is signed out", visibility: "private", member: true, code: "unauthenticated",
    begin: async ({ bob }) => {
      const { cookie, sessionId } = await bob.cookie();
      return { headers: { cookie }, lose: () => db().session.delete({ where: { id: sessionId } }) };
    },
  },
  {
    what: "a member who leaves", visibility: "private", member: true, code: "not_found",
    begin: async ({ bob }) => ({ headers: bearer(await bob.token()), lose: () => db().membership.deleteMany({ where: { userId: bob.actor.userId, workspaceId: ada.workspaceId } }) }),
  },
  {
    what: "an admin who is none any more", visibility: "private", member: false, code: "not_found",
    begin: async ({ bob }) => {
      await db().user.update({ where: { id: bob.actor.userId }, data: { role: "admin" } });
      return { headers: { cookie: (await bob.cookie()).cookie }, lose: () => db().user.update({ where: { id: bob.actor.userId }, data: { role: "user" } }) };
    },
  },
  {
    what: "a package that turns private, for who is nobody", visibility: "public", member: false, code: "not_found",
    begin: ({ packageId }) => Promise.resolve({ headers: {}, lose: () => db().package.update({ where: { id: packageId }, data: { visibility: "private" } }) }),
  },
  {
    what: "a package that is deleted", visibility: "private", member: true, code: "not_found",
    begin: async ({ bob, packageId }) => ({ headers: bearer(await bob.token()), lose: () => db().package.delete({ where: { id: packageId } }) }),
  },
];

async function setScene(options: { visibility: "private" | "public"; member: boolean }): Promise<Scene> {
  const { services } = server;
  const { name, row } = await createTestPackage({ services, owner: ada, visibility: options.visibility });
  const { buildId } = await pushTestRelease({ services, owner: ada, package: name });
  const bob = await createTestUser({ services });
  if (options.member) await addMember({ services, workspaceId: ada.workspaceId, user: bob, role: "viewer" });
  return { buildId, packageId: row.id, bob };
}

describe.each(LOSSES)("$what", ({ visibility, member, code, begin }) => {
  it(`ends every open stream of theirs with ${code}`, async () => {
    const scene = await setScene({ visibility, member });
    const { headers, lose } = await begin(scene);
    const followed = await Promise.all(WAYS.map((way) => follow({ way, buildId: scene.buildId, headers })));
    await Promise.all(followed.map((each) => each.sees("build.created")));
    await lose();
    const ends = await Promise.all(followed.map((each) => each.ended()));
    expect(ends.map((end) => end.code)).toEqual(WAYS.map(() => code));
    for (const { words } of ends) expect(words).not.toBe("");
  });
});

it("who has access still keeps the stream, beside one who lost it, and one who signs out keeps what is public", async () => {
  const { services } = server;
  const scene = await setScene({ visibility: "public", member: false });
  const lost = await scene.bob.token();
  const session = await scene.bob.cookie();
  const others: Record<string, string>[] = [bearer(await scene.bob.token()), {}, { cookie: session.cookie }, bearer(await ada.token())];
  const keep = await Promise.all(WAYS.flatMap((way) => others.map((headers) => follow({ way, buildId: scene.buildId, headers }))));
  const ending = await Promise.all(WAYS.map((way) => follow({ way, buildId: scene.buildId, headers: bearer(lost) })));
  await Promise.all([...keep, ...ending].map((each) => each.sees("build.created")));
  await db().session.delete({ where: { id: session.sessionId } });
  await db().apiToken.update({ where: { id: lost.id }, data: { revokedAt: new Date() } });
  for (const each of ending) expect((await each.ended()).code).toBe("unauthenticated");
  await writeTestLog({ services, buildId: scene.buildId, lines: ["still here"] });
  await services.database.pool.query("SELECT pg_notify($1, $2)", [BUS_CHANNEL, encodeNotice("build", scene.buildId)]);
  await Promise.all(keep.map((each) => each.sees("still here")));
});

it("a list's subscription ends with its token too", async () => {
  const token = await ada.token();
  const reading = await openReading({ url: server.url, path: `/api/trpc/builds.onChange?input=${encodeURIComponent("{}")}`, headers: bearer(token) });
  opened.push(reading.close);
  await reading.until(/event: connected/);
  await db().apiToken.update({ where: { id: token.id }, data: { revokedAt: new Date() } });
  expect((await reading.ended()).text).toContain('"app_code":"unauthenticated"');
});
