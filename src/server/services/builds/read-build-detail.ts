/** The rows of one build's answer in one statement: a build's status is asked for far more often than anything else. */
import { actsAsAdmin, type Actor } from "~/domain/actor";
import type { BuildEvent } from "../../db/generated/client";
import { VISIBLE_SQL, WRITABLE_SQL } from "../access";
import type { ServiceContext } from "../context";
import type { InJson, StageRow, SummaryRow } from "./build-view";
import { SUMMARY_FROM, SUMMARY_SQL } from "./summary-sql";
import { noSuchBuild, type BuildRef } from "./find-build";
import type { ArtifactRow } from "./list-artifacts";
import type { LogChunkRow } from "./read-log-lines";

/** As the statement answers it: inside of JSON, times are text. */
export interface BuildDetailRow {
  summary: InJson<Omit<SummaryRow, "stages">>;
  request_id: string | null;
  last_event_id: number;
  last_line: number;
  log_bytes: string;
  log_capped: boolean;
  content_removed_at: Date | null;
  stages: InJson<StageRow & { isStale: boolean | null; staleReason: string | null }>[] | null;
  /** By name; the stages' order is the stages'. */
  artifacts: ArtifactRow[] | null;
  events: InJson<BuildEvent>[] | null;
  /** Chunks that hold the newest lines, in order; the first may begin before them. */
  newest_log: InJson<LogChunkRow>[] | null;
  latest_build_id: string | null;
  locked: boolean;
  can_write: boolean;
}

// Of a log with thousands of chunks the newest are found by their key: the one that holds a line is the last that begins at or before it.
const DETAIL = `
  SELECT
    ${SUMMARY_SQL} AS summary,
    b.request_id, b.last_event_id, b.last_line, b.log_bytes, b.log_capped, b.content_removed_at, r.latest_build_id, r.locked,
    (SELECT json_agg(json_build_object(
        'id', s.id, 'buildId', s.build_id, 'key', s.key, 'title', s.title, 'position', s.position, 'needs', s.needs, 'status', s.status, 'attempt', s.attempt, 'fingerprint', s.fingerprint,
        'inputs', json_build_object('toolchain', s.inputs -> 'toolchain'), 'cached', s.cached, 'reason', s.reason, 'progress', s.progress, 'errorCode', s.error_code, 'errorMessage', s.error_message,
        'errorLocation', s.error_location, 'errorLine', s.error_line, 'report', s.report, 'startedAt', s.started_at, 'completedAt', s.completed_at, 'durationMs', s.duration_ms,
        'logLines', s.log_lines, 'insecure', s.insecure, 'isStale', rs.is_stale, 'staleReason', rs.stale_reason) ORDER BY s.position)
      FROM build_stage s LEFT JOIN release_stage rs ON rs.release_id = b.release_id AND rs.key = s.key WHERE s.build_id = b.id) AS stages,
    (SELECT json_agg(json_build_object('buildId', a.build_id, 'name', a.name, 'stageKey', a.stage_key, 'mediaType', a.media_type, 'size', a.size, 'sha256', a.sha256) ORDER BY a.name)
      FROM artifact a WHERE a.build_id = b.id) AS artifacts,
    (SELECT json_agg(json_build_object('buildId', e.build_id, 'id', e.id, 'type', e.type, 'stageKey', e.stage_key, 'payload', e.payload, 'createdAt', e.created_at) ORDER BY e.id)
      FROM build_event e WHERE e.build_id = b.id) AS events,
    (SELECT json_agg(c ORDER BY c.first_line) FROM (
        SELECT first_line, first_stage_line, line_count, stage_key, stream, body, created_at FROM log_chunk
        WHERE build_id = b.id AND first_line >= coalesce((SELECT max(first_line) FROM log_chunk WHERE build_id = b.id AND first_line <= b.last_line - $3 + 1), 0)
        ORDER BY first_line DESC LIMIT $3) c) AS newest_log,
    ${WRITABLE_SQL} AS can_write
  ${SUMMARY_FROM}
  LEFT JOIN membership m ON m.workspace_id = b.workspace_id AND m.user_id = $1
  WHERE ${VISIBLE_SQL}`;

/** `tail`: how many of the newest log lines to read. Throws `not_found`, also for a build the caller may not see. */
export async function readBuildDetail(options: { context: Pick<ServiceContext, "database">; actor: Actor | null; build: BuildRef; tail: number }): Promise<BuildDetailRow> {
  const { context, actor, build, tail } = options;
  const { pool } = context.database;
  const asked = [actor?.userId ?? null, actor !== null && actsAsAdmin(actor), tail];
  const { rows } =
    "build_id" in build
      ? await pool.query<BuildDetailRow>({ name: "build-detail", text: `${DETAIL} AND b.id = $4`, values: [...asked, build.build_id] })
      : await pool.query<BuildDetailRow>({ name: "build-detail-by-number", text: `${DETAIL} AND w.slug = split_part($4, '/', 1) AND p.name = split_part($4, '/', 2) AND b.number = $5`, values: [...asked, build.package, build.number] });
  const row = rows[0];
  if (row === undefined) throw noSuchBuild(build);
  return row;
}
