import { createServer, type Server, type ServerResponse } from "node:http";
import { afterEach, expect, it } from "vitest";
import { createApiClient } from "../http/api-client";
import { followBuild, type FollowOptions } from "./follow-build";

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A server that answers each connection in turn as told; the last way again and again. */
async function serve(...ways: ((response: ServerResponse) => void)[]): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const opened = createServer((request, response) => {
    asked.push(request.url ?? "");
    ways[Math.min(asked.length, ways.length) - 1]?.(response);
  });
  server = opened;
  await new Promise<void>((resolve) => opened.listen(0, "127.0.0.1", resolve));
  const address = opened.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return { url: `http://127.0.0.1:${address.port}`, asked };
}

const event = (id: number, type = "build.log"): string => `${JSON.stringify({ object: "build.event", id, type, status: type === "build.completed" ? "successful" : undefined, message: `m${id}` })}\n`;

async function idsOf(url: string, options: Partial<FollowOptions> = {}): Promise<number[]> {
  const notes: string[] = [];
  const api = createApiClient({ server: url, token: undefined, tokenSource: null, note: (text) => notes.push(text) });
  const ids: number[] = [];
  for await (const { id } of followBuild({ api, buildId: "build_1", note: (text) => notes.push(text), ...options })) ids.push(id);
  return ids;
}

it("skips signs of life, what is no event, and events that come again", async () => {
  const { url } = await serve((response) => response.end(`\n${event(1)}{"object":"stream.error","code":"slow_reader"}\nnonsense\n${event(1)}${event(2)}\n${event(3, "build.completed")}`));
  expect(await idsOf(url)).toEqual([1, 2, 3]);
});

it("goes on after the last whole event when a stream ends early, in the middle of a line, or falls silent", async () => {
  const { url, asked } = await serve(
    (response) => response.end(event(1) + event(2)),
    (response) => response.write(event(3) + event(4).slice(0, 20), () => response.destroy()),
    (response) => void response.write(event(4)),
    (response) => response.writeHead(503, { "content-type": "text/plain" }).end("starting"),
    (response) => response.end(event(5, "build.completed")),
  );
  expect(await idsOf(url, { silenceMs: 300 })).toEqual([1, 2, 3, 4, 5]);
  expect(asked.map((path) => path.split("=")[1])).toEqual(["0", "2", "3", "4", "4"]);
});

it("gives up on a server that stays away, and says how to go on", async () => {
  const { url } = await serve((response) => response.destroy());
  await expect(idsOf(url, { patienceMs: 0 })).rejects.toThrow(expect.objectContaining({ exitCode: 5, fix: expect.stringContaining("slipway logs -f build_1") }));
});

it("ends without an error when it is told to stop", async () => {
  const abort = new AbortController();
  const { url } = await serve((response) => {
    response.write(event(1));
    abort.abort();
  });
  expect((await idsOf(url, { signal: abort.signal })).length).toBeLessThan(2);
});
