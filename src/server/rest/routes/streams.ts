/** What goes on while a build does. */
import { z } from "zod";
import { buildEvent } from "../../api/schemas/builds";
import { AppError } from "~/domain/errors";
import { MAX_EVENT_ID } from "../../services/builds/stream-build";
import { streamEvents } from "../stream-events";
import type { RestRequest } from "../rest-request";
import { countedRead } from "./counted";
import type { HandWrittenRoute } from "./route";

const eventId = z.int().min(0).max(MAX_EVENT_ID).optional();

const EXAMPLE = {
  object: "build.event",
  id: 12,
  type: "build.log",
  build_id: "build_01KB2Q4W8M3V6T0N5R9XJ7YHCE",
  created: "2026-11-21T09:30:01.250Z",
  step: "transpile",
  stream: "stdout",
  message: "1 module, 0 warnings",
  line: 9,
  stage_line: 3,
};

export const streamRoutes: readonly HandWrittenRoute[] = [
  {
    method: "GET",
    path: "/api/v1/builds/{build_id}/events",
    handler: countedRead(streamEvents),
    document: {
      operationId: "follow_build",
      tag: "Builds",
      summary: "Everything that happens in a build, live",
      description:
        "One event a line (NDJSON), or server-sent events with `Accept: text/event-stream`. Begins with `build.created`, ends after `build.completed`. " +
        "Event ids grow without gaps: after a lost connection ask with `after_id` (or `Last-Event-ID`, as browsers do by themselves) for what came since, and nothing is lost or told twice. " +
        "Server-sent events of a build that is over, asked for after its last one, are 204: an event source stops then. " +
        "A stream that closes before `build.completed` was cut off: ask again. While nothing happens a blank line (NDJSON; skip it) or a comment (server-sent events) comes every 15 s. " +
        "A reader that takes nothing for 30 s is cut off after a last word, `{\"object\": \"stream.error\", \"code\": \"slow_reader\", \"detail\", \"after_id\"}` (as server-sent events: `event: stream.error`). " +
        "Every 15 s it is looked at again whether you may have the build: when your token is revoked or the build is no longer yours to see, the stream ends after the same word with the code `unauthenticated` or `not_found`.",
      access: "public",
      limit: "reads",
      errors: ["validation_failed"],
      parameters: [
        { name: "after_id", in: "query", description: "Only events after this one. Goes before `Last-Event-ID`.", schema: eventId, example: 11 },
        { name: "Last-Event-ID", in: "header", description: "The same, as an event source sends it.", schema: z.string().optional(), example: "11" },
        { name: "Accept", in: "header", description: "`text/event-stream` for server-sent events.", schema: z.string().optional(), example: "application/x-ndjson" },
      ],
      answers: [
        {
          status: 200,
          description: "Events, one after the other.",
          content: {
            "application/x-ndjson": { schema: buildEvent, example: EXAMPLE },
            "text/event-stream": { schema: z.string(), example: `id: 12\nevent: build.log\ndata: ${JSON.stringify(EXAMPLE)}\n\n` },
          },
        },
        { status: 204, description: "Server-sent events: the build is over, and you have its last event." },
      ],
    },
  },
  {
    method: "GET",
    path: "/api/v1/builds/{build_id}/stream",
    // What comes here did not ask for a socket: those that do are taken by the web server.
    handler: countedRead(refuseWithoutUpgrade),
    document: {
      operationId: "open_build_socket",
      tag: "Builds",
      summary: "Everything that happens in a build, over a WebSocket",
      description:
        "The same events as `/events`, one JSON text a message. Offer the subprotocols `slipway.v1` and `bearer.slw_…` (your token), or send `Authorization`, or come from this site with its cookie; `slipway.v1` is answered. " +
        "Closes with 1000 after `build.completed`. Other codes: 4401 for a token that does not hold, 4403 for the cookie from another site, 4404 for a build you may not see (4401 and 4404 also later, within 15 s of the loss), 4422 for a wrong `after_id`, 4429 past the limit of reads, " +
        "4408 for a reader that takes nothing for 30 s, 1001 when the server stops, 1011 and 1013 for faults of the server: after these connect again with the `after_id` of the last event you have. " +
        "The server pings every 15 s and cuts off who does not answer. It reads no messages: more than 64 close with 1008, one of more than 1 KB with 1009.",
      access: "public",
      limit: "reads",
      errors: ["upgrade_required", "validation_failed"],
      parameters: [
        { name: "after_id", in: "query", description: "Only events after this one.", schema: eventId, example: 11 },
        { name: "Sec-WebSocket-Protocol", in: "header", description: "`slipway.v1`, and beside it the token.", schema: z.string().optional(), example: "slipway.v1, bearer.slw_3kq9XvT2" },
      ],
      answers: [{ status: 101, description: "The socket is open." }],
    },
  },
];

function refuseWithoutUpgrade({ response }: RestRequest): Promise<never> {
  response.setHeader("Upgrade", "websocket");
  return Promise.reject(new AppError("upgrade_required", { userMessage: "This address is a WebSocket. Open it as one, or read /events." }));
}
