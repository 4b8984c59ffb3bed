/** Reads a build's log by line number, out of its chunks. */
import { z } from "zod";
import type { LogLine } from "../../api/schemas/builds";
import type { ServiceContext } from "../context";
import { toIso, type InJson } from "./build-view";

export interface LogChunkRow {
  first_line: number;
  first_stage_line: number;
  line_count: number;
  stage_key: string;
  stream: string;
  body: string;
  created_at: Date;
}

const COLUMNS = "first_line, first_stage_line, line_count, stage_key, stream, body, created_at";
const BATCH = 64;
const streamName = z.enum(["stdout", "stderr", "system"]).catch("stdout");

export interface ReadLogLinesOptions {
  context: Pick<ServiceContext, "database">;
  buildId: string;
  /** Lines of this stage alone. */
  stage?: string;
  /** Lines whose number in the build is greater; default 0: all. */
  afterLine?: number;
  /** With `stage`: lines from this number in the stage on. */
  fromStageLine?: number;
  limit: number;
  /** Lines to keep; the others don't count against `limit`. */
  keep?: (line: LogLine) => boolean;
}

/** In order, at most `limit`. Reads no more chunks than it needs. */
export async function readLogLines(options: ReadLogLinesOptions): Promise<LogLine[]> {
  const lines: LogLine[] = [];
  for await (const line of streamLogLines(options)) {
    if (options.keep !== undefined && !options.keep(line)) continue;
    lines.push(line);
    if (lines.length >= options.limit) break;
  }
  return lines;
}

/** Every line from the given place on, chunk by chunk. */
export async function* streamLogLines(options: Omit<ReadLogLinesOptions, "limit" | "keep">): AsyncGenerator<LogLine> {
  const afterLine = options.afterLine ?? 0;
  const fromStageLine = options.fromStageLine ?? 1;
  for await (const chunk of streamLogChunks({ ...options, afterLine, fromStageLine })) {
    for (const line of splitChunk(chunk)) {
      if (line.id > afterLine && (options.stage === undefined || line.stage_line >= fromStageLine)) yield line;
    }
  }
}

/** The chunks that hold the wanted lines and all after them; the first may begin before. */
export async function* streamLogChunks(options: {
  context: Pick<ServiceContext, "database">;
  buildId: string;
  stage?: string;
  afterLine: number;
  fromStageLine: number;
}): AsyncGenerator<LogChunkRow> {
  const { pool } = options.context.database;
  let after = options.afterLine;
  let fromStage = options.fromStageLine;
  for (;;) {
    const rows =
      options.stage === undefined
        ? await pool.query<LogChunkRow>({ name: "log-chunks", text: BY_LINE, values: [options.buildId, after + 1] })
        : await pool.query<LogChunkRow>({ name: "log-chunks-of-stage", text: BY_STAGE_LINE, values: [options.buildId, options.stage, fromStage, after] });
    yield* rows.rows;
    const last = rows.rows.at(-1);
    if (last === undefined || rows.rows.length < BATCH) return;
    after = last.first_line + last.line_count - 1;
    fromStage = last.first_stage_line + last.line_count;
  }
}

// Chunks don't overlap: the one that holds a line is the last that begins at or before it, found by the key alone.
const BY_LINE = `
  SELECT ${COLUMNS} FROM log_chunk
  WHERE build_id = $1
    AND first_line >= coalesce((SELECT max(first_line) FROM log_chunk WHERE build_id = $1 AND first_line <= $2), 0)
    AND first_line + line_count > $2
  ORDER BY first_line LIMIT ${BATCH}`;

const BY_STAGE_LINE = `
  SELECT ${COLUMNS} FROM log_chunk
  WHERE build_id = $1 AND stage_key = $2
    AND first_stage_line >= coalesce((SELECT max(first_stage_line) FROM log_chunk WHERE build_id = $1 AND stage_key = $2 AND first_stage_line <= $3), 0)
    AND first_stage_line + line_count > $3 AND first_line + line_count > $4 + 1
  ORDER BY first_stage_line LIMIT ${BATCH}`;

export function splitChunk(chunk: InJson<LogChunkRow>): LogLine[] {
  const created = toIso(chunk.created_at);
  const stream = streamName.parse(chunk.stream);
  return chunk.body.split("\n").map((message, index) => ({
    id: chunk.first_line + index,
    stage_line: chunk.first_stage_line + index,
    stage: chunk.stage_key,
    stream,
    created_at: created,
    message,
  }));
}
