/** Keeps the release record's view of a stage equal to that of its newest build. */
import type { Build, BuildStage, Prisma } from "../../db/generated/client";
import type { Tx } from "../../db/client";

export interface MirrorStageOptions {
  tx: Tx;
  build: Pick<Build, "id" | "releaseId" | "filesDigest">;
  stage: BuildStage;
}

/** An older build of the release changes nothing here. A success clears the stale mark, if the release's files are still its. */
export async function mirrorStage({ tx, build, stage }: MirrorStageOptions): Promise<void> {
  const release = await tx.release.findUniqueOrThrow({ where: { id: build.releaseId }, select: { latestBuildId: true, filesDigest: true } });
  if (release.latestBuildId !== build.id) return;
  const data: Prisma.ReleaseStageUpdateManyMutationInput = {
    status: stage.status,
    cached: stage.cached,
    startedAt: stage.startedAt,
    completedAt: stage.completedAt,
    durationMs: stage.durationMs,
    errorCode: stage.errorCode,
    errorMessage: stage.errorMessage,
  };
  if (stage.status === "successful") {
    data.fingerprint = stage.fingerprint;
    if (stage.inputs !== null) data.inputs = stage.inputs;
    if (release.filesDigest === build.filesDigest) Object.assign(data, { isStale: false, staleReason: null });
  }
  await tx.releaseStage.updateMany({ where: { releaseId: build.releaseId, key: stage.key }, data });
}

/** As `mirrorStage`, for stages whose results were reused together. */
export async function mirrorReusedStages(options: { tx: Tx; build: Pick<Build, "id" | "releaseId" | "filesDigest">; stageIds: readonly string[] }): Promise<void> {
  const { tx, build, stageIds } = options;
  await tx.$executeRaw`
    UPDATE release_stage rs
    SET status = s.status, cached = s.cached, started_at = s.started_at, completed_at = s.completed_at, duration_ms = s.duration_ms, error_code = s.error_code, error_message = s.error_message,
      fingerprint = s.fingerprint, inputs = s.inputs,
      is_stale = rs.is_stale AND r.files_digest <> ${build.filesDigest},
      stale_reason = CASE WHEN r.files_digest = ${build.filesDigest} THEN NULL ELSE rs.stale_reason END
    FROM build_stage s, release r
    WHERE s.id = ANY(${[...stageIds]}) AND r.id = ${build.releaseId} AND r.latest_build_id = ${build.id} AND rs.release_id = r.id AND rs.key = s.key`;
}

/** As `mirrorStage`, for stages that were closed together and none of which was successful. */
export async function mirrorClosedStages(options: { tx: Tx; build: Pick<Build, "id" | "releaseId">; stages: readonly Pick<BuildStage, "id">[] }): Promise<void> {
  const { tx, build, stages } = options;
  await tx.$executeRaw`
    UPDATE release_stage rs
    SET status = s.status, cached = s.cached, started_at = s.started_at, completed_at = s.completed_at, duration_ms = s.duration_ms, error_code = s.error_code, error_message = s.error_message
    FROM build_stage s, release r
    WHERE s.id = ANY(${stages.map((stage) => stage.id)}) AND r.id = ${build.releaseId} AND r.latest_build_id = ${build.id} AND rs.release_id = r.id AND rs.key = s.key`;
}
