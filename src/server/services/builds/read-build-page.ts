/** The next frames of a build after a cursor, as one statement. */
import { z } from "zod";
import type { BuildEventView } from "../../api/schemas/builds";
import { deploymentView, stageStatus } from "../../api/schemas/builds";
import type { ServiceContext } from "../context";

/** Frames may be shared among readers: never change one. */
export interface LinesFrame {
  readonly type: "lines";
  readonly stage: string;
  readonly stream: "stdout" | "stderr" | "system";
  /** Numbers of the first line: in the build, in its stage, and as an event. The others follow on. */
  readonly first_line: number;
  readonly first_stage_line: number;
  readonly first_event_id: number;
  readonly created_at: string;
  readonly lines: string[];
}

export interface EventFrame {
  readonly type: "event";
  readonly event: BuildEventView;
}

export type BuildFrame = EventFrame | LinesFrame;

/** The id of the frame's last event: where to resume after it. */
export function lastEventIdOf(frame: BuildFrame): number {
  return frame.type === "event" ? frame.event.id : frame.first_event_id + frame.lines.length - 1;
}

export interface BuildPage {
  frames: readonly BuildFrame[];
  more: boolean;
  /** The build is over and the cursor is past its last event. */
  over: boolean;
}

const EVENTS_A_PAGE = 200;
/** A chunk has some 64 KB, and each reader holds one page. */
const CHUNKS_A_PAGE = 16;

/** Also says that it is over when there is no such build. */
export async function readBuildPage(options: { context: Pick<ServiceContext, "database">; buildId: string; cursor: number }): Promise<BuildPage> {
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
    deployment: deploymentView.optional(),
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
