/** What goes on while a build does. */
import { z } from "zod";
import { buildEvent } from "../../api/schemas/builds";
import { streamEvents } from "../stream-events";
import { countedRead } from "./counted";
import type { HandWrittenRoute } from "./route";

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
        "A stream that closes before `build.completed` was cut off: ask again.",
      access: "public",
      limit: "reads",
      parameters: [
        { name: "after_id", in: "query", description: "Only events after this one. Goes before `Last-Event-ID`.", schema: z.int().min(0).optional(), example: 11 },
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
      ],
    },
  },
];
