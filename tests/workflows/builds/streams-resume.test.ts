import { afterAll, beforeAll, expect, it } from "vitest";
import { cancelBuild } from "~/server/services/builds/cancel-build";
import { createToken } from "~/server/services/tokens/create-token";
import { openPlatform, type Platform } from "../../support/platform";
import { openReading, openSocket, parseEvents, type StreamedEvent } from "../../support/stream-clients";
import { startWeb, type WebProcess } from "../../support/web";

let platform: Platform;
let token: string;
const webs: WebProcess[] = [];

beforeAll(async () => {
  platform = await openPlatform();
  await platform.startWorker();
  ({ token } = await createToken({ db: platform.context.database.db, userId: platform.actor.userId, role: "user", name: "test", scopes: ["builds:read"] }));
});
afterAll(async () => {
  await Promise.all(webs.map((web) => web.kill()));
  await platform.close();
});

async function openWeb(): Promise<WebProcess> {
  const web = await startWeb({ platform });
  webs.push(web);
  return web;
}

/** One stretch of a stream: from the cursor until the connection breaks or the build is over. */
interface Stretch {
  /** Waits for the event. */
  sees(id: number): Promise<void>;
  events(): Promise<StreamedEvent[]>;
}

type Protocol = "NDJSON" | "SSE" | "WebSocket";

async function open(options: { web: WebProcess; buildId: string; protocol: Protocol; after: number }): Promise<Stretch> {
  const { web: { url }, buildId, protocol, after } = options;
  const headers = { authorization: `Bearer ${token}` };
  if (protocol === "WebSocket") {
    const socket = await openSocket({ url, path: `/api/v1/builds/${buildId}/stream?after_id=${after}`, protocols: ["slipway.v1", `bearer.${token}`] });
    return {
      sees: async (id) => void (await socket.until((event) => event.id === id)),
      events: async () => {
        await socket.closed();
        return socket.events;
      },
    };
  }
  const reading = await openReading(
    protocol === "SSE"
      ? { url, path: `/api/v1/builds/${buildId}/events`, headers: { ...headers, accept: "text/event-stream", "last-event-id": String(after) } }
      : { url, path: `/api/v1/builds/${buildId}/events?after_id=${after}`, headers },
  );
  return {
    sees: async (id) => void (await reading.until(new RegExp(`"id":${id},`))),
    events: async () => parseEvents((await reading.ended()).text),
  };
}

/** Talks until it is cancelled: however long the readers take to change their server, the build is under way. */
const TALKS = "i=0; while :; do i=$((i+1)); echo line-$i; if [ $((i % 20)) -eq 0 ]; then sleep 0.2; fi; done";

it("streams of three protocols go on without a gap or a repeat when their web process is killed, and when the next one drains", async () => {
  const [killed, drained, last] = [await openWeb(), await openWeb(), await openWeb()];
  const { buildId } = await platform.push({ first: TALKS, second: "echo second", third: "echo third" });
  const protocols: Protocol[] = ["NDJSON", "SSE", "WebSocket"];
  const told = new Map<Protocol, StreamedEvent[]>(protocols.map((protocol) => [protocol, []]));
  const cursor = (protocol: Protocol): number => told.get(protocol)?.at(-1)?.id ?? 0;

  const followFor = async (web: WebProcess, events: number | null, end: () => Promise<void>): Promise<void> => {
    const stretches = await Promise.all(protocols.map(async (protocol) => ({ protocol, stretch: await open({ web, buildId, protocol, after: cursor(protocol) }) })));
    if (events !== null) await Promise.all(stretches.map(({ protocol, stretch }) => stretch.sees(cursor(protocol) + events)));
    await end();
    for (const { protocol, stretch } of stretches) told.get(protocol)?.push(...(await stretch.events()));
  };

  await followFor(killed, 60, () => killed.kill());
  await followFor(drained, 100, () => drained.stop());
  for (const protocol of protocols) expect(told.get(protocol)?.some((event) => event.type === "build.completed")).toBe(false);
  await followFor(last, 100, async () => void (await cancelBuild({ context: platform.context, actor: platform.actor, buildId, requestId: null })));
  expect(await platform.finished(buildId)).toBe("cancelled");
  const whole = parseEvents(await (await fetch(`${last.url}/api/v1/builds/${buildId}/events`, { headers: { authorization: `Bearer ${token}` } })).text());
  expect(whole.map((event) => event.id)).toEqual(whole.map((_, index) => index + 1));
  const lines = whole.flatMap((event) => (event.message?.startsWith("line-") === true ? event.message : []));
  expect(lines.length).toBeGreaterThan(200);
  expect(lines).toEqual(lines.map((_, index) => `line-${index + 1}`));
  for (const protocol of protocols) expect([protocol, told.get(protocol)]).toEqual([protocol, whole]);
});
