/**
 * Which builds lose their log and artifacts: those that are over for as long as the configuration says, but never
 * the latest successful build of a release (and so of a package), and never one whose result a kept build reused.
 */
import type { ServiceContext } from "../context";

export interface RemovableBuild {
  id: string;
  number: number;
  package: string;
  status: string;
  completedAt: Date;
  logBytes: number;
  artifacts: number;
  artifactBytes: number;
}

const LATEST_SUCCESS = (build: string): string =>
  `(${build}.status = 'successful' AND NOT EXISTS (SELECT 1 FROM build newer WHERE newer.release_id = ${build}.release_id AND newer.status = 'successful' AND newer.id > ${build}.id))`;

/** Of the build `b`; `$1`: the time before which it must have ended. */
export const REMOVABLE_SQL = `
  b.content_removed_at IS NULL AND b.status IN ('successful', 'failed', 'cancelled') AND b.completed_at < $1
  AND NOT ${LATEST_SUCCESS("b")}
  AND NOT EXISTS (
    SELECT 1 FROM build_stage mine JOIN build_stage reused ON reused.cached_from_id = mine.id JOIN build holder ON holder.id = reused.build_id
    WHERE mine.build_id = b.id AND holder.id <> b.id AND holder.content_removed_at IS NULL
      AND (holder.completed_at IS NULL OR holder.completed_at >= $1 OR ${LATEST_SUCCESS("holder")}))`;

const SCAN = 500;

/** Null: nothing is ever removed. */
export function cutoffOf(options: { context: Pick<ServiceContext, "limits">; now: number }): Date | null {
  const { retentionDays } = options.context.limits;
  return retentionDays === 0 ? null : new Date(options.now - retentionDays * 86_400_000);
}

/**
 * In the order of their ids. Old builds are read a few hundred at a time, and only those are looked at closely: no
 * statement works through all builds.
 */
export async function* listRemovableBuilds(options: { context: Pick<ServiceContext, "database">; cutoff: Date }): AsyncGenerator<RemovableBuild> {
  const { context, cutoff } = options;
  const { pool } = context.database;
  let after = "";
  for (;;) {
    const { rows: old } = await pool.query<{ id: string }>(
      `SELECT id FROM build WHERE content_removed_at IS NULL AND id > $2 AND completed_at < $1 ORDER BY id LIMIT ${SCAN}`,
      [cutoff, after],
    );
    const last = old.at(-1);
    if (last === undefined) return;
    const { rows } = await pool.query<{ id: string; number: number; package: string; status: string; completed_at: Date; log_bytes: string; artifacts: number; artifact_bytes: string }>(
      `SELECT b.id, b.number, w.slug || '/' || p.name AS package, b.status, b.completed_at, b.log_bytes, a.artifacts, a.artifact_bytes
       FROM build b JOIN package p ON p.id = b.package_id JOIN workspace w ON w.id = b.workspace_id
       CROSS JOIN LATERAL (SELECT count(*)::int AS artifacts, coalesce(sum(size), 0)::bigint AS artifact_bytes FROM artifact WHERE build_id = b.id) a
       WHERE b.id = ANY($2) AND ${REMOVABLE_SQL} ORDER BY b.id`,
      [cutoff, old.map(({ id }) => id)],
    );
    for (const row of rows) {
      yield {
        id: row.id, number: row.number, package: row.package, status: row.status, completedAt: row.completed_at,
        logBytes: Number(row.log_bytes), artifacts: row.artifacts, artifactBytes: Number(row.artifact_bytes),
      };
    }
    if (old.length < SCAN) return;
    after = last.id;
  }
}
