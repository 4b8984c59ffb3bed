import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createTestPackage, pushTestRelease, writeTestLog } from "../../factories/packages";
import { createTestUser, type TestUser } from "../../factories/users";
import { openApiServer, type ApiServer } from "../../support/api-server";
import { openSocket, parseEvents, type SocketReading } from "../../support/stream-clients";

let server: ApiServer;
let ada: TestUser;
let token: string;
let target: { buildId: string };
const opened: SocketReading[] = [];

const TIMES = { heartbeatMs: 400, stallMs: 5_000 };

beforeAll(async () => {
  server = await openApiServer({ settings: { streams: TIMES } });
  ada = await createTestUser({ services: server.services });
  token = (await ada.token()).token;
  target = await pushTestRelease({ services: server.services, owner: ada });
  await writeTestLog({ services: server.services, buildId: target.buildId, lines: ["one", "two", "three"] });
});
afterEach(() => {
  for (const reading of opened.splice(0)) reading.ws.terminate();
});
afterAll(() => server.close());

interface OpenOptions {
  buildId?: string;
  query?: string;
  protocols?: string[];
  headers?: Record<string, string>;
  autoPong?: boolean;
  from?: ApiServer;
}

async function open({ buildId = target.buildId, query = "", from = server, ...options }: OpenOptions = {}): Promise<SocketReading> {
  const reading = await openSocket({ url: from.url, path: `/api/v1/builds/${buildId}/stream${query}`, ...options });
  opened.push(reading);
  return reading;
}

const withToken = (value = token): string[] => ["slipway.v1", `bearer.${value}`];

describe("a build's socket", () => {
  it("tells what was and what comes, the same as the other streams, and closes with 1000 after the last event", async () => {
    const { buildId } = await pushTestRelease({ services: server.services, owner: ada });
    await writeTestLog({ services: server.services, buildId, lines: ["one", "two"] });
    const live = await open({ buildId, protocols: withToken() });
    expect(live.ws.protocol).toBe("slipway.v1");
    await live.until((event) => event.message === "two");
    await server.ask(`/api/v1/builds/${buildId}`, { method: "DELETE", token });
    expect(await live.closed()).toEqual({ code: 1000, reason: "The build is over." });
    expect(live.events).toEqual(parseEvents((await server.ask(`/api/v1/builds/${buildId}/events`, { token })).text));
    expect(live.events.map((event) => event.id)).toEqual(live.events.map((_, index) => index + 1));
    expect(live.events.at(-1)?.type).toBe("build.completed");
  });

  it("resumes after `after_id`", async () => {
    const live = await open({ protocols: withToken(), query: "?after_id=2" });
    await live.until((event) => event.message === "three");
    expect(live.events.map((event) => event.id)).toEqual([3, 4]);
  });

  it("takes the token of an Authorization header, and needs none for a public build", async () => {
    const own = await open({ headers: { authorization: `Bearer ${token}` } });
    await own.until((event) => event.message === "three");
    const { name } = await createTestPackage({ services: server.services, owner: ada, visibility: "public" });
    const { buildId } = await pushTestRelease({ services: server.services, owner: ada, package: name });
    const anyone = await open({ buildId });
    await anyone.until((event) => event.type === "build.created");
  });

  it("takes the cookie from this site alone", async () => {
    const { cookie } = await ada.cookie();
    const own = await open({ headers: { cookie, origin: server.url } });
    await own.until((event) => event.message === "three");
    const elsewhere: Record<string, string>[] = [{}, { origin: "https://evil.example" }];
    for (const origin of elsewhere) {
      const refused = await open({ headers: { cookie, ...origin } });
      expect((await refused.closed()).code).toBe(4403);
      expect(refused.events).toEqual([]);
    }
  });

  it.each([
    ["without a token", {}, 4404],
    ["with somebody else's token", async () => ({ protocols: withToken((await (await createTestUser({ services: server.services })).token()).token) }), 4404],
    ["with a token that is not known", { protocols: withToken(`slw_${"x".repeat(43)}`) }, 4401],
    ["with a token of another form", { protocols: withToken("hello") }, 4401],
    ["with an expired token", async () => ({ protocols: withToken((await ada.token(["builds:read"], new Date(Date.now() - 1_000))).token) }), 4401],
    ["for a build that is not there", { buildId: "build_nothing", protocols: () => withToken() }, 4404],
    ["with a cursor that is none", { query: "?after_id=x", protocols: () => withToken() }, 4422],
    ["with a cursor beyond all ids", { query: "?after_id=99999999999", protocols: () => withToken() }, 4422],
  ] as const)("%s is closed with the code that says so", async (_what, how, code) => {
    const given = typeof how === "function" ? await how() : how;
    const protocols = "protocols" in given ? (typeof given.protocols === "function" ? given.protocols() : [...given.protocols]) : undefined;
    const refused = await open({ ...given, protocols });
    const end = await refused.closed();
    expect(end.code).toBe(code);
    expect(end.reason).not.toBe("");
    expect(Buffer.byteLength(end.reason)).toBeLessThanOrEqual(123);
    expect(refused.events).toEqual([]);
  });

  it("refuses a client that offers subprotocols but not this one, and a request that asks for no socket", async () => {
    await expect(open({ protocols: [`bearer.${token}`] })).rejects.toThrow(/400/);
    const plain = await server.ask(`/api/v1/builds/${target.buildId}/stream`, { token });
    expect([plain.status, plain.json.code, plain.headers.get("upgrade")]).toEqual([426, "upgrade_required", "websocket"]);
  });

  it("cuts off a peer that answers no ping, and keeps one that does", async () => {
    const dead = await open({ protocols: withToken(), autoPong: false });
    const living = await open({ protocols: withToken() });
    let pings = 0;
    living.ws.on("ping", () => {
      pings += 1;
    });
    expect((await dead.closed()).code).toBe(1006);
    await expect.poll(() => pings, { timeout: 20_000 }).toBeGreaterThan(2);
    expect(living.ws.readyState).toBe(living.ws.OPEN);
  });

  it("reads no messages: a few are ignored, many or a large one close it", async () => {
    const quiet = await open({ protocols: withToken() });
    quiet.ws.send("hello");
    await quiet.until((event) => event.message === "three");
    const chatty = await open({ protocols: withToken() });
    for (let count = 0; count < 65; count += 1) chatty.ws.send("hello");
    expect((await chatty.closed()).code).toBe(1008);
    const large = await open({ protocols: withToken() });
    large.ws.send("x".repeat(1025));
    expect((await large.closed()).code).toBe(1009);
    expect(quiet.ws.readyState).toBe(quiet.ws.OPEN);
  });

  it("counts as a read", async () => {
    const narrow = await openApiServer({ settings: { limits: { builds: 100, writes: 100, reads: 2 } } });
    try {
      const person = await createTestUser({ services: narrow.services });
      const own = (await person.token()).token;
      const { buildId } = await pushTestRelease({ services: narrow.services, owner: person });
      const codes: number[] = [];
      // A window of the limit may end in between: three in one of two windows are at least one too many in four.
      for (let count = 0; count < 6; count += 1) {
        const one = await open({ buildId, from: narrow, protocols: withToken(own) });
        const first = await Promise.race([one.closed().then((end) => end.code), one.until((event) => event.type === "build.created").then(() => 0).catch(() => -1)]);
        codes.push(first === -1 ? (await one.closed()).code : first);
        one.ws.terminate();
      }
      expect(codes.slice(0, 2)).toEqual([0, 0]);
      expect(codes).toContain(4429);
    } finally {
      await narrow.close();
    }
  });

  it("is closed with 1001 when the server stops", async () => {
    const stopping = await openApiServer();
    const person = await createTestUser({ services: stopping.services });
    const own = (await person.token()).token;
    const { buildId } = await pushTestRelease({ services: stopping.services, owner: person });
    const live = await open({ buildId, from: stopping, protocols: withToken(own) });
    await live.until((event) => event.type === "build.created");
    const drained = stopping.web.drain();
    expect((await live.closed()).code).toBe(1001);
    await drained;
    await stopping.close();
  });
});
