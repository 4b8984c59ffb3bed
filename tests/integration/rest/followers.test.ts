import { afterAll, beforeAll, expect, it } from "vitest";
import { createTestPackage, pushTestRelease, writeTestLog } from "../../factories/packages";
import { createTestUser, type TestUser } from "../../factories/users";
import { openApiServer, type ApiServer } from "../../support/api-server";
import { openReading, openSocket, parseEvents, type StreamedEvent } from "../../support/stream-clients";
import { BUS_CHANNEL, encodeNotice } from "~/server/realtime/bus";

const FOLLOWERS = 500;
/** Followers that connect at the same time: the machine's queue of connections has room for them. */
const AT_ONCE = 50;

let server: ApiServer;
let ada: TestUser;
let buildId: string;

beforeAll(async () => {
  server = await openApiServer();
  ada = await createTestUser({ services: server.services });
  // Public, so that no token is looked up for each of them.
  const { name } = await createTestPackage({ services: server.services, owner: ada, visibility: "public" });
  ({ buildId } = await pushTestRelease({ services: server.services, owner: ada, package: name }));
});
afterAll(() => server.close());

interface Follower {
  sees(message: string): Promise<unknown>;
  /** Once the stream is over: all that it told. */
  ended(): Promise<StreamedEvent[]>;
}

async function follow(index: number): Promise<Follower> {
  const { url } = server;
  if (index % 3 === 0) {
    const socket = await openSocket({ url, path: `/api/v1/builds/${buildId}/stream` });
    return {
      sees: (message) => socket.until((event) => event.message === message),
      ended: async () => {
        expect((await socket.closed()).code).toBe(1000);
        return socket.events;
      },
    };
  }
  const accept = index % 3 === 1 ? "text/event-stream" : "application/x-ndjson";
  const reading = await openReading({ url, path: `/api/v1/builds/${buildId}/events`, headers: { accept } });
  return {
    sees: (message) => reading.until(new RegExp(`"message":"${message}"`)),
    ended: async () => {
      const { text, complete } = await reading.ended();
      expect(complete).toBe(true);
      return parseEvents(text);
    },
  };
}

async function announceChange(): Promise<void> {
  await server.services.database.pool.query("SELECT pg_notify($1, $2)", [BUS_CHANNEL, encodeNotice("build", buildId)]);
}

it("500 followers of a build in three protocols cost one listener and a page read once, and all get everything", async () => {
  const { pool } = server.services.database;
  let pagesRead = 0;
  const query: (...given: unknown[]) => unknown = pool.query.bind(pool);
  Object.assign(pool, {
    query: (...given: unknown[]) => {
      const [asked] = given;
      if (typeof asked === "object" && asked !== null && "name" in asked && asked.name === "stream_build_page") pagesRead += 1;
      return query(...given);
    },
  });
  const followers: Follower[] = [];
  while (followers.length < FOLLOWERS) {
    followers.push(...(await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => follow(followers.length + index)))));
  }
  await writeTestLog({ services: server.services, buildId, lines: ["first"] });
  await announceChange();
  await Promise.all(followers.map((follower) => follower.sees("first")));

  const { rows } = await pool.query<{ query: string }>("SELECT query FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'");
  expect(rows.filter((row) => row.query.startsWith("LISTEN"))).toHaveLength(1);
  // Five of each pool, Prisma's and the plain one, and the listener.
  expect(rows.length).toBeLessThanOrEqual(11);

  // All stand at the same place now: what comes is read for all of them at once, and nobody reads without being told.
  pagesRead = 0;
  for (const message of ["second", "third"]) {
    await writeTestLog({ services: server.services, buildId, lines: [message] });
    await announceChange();
    await Promise.all(followers.map((follower) => follower.sees(message)));
  }
  expect(pagesRead).toBeGreaterThan(0);
  expect(pagesRead).toBeLessThan(20);

  await server.ask(`/api/v1/builds/${buildId}`, { method: "DELETE", token: (await ada.token()).token });
  const told = await Promise.all(followers.map((follower) => follower.ended()));
  const whole = parseEvents((await server.ask(`/api/v1/builds/${buildId}/events`)).text);
  expect(whole.map((event) => event.message ?? event.type).slice(1, 4)).toEqual(["first", "second", "third"]);
  expect(whole.at(-1)?.type).toBe("build.completed");
  for (const events of told) expect(events).toEqual(whole);
});
