/**
 * Everything that happens in a build, in order, from any point: the one source behind the page's subscription, NDJSON
 * and SSE. Subscribe first, then read from the cursor, so that nothing falls between; after that, read again whenever
 * the bus says that the build changed. The consumer pulls, so a slow one holds at most one page of frames.
 */
import { z } from "zod";
import type { BuildEventView } from "../../api/schemas/builds";
import { stageStatus } from "../../api/schemas/builds";
import type { ServiceContext } from "../context";

export interface LinesFrame {
  type: "lines";
  stage: string;
  stream: "stdout" | "stderr" | "system";
  /** Numbers of the first line: in the build, in its stage, and as an event. The others follow on. */
  first_line: number;
  first_stage_line: number;
  first_event_id: number;
  created_at: string;
  lines: string[];
}

export interface EventFrame {
  type: "event";
  event: BuildEventView;
}

export type BuildFrame = EventFrame | LinesFrame;

/** The id of the frame's last event: where to resume after it. */
export function lastEventIdOf(frame: BuildFrame): number {
  return frame.type === "event" ? frame.event.id : frame.first_event_id + frame.lines.length - 1;
}

export interface StreamBuildOptions {
  context: ServiceContext;
  buildId: string;
  /** 0: from the beginning. */
  afterEventId: number;
  signal: AbortSignal;
}

const EVENTS_A_PAGE = 200;
const CHUNKS_A_PAGE = 50;

/** Ends after `build.completed` or when `signal` aborts. */
export async function* streamBuild(options: StreamBuildOptions): AsyncGenerator<BuildFrame, void, undefined> {
  const { context, buildId, signal } = options;
  let cursor = options.afterEventId;
  let dirty = true;
  let wake: () => void = () => undefined;
  const onNotice = () => {
    dirty = true;
    wake();
  };
  signal.addEventListener("abort", onNotice, { once: true });
  const unsubscribe = await context.bus.subscribe("build", buildId, onNotice);
  try {
    while (!signal.aborted) {
      dirty = false;
      const page = await readPage({ context, buildId, cursor });
      for (const frame of page.frames) {
        yield frame;
        cursor = lastEventIdOf(frame);
        if (frame.type === "event" && frame.event.type === "build.completed") return;
      }
      if (page.more) continue;
      if (page.over) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (dirty || signal.aborted) resolve();
      });
    }
  } finally {
    unsubscribe();
    signal.removeEventListener("abort", onNotice);
  }
}

interface Page {
  frames: BuildFrame[];
  more: boolean;
  /** The build is over and the cursor is past its last event. */
  over: boolean;
}

async function readPage(options: { context: ServiceContext; buildId: string; cursor: number }): Promise<Page> {
  const { context, buildId, cursor } = options;
  const { pool } = context.database;
  // One statement, one snapshot: an event and a line that were written one after the other are never seen the wrong way round.
  const { rows } = await pool.query<{ last: number; over: boolean; events: unknown; chunks: unknown }>({
    name: "stream_build_page",
    text: `SELECT b.last_event_id AS last, b.completed_at IS NOT NULL AS over,
        (SELECT coalesce(json_agg(e), '[]') FROM (
           SELECT id, type, stage_key, payload, created_at FROM build_event
            WHERE build_id = b.id AND id > $2 ORDER BY id LIMIT ${EVENTS_A_PAGE}) e) AS events,
        (SELECT coalesce(json_agg(c), '[]') FROM (
           SELECT first_line, first_stage_line, first_event_id, line_count, stage_key, stream, body, created_at FROM log_chunk
            WHERE build_id = b.id AND first_event_id + line_count > $2 + 1
              AND first_event_id >= coalesce((SELECT max(first_event_id) FROM log_chunk WHERE build_id = $1 AND first_event_id <= $2), 0)
            ORDER BY first_event_id LIMIT ${CHUNKS_A_PAGE}) c) AS chunks
      FROM build b WHERE b.id = $1`,
    values: [buildId, cursor],
  });
  const row = rows[0];
  if (row === undefined) return { frames: [], more: false, over: true };
  const events = z.array(eventRow).parse(row.events);
  const chunks = z.array(chunkRow).parse(row.chunks);
  const frames: BuildFrame[] = [...events.map((event) => toEventFrame(buildId, event)), ...chunks.map((chunk) => toLinesFrame(chunk, cursor))];
  frames.sort((a, b) => lastEventIdOf(a) - lastEventIdOf(b));
  // Where one list was cut, the other may reach past it: keep only what is known to be without a gap.
  const eventsReach = events.length === EVENTS_A_PAGE ? (events.at(-1)?.id ?? 0) : Infinity;
  const lastChunk = chunks.at(-1);
  const chunksReach = chunks.length === CHUNKS_A_PAGE && lastChunk !== undefined ? lastChunk.first_event_id + lastChunk.line_count - 1 : Infinity;
  const reach = Math.min(eventsReach, chunksReach);
  return { frames: frames.filter((frame) => lastEventIdOf(frame) <= reach), more: reach !== Infinity, over: row.over && row.last <= cursor };
}

const eventRow = z.object({
  id: z.number(),
  type: z.enum(["build.created", "build.step", "build.completed"]),
  stage_key: z.string().nullable(),
  payload: z.object({
    status: stageStatus.optional(),
    progress: z.number().optional(),
    message: z.string().optional(),
    exit_code: z.number().optional(),
    error_message: z.string().nullable().optional(),
    error_code: z.string().nullable().optional(),
    summary: z.string().optional(),
  }),
  created_at: z.coerce.date(),
});

const chunkRow = z.object({
  first_line: z.number(),
  first_stage_line: z.number(),
  first_event_id: z.number(),
  line_count: z.number(),
  stage_key: z.string(),
  stream: z.enum(["stdout", "stderr", "system"]),
  body: z.string(),
  created_at: z.coerce.date(),
});

function toEventFrame(buildId: string, row: z.infer<typeof eventRow>): EventFrame {
  return {
    type: "event",
    event: {
      object: "build.event",
      id: row.id,
      type: row.type,
      build_id: buildId,
      created: row.created_at.toISOString(),
      ...(row.stage_key === null ? {} : { step: row.stage_key }),
      ...row.payload,
    },
  };
}

/** The chunk as a frame, without the lines up to the cursor. */
function toLinesFrame(row: z.infer<typeof chunkRow>, cursor: number): LinesFrame {
  const seen = Math.max(0, cursor + 1 - row.first_event_id);
  return {
    type: "lines",
    stage: row.stage_key,
    stream: row.stream,
    first_line: row.first_line + seen,
    first_stage_line: row.first_stage_line + seen,
    first_event_id: row.first_event_id + seen,
    created_at: row.created_at.toISOString(),
    lines: row.body.split("\n").slice(seen),
  };
}
