/** A build's events as NDJSON or SSE, resumable without loss or repeats. */
import type { ServerResponse } from "node:http";
import { isFinal } from "~/domain/statuses";
import { STREAM_TIMES } from "../api/context";
import { describeSlowReader, waitUntilTaken } from "../http/slow-reader";
import { findBuild } from "../services/builds/find-build";
import { lastEventIdOf, parseEventId, streamBuild } from "../services/builds/stream-build";
import { watchAccess } from "../services/builds/watch-access";
import { preferType } from "./prefer-type";
import { presentFrame } from "./present-events";
import type { RestRequest } from "./rest-request";

const FORMATS = { "application/x-ndjson": "ndjson", "text/event-stream": "sse" } as const;

/** What keeps a silent stream open: a comment, and a blank line, which readers of NDJSON skip. */
const BEAT = { sse: ": ping\n\n", ndjson: "\n" } as const;

/** Ends after `build.completed`, or with a last word once the reader may not have the build any more. `after_id` goes before `Last-Event-ID`. */
export async function streamEvents(rest: RestRequest): Promise<void> {
  const { ctx, request, response, signal } = rest;
  const context = ctx.services;
  const { heartbeatMs, stallMs } = ctx.settings.streams ?? STREAM_TIMES;
  const build = await findBuild({ context, actor: ctx.actor, build: { build_id: rest.params.build_id ?? "" } });
  let cursor = readCursor(rest);
  const format = FORMATS[preferType({ accept: request.headers.accept, offered: ["application/x-ndjson", "text/event-stream"] })];
  response.appendHeader("Vary", "Accept");
  // A browser's event source opens again whatever ended, for ever, unless it is told that there is no more.
  if (format === "sse" && isFinal(build.status) && cursor >= build.lastEventId) {
    response.writeHead(204, { "Cache-Control": "no-store" }).end();
    return;
  }
  response.writeHead(200, {
    "Content-Type": format === "sse" ? "text/event-stream; charset=utf-8" : "application/x-ndjson; charset=utf-8",
    "Cache-Control": "no-store",
    "X-Accel-Buffering": "no",
  });
  if (request.method === "HEAD") {
    response.end();
    return;
  }
  response.flushHeaders();
  // Proxies close what is silent. A reader that has much to read yet needs no reminder.
  const beating = setInterval(() => response.writableNeedDrain || response.write(BEAT[format]), heartbeatMs);
  const access = watchAccess({ context, reader: ctx, buildId: build.id, everyMs: heartbeatMs });
  const until = AbortSignal.any([signal, access.signal]);
  try {
    for await (const frame of streamBuild({ context, buildId: build.id, afterEventId: cursor, signal: until })) {
      if (access.lost() !== null) break;
      const taken = response.write(presentFrame({ frame, buildId: build.id })[format]());
      cursor = lastEventIdOf(frame);
      if (!taken && !(await waitUntilTaken({ response, stallMs, signal: until }))) {
        cutOff({ response, format, cursor, stallMs });
        return;
      }
    }
  } catch (error) {
    if (!until.aborted) throw error;
  } finally {
    clearInterval(beating);
    access.leave();
  }
  const lost = access.lost();
  if (lost !== null && !signal.aborted) {
    writeLastWord({ response, format, cursor, code: lost.code, detail: lost.userMessage });
    giveUpAfter({ response, stallMs });
  }
  response.end();
}

/** The last word stands behind all that the reader has not taken yet, so it is in its place when it does read on. */
function cutOff(options: { response: ServerResponse; format: "sse" | "ndjson"; cursor: number; stallMs: number }): void {
  const { response, format, cursor, stallMs } = options;
  writeLastWord({ response, format, cursor, code: "slow_reader", detail: describeSlowReader(stallMs) });
  // Closed without the end of the body: a reader knows that more was to come.
  response.socket?.end();
  giveUpAfter({ response, stallMs });
}

function writeLastWord(options: { response: ServerResponse; format: "sse" | "ndjson"; cursor: number; code: string; detail: string }): void {
  const { response, format, cursor, code, detail } = options;
  const word = JSON.stringify({ object: "stream.error", code, detail, after_id: cursor });
  response.write(format === "sse" ? `event: stream.error\ndata: ${word}\nretry: 500\n\n` : `${word}\n`);
}

/** A reader that does not even take the end is not waited for. */
function giveUpAfter({ response, stallMs }: { response: ServerResponse; stallMs: number }): void {
  const giveUp = setTimeout(() => response.destroy(), stallMs);
  response.once("close", () => clearTimeout(giveUp));
}

function readCursor({ url, request }: RestRequest): number {
  const asked = url.searchParams.get("after_id");
  if (asked !== null) return parseEventId({ value: asked, field: "after_id" });
  const header = request.headers["last-event-id"];
  return parseEventId({ value: Array.isArray(header) ? header[0] : header, field: "Last-Event-ID" });
}
