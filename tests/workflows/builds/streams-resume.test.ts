import { afterAll, beforeAll, expect, it } from "vitest";
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
  sees(pattern: RegExp): Promise<void>;
  events(): Promise<StreamedEvent[]>;
}

type Protocol = "NDJSON" | "SSE" | "WebSocket";

async function open(options: { web: WebProcess; buildId: string; protocol: Protocol; after: number }): Promise<Stretch> {
  const { web: { url }, buildId, protocol, after } = options;
  const headers = { authorization: `Bearer ${token}` };
  if (protocol === "WebSocket") {
    const socket = await openSocket({ url, path: `/api/v1/builds/${buildId}/stream?after_id=${after}`, protocols: ["slipway.v1", `bearer.${token}`] });
    return {
      sees: async (pattern) => void (await socket.until((event) => pattern.test(event.message ?? ""))),
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
    sees: async (pattern) => void (await reading.until(pattern)),
    events: async () => parseEvents((await reading.ended()).text),
  };
}

/** Prints until the file is there, so that the build is as long as the test needs it. */
const TALKS = "i=0; while [ $i -lt 1500 ]; do i=$((i+1)); echo line-$i; if [ $((i % 20)) -eq 0 ]; then sleep 0.1; fi; done";

it("streams of three protocols go on without a gap or a repeat when their web process is killed, and when the next one drains", async () => {
  const { buildId } = await platform.push({ first: TALKS, second: "echo second", third: "echo third" });
  const protocols: Protocol[] = ["NDJSON", "SSE", "WebSocket"];
  const told = new Map<Protocol, StreamedEvent[]>(protocols.map((protocol) => [protocol, []]));
  const cursor = (protocol: Protocol): number => told.get(protocol)?.at(-1)?.id ?? 0;

  const followUntil = async (web: WebProcess, pattern: RegExp | null, end: () => Promise<void>): Promise<void> => {
    const stretches = await Promise.all(protocols.map(async (protocol) => ({ protocol, stretch: await open({ web, buildId, protocol, after: cursor(protocol) }) })));
    if (pattern !== null) await Promise.all(stretches.map(({ stretch }) => stretch.sees(pattern)));
    await end();
    for (const { protocol, stretch } of stretches) told.get(protocol)?.push(...(await stretch.events()));
  };

  const killed = await openWeb();
  await followUntil(killed, /line-60\b/, () => killed.kill());
  const drained = await openWeb();
  await followUntil(drained, /line-600\b/, () => drained.stop());
  for (const protocol of protocols) expect(cursor(protocol)).toBeLessThan(1_500);

  const last = await openWeb();
  await followUntil(last, null, () => Promise.resolve());
  expect(await platform.finished(buildId)).toBe("successful");
  const whole = parseEvents(await (await fetch(`${last.url}/api/v1/builds/${buildId}/events`, { headers: { authorization: `Bearer ${token}` } })).text());
  expect(whole.map((event) => event.id)).toEqual(whole.map((_, index) => index + 1));
  expect(whole.filter((event) => event.message?.startsWith("line-"))).toHaveLength(1_500);
  for (const protocol of protocols) expect([protocol, told.get(protocol)]).toEqual([protocol, whole]);
});
