/** Releases as every surface answers them. */
import type { ReleaseView } from "../../api/schemas/packages";
import type { Prisma } from "../../db/generated/client";
import { isoOrNull, summarySelect, toBuildSummary } from "../builds/build-view";
import type { ServiceContext } from "../context";

const releaseSelect = {
  id: true,
  packageId: true,
  version: true,
  commitSha: true,
  ref: true,
  locked: true,
  displayStatus: true,
  totalBuildDurationMs: true,
  fileCount: true,
  totalSize: true,
  createdAt: true,
  updatedAt: true,
  package: { select: { name: true, kind: true, workspace: { select: { slug: true } } } },
  createdBy: { select: { handle: true, name: true, image: true } },
  stages: { orderBy: { position: "asc" } },
  builds: { orderBy: { id: "desc" }, take: 1, select: summarySelect },
} satisfies Prisma.ReleaseSelect;

/** Views in the order of the ids. The caller must have checked that all of them may be seen. */
export async function loadReleaseViews(options: { context: ServiceContext; ids: string[] }): Promise<ReleaseView[]> {
  const { context, ids } = options;
  const { db } = context.database;
  const rows = await db.release.findMany({ where: { id: { in: ids } }, select: releaseSelect });
  const newest = await db.release.groupBy({ by: ["packageId"], where: { packageId: { in: rows.map((row) => row.packageId) } }, _max: { id: true } });
  const latest = new Set(newest.map((group) => group._max.id));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    if (row === undefined) return [];
    const titles = new Map(context.pipelines.get(row.package.kind)?.stages.map((stage) => [stage.key, stage.title]));
    const build = row.builds[0];
    return {
      release_id: row.id,
      package: `${row.package.workspace.slug}/${row.package.name}`,
      kind: row.package.kind,
      version: row.version,
      commit_sha: row.commitSha,
      ref: row.ref,
      locked: row.locked,
      is_latest: latest.has(row.id),
      display_status: row.displayStatus,
      total_build_duration_ms: row.totalBuildDurationMs,
      latest_build: build === undefined ? null : toBuildSummary(build),
      stages: row.stages.map((stage) => ({
        key: stage.key,
        title: titles.get(stage.key) ?? stage.key,
        status: stage.status,
        cached: stage.cached,
        is_stale: stage.isStale,
        stale_reason: stage.staleReason,
        error: stage.errorMessage === null ? null : { code: stage.errorCode ?? "failed", message: stage.errorMessage },
        started_at: isoOrNull(stage.startedAt),
        completed_at: isoOrNull(stage.completedAt),
        duration_ms: stage.durationMs,
      })),
      created_by: row.createdBy,
      file_count: row.fileCount,
      total_size: Number(row.totalSize),
      created_at: row.createdAt.toISOString(),
      updated_at: row.updatedAt.toISOString(),
    };
  });
}
