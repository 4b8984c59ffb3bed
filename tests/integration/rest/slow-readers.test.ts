import type { IncomingMessage, ServerResponse } from "node:http";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { pushTestRelease, writeTestLog } from "../../factories/packages";
import { createTestUser } from "../../factories/users";
import { openApiServer, type ApiServer } from "../../support/api-server";
import { openReading, openSocket, parseEvents, type Reading, type SocketReading } from "../../support/stream-clients";

/** 24 MB: more than the sockets' buffers of both sides hold, so that a reader that takes nothing does stall the server. */
const LINES = 6_000;
const LINE = "x".repeat(4_000);
/** `build.created`, the lines, and what a cancel says. */
const LAST_ID = LINES + 2;

let server: ApiServer;
/** Another process of the same installation, which gives its readers all the time they want. */
let patient: ApiServer;
let token: string;
let buildId: string;
/** Streams that read the build now. */
let following = 0;
/** The server's side of the newest request. */
let newest: ServerResponse;
const opened: { close(): void }[] = [];

beforeAll(async () => {
  server = await openApiServer({ settings: { streams: { heartbeatMs: 10_000, stallMs: 1_500 } } });
  patient = await openApiServer({ beside: server });
  const ada = await createTestUser({ services: server.services });
  token = (await ada.token()).token;
  ({ buildId } = await pushTestRelease({ services: server.services, owner: ada }));
  await writeTestLog({ services: server.services, buildId, lines: Array.from({ length: LINES }, (_, index) => `${index} ${LINE}`), perChunk: 60 });
  await server.ask(`/api/v1/builds/${buildId}`, { method: "DELETE", token });

  const { bus } = server.services;
  const subscribe = bus.subscribe.bind(bus);
  bus.subscribe = async (...given) => {
    const unsubscribe = await subscribe(...given);
    following += 1;
    return () => {
      following -= 1;
      unsubscribe();
    };
  };
  server.web.server.on("request", (_request: IncomingMessage, response: ServerResponse) => {
    newest = response;
  });
});
afterEach(async () => {
  for (const each of opened.splice(0)) each.close();
  await expect.poll(() => following).toBe(0);
});
afterAll(async () => {
  await patient.close();
  await server.close();
});

async function read(path: string, options: { from?: ApiServer; accept?: string; paused?: boolean } = {}): Promise<Reading> {
  const reading = await openReading({ url: (options.from ?? server).url, path, paused: options.paused, headers: { authorization: `Bearer ${token}`, accept: options.accept ?? "application/x-ndjson" } });
  opened.push(reading);
  return reading;
}

async function openOwnSocket(path: string, from = server): Promise<SocketReading> {
  const reading = await openSocket({ url: from.url, path, headers: { authorization: `Bearer ${token}` } });
  opened.push({ close: () => reading.ws.terminate() });
  return reading;
}

const expectGapless = (ids: readonly number[]): void => expect(ids).toEqual(ids.map((_, index) => 1 + index));

describe("a reader that takes nothing", () => {
  it.each(["application/x-ndjson", "text/event-stream"])("of %s is told so behind what it has, and goes on after that without a gap", async (accept) => {
    const slow = await read(`/api/v1/builds/${buildId}/events`, { accept, paused: true });
    await expect.poll(() => newest.socket?.writableEnded, { timeout: 20_000 }).toBe(true);
    slow.response.resume();
    const { text, complete } = await slow.ended();
    expect(complete).toBe(false);
    const last = JSON.parse(/^(?:data: )?(\{"object":"stream\.error".*\})$/m.exec(text)?.[1] ?? "null");
    expect(last).toMatchObject({ code: "slow_reader", detail: expect.stringContaining("after_id") });
    expect(text.includes("event: stream.error\n")).toBe(accept === "text/event-stream");
    const got = parseEvents(text);
    expect(got.length).toBeLessThan(LINES);
    expect(got.at(-1)?.id).toBe(last.after_id);

    const rest = await read(`/api/v1/builds/${buildId}/events?after_id=${last.after_id}`, { from: patient });
    const end = await rest.ended();
    expect(end.complete).toBe(true);
    const all = [...got, ...parseEvents(end.text)];
    expectGapless(all.map((event) => event.id));
    expect(all.at(-1)).toMatchObject({ id: LAST_ID, type: "build.completed" });
  });

  it("of a socket is closed with 4408 and a reason, and goes on after that without a gap", async () => {
    const path = `/api/v1/builds/${buildId}/stream`;
    const slow = await openOwnSocket(path);
    slow.ws.pause();
    await expect.poll(() => following).toBe(1);
    await expect.poll(() => following, { timeout: 20_000 }).toBe(0);
    slow.ws.resume();
    const end = await slow.closed();
    expect(end.code).toBe(4408);
    const cursor = Number(/after_id=(\d+)$/.exec(end.reason)?.[1]);
    expect(slow.events.at(-1)?.id).toBe(cursor);
    expect(cursor).toBeLessThan(LINES);
    const rest = await openOwnSocket(`${path}?after_id=${cursor}`, patient);
    expect((await rest.closed()).code).toBe(1000);
    const all = [...slow.events, ...rest.events];
    expectGapless(all.map((event) => event.id));
    expect(all).toHaveLength(LAST_ID);
  });

  it("of the page's subscription is cut off with a word, before the end", async () => {
    const slow = await read(`/api/trpc/builds.onEvent?input=${encodeURIComponent(JSON.stringify({ build_id: buildId }))}`, { accept: "text/event-stream", paused: true });
    await expect.poll(() => newest.socket?.writableEnded, { timeout: 20_000 }).toBe(true);
    slow.response.resume();
    const { text } = await slow.ended();
    expect(text).toMatch(/^: You read nothing for/m);
    expect(text).not.toContain("event: return");
  });

  it("makes the server hold little more than one frame for it", async () => {
    await read(`/api/v1/builds/${buildId}/events`, { paused: true });
    await expect.poll(() => newest.writableNeedDrain, { timeout: 20_000 }).toBe(true);
    const held: number[] = [];
    await expect
      .poll(() => {
        held.push(newest.writableLength);
        return newest.socket?.writableEnded ?? true;
      }, { timeout: 20_000 })
      .toBe(true);
    expect(Math.max(...held)).toBeGreaterThan(0);
    expect(Math.max(...held)).toBeLessThan(1024 * 1024);
  });
});
