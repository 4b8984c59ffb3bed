/** A build's events as NDJSON or SSE, resumable without loss or repeats. */
import { once } from "node:events";
import { invalidField } from "~/domain/errors";
import type { BuildEventView } from "../api/schemas/builds";
import { findBuild } from "../services/builds/find-build";
import { streamBuild, type BuildFrame } from "../services/builds/stream-build";
import type { RestRequest } from "./rest-request";

/** Proxies close what is silent. */
const PING_MS = 15_000;

/** Ends after `build.completed`. `after_id` goes before `Last-Event-ID`. */
export async function streamEvents(rest: RestRequest): Promise<void> {
  const { ctx, request, response, signal } = rest;
  const context = ctx.services;
  const build = await findBuild({ context, actor: ctx.actor, build: { build_id: rest.params.build_id ?? "" } });
  const afterEventId = parseCursor(rest);
  const isSse = (request.headers.accept ?? "").includes("text/event-stream");
  response.writeHead(200, {
    "Content-Type": isSse ? "text/event-stream; charset=utf-8" : "application/x-ndjson; charset=utf-8",
    "Cache-Control": "no-store",
    "X-Accel-Buffering": "no",
  });
  response.flushHeaders();
  const ping = isSse ? setInterval(() => response.write(": ping\n\n"), PING_MS) : undefined;
  try {
    for await (const frame of streamBuild({ context, buildId: build.id, afterEventId, signal })) {
      const text = toEvents({ frame, buildId: build.id }).map(isSse ? toSse : toNdjson).join("");
      if (!response.write(text)) await once(response, "drain", { signal });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    clearInterval(ping);
  }
  response.end();
}

/** Each line of a frame as an event of its own. */
export function toEvents({ frame, buildId }: { frame: BuildFrame; buildId: string }): BuildEventView[] {
  if (frame.type === "event") return [frame.event];
  return frame.lines.map((message, index) => ({
    object: "build.event",
    id: frame.first_event_id + index,
    type: "build.log",
    build_id: buildId,
    created: frame.created_at,
    step: frame.stage,
    stream: frame.stream,
    message,
    line: frame.first_line + index,
    stage_line: frame.first_stage_line + index,
  }));
}

function toSse(event: BuildEventView): string {
  return `id: ${event.id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

function toNdjson(event: BuildEventView): string {
  return `${JSON.stringify(event)}\n`;
}

function parseCursor(rest: RestRequest): number {
  const asked = rest.url.searchParams.get("after_id");
  const header = rest.request.headers["last-event-id"];
  const text = asked ?? (Array.isArray(header) ? header[0] : header) ?? "";
  if (text === "") return 0;
  const id = Number(text);
  if (Number.isSafeInteger(id) && id >= 0) return id;
  throw invalidField(asked === null ? "Last-Event-ID" : "after_id", "must be the id of an event, a whole number.");
}
