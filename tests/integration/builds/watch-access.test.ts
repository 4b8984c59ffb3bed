import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { watchAccess, type AccessWatch } from "~/server/services/builds/watch-access";
import { createTestPackage, pushTestRelease } from "../../factories/packages";
import { createTestUser, type TestUser } from "../../factories/users";
import { openApiServer, type ApiServer } from "../../support/api-server";

const BEAT_MS = 15_000;
const NOBODY = { actor: null, sessionId: null, tokenId: null };

let server: ApiServer;
let ada: TestUser;
let looks: Promise<unknown>[] = [];
let away = false;

beforeAll(async () => {
  server = await openApiServer();
  ada = await createTestUser({ services: server.services });
  const { pool } = server.services.database;
  const query: (...given: unknown[]) => Promise<unknown> = pool.query.bind(pool);
  Object.assign(pool, {
    query: (...given: unknown[]) => {
      const [asked] = given;
      if (typeof asked !== "object" || asked === null || !("name" in asked) || asked.name !== "stream_access") return query(...given);
      const look = away ? Promise.reject(new Error("The database is away.")) : query(...given);
      looks.push(look.catch(() => undefined));
      return look;
    },
  });
});
afterEach(() => {
  vi.useRealTimers();
  away = false;
});
afterAll(() => server.close());

async function pushPublic(): Promise<{ buildId: string; packageId: string }> {
  const { name, row } = await createTestPackage({ services: server.services, owner: ada, visibility: "public" });
  return { buildId: (await pushTestRelease({ services: server.services, owner: ada, package: name })).buildId, packageId: row.id };
}

/** Resolves once what was looked up is known. Answers how many statements that took. */
async function beat(): Promise<number> {
  looks = [];
  vi.advanceTimersByTime(BEAT_MS);
  await Promise.all(looks);
  return looks.length;
}

it("costs one statement a beat for all streams of a credential and build, and none without streams", async () => {
  const one = await pushPublic();
  const two = await pushPublic();
  const { id: tokenId } = await ada.token();
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const watch = (buildId: string, reader: Parameters<typeof watchAccess>[0]["reader"] = NOBODY): AccessWatch => watchAccess({ context: server.services, reader, buildId, everyMs: BEAT_MS });
  const many = Array.from({ length: 500 }, () => watch(one.buildId));
  expect(await beat()).toBe(1);
  const others = [watch(two.buildId), watch(one.buildId, { actor: { ...ada.actor, via: "token" }, sessionId: null, tokenId })];
  expect(await beat()).toBe(3);
  for (const each of [...many.slice(1), ...others]) each.leave();
  expect(await beat()).toBe(1);
  many[0]?.leave();
  expect(await beat()).toBe(0);
});

it("ends nothing while it can't be known, and all that share the watch once it is", async () => {
  const { buildId, packageId } = await pushPublic();
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const both = [0, 1].map(() => watchAccess({ context: server.services, reader: NOBODY, buildId, everyMs: BEAT_MS }));
  await server.services.database.db.package.update({ where: { id: packageId }, data: { visibility: "private" } });
  away = true;
  await beat();
  expect(both.map((each) => each.lost())).toEqual([null, null]);
  away = false;
  await beat();
  await vi.waitUntil(() => both.every((each) => each.signal.aborted));
  expect(both.map((each) => each.lost()?.code)).toEqual(["not_found", "not_found"]);
  // Who opens one now has a watch of their own, which looks for itself.
  await server.services.database.db.package.update({ where: { id: packageId }, data: { visibility: "public" } });
  const again = watchAccess({ context: server.services, reader: NOBODY, buildId, everyMs: BEAT_MS });
  for (const each of both) each.leave();
  expect(await beat()).toBe(1);
  expect(again.lost()).toBeNull();
  again.leave();
  expect(await beat()).toBe(0);
});
