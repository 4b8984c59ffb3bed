/** Everything about one build, in one answer. */
import type { Actor } from "~/domain/actor";
import { isFinal } from "~/domain/statuses";
import { buildEvent, type BuildDetail, type BuildEventView, type StageView } from "../../api/schemas/builds";
import type { BuildEvent } from "../../db/generated/client";
import type { ServiceContext } from "../context";
import { toBuildSummary, toIso, toStageView, type InJson } from "./build-view";
import { estimateDuration } from "./estimate-duration";
import type { BuildRef } from "./find-build";
import { toArtifactView } from "./list-artifacts";
import { getQueuePosition } from "./queue-position";
import { readBuildDetail } from "./read-build-detail";
import { contractFigures, estimateStages } from "../deployments/contract-figures";
import { toDeploymentView } from "../deployments/deployment-view";
import { splitChunk } from "./read-log-lines";

export interface GetBuildOptions {
  context: ServiceContext;
  actor: Actor | null;
  build: BuildRef;
  /** How many of the log's newest lines to add. */
  tail: number;
}

/**
 * Everything but what is only worth telling of a build under way comes from one statement, so the answer and its cursor
 * `last_event_id` are of one moment. Throws `not_found`.
 */
export async function getBuild({ context, actor, build, tail }: GetBuildOptions): Promise<BuildDetail> {
  const row = await readBuildDetail({ context, actor, build, tail });
  const { id, status, kind, packageId, workspaceId } = row.summary;
  const [deployments, estimate, stageEstimate, queue] = await Promise.all([
    kind === "contract" ? context.database.db.deployment.findMany({ where: { buildId: id }, orderBy: { chainId: "asc" } }) : [],
    isFinal(status) ? null : estimateDuration({ context, packageId, workspaceId, kind }),
    kind === "contract" && !isFinal(status) ? estimateStages({ context, workspaceId, kind, keys: (row.stages ?? []).map((stage) => stage.key) }) : null,
    status === "pending" ? getQueuePosition({ context, buildId: id }) : null,
  ]);
  const stages = row.stages ?? [];
  return {
    ...toBuildSummary({ ...row.summary, stages }),
    stages: stages.map((stage) => withoutLostLines({ stage: toStageView({ stage, staleness: { isStale: stage.isStale ?? false, staleReason: stage.staleReason } }), lost: row.content_removed_at !== null })),
    artifacts: stages.flatMap(({ key }) => (row.artifacts ?? []).filter((artifact) => artifact.stageKey === key)).map(toArtifactView),
    deployments: deployments.map(toDeploymentView),
    ...contractFigures({ stages, deployments, estimate: stageEstimate }),
    logs_preview: (row.newest_log ?? []).flatMap(splitChunk).filter((line) => line.id > row.last_line - tail),
    events: (row.events ?? []).map(toEventView),
    log: { lines: row.last_line, bytes: Number(row.log_bytes), capped: row.log_capped, complete: isFinal(status) },
    content_removed_at: row.content_removed_at?.toISOString() ?? null,
    created_by_request: row.request_id,
    last_event_id: row.last_event_id,
    is_latest: row.latest_build_id === id,
    locked: row.locked,
    queue,
    estimated_duration_ms: estimate,
    can_write: row.can_write,
  };
}

/** Lines that retention removed can't be read or pointed at. */
function withoutLostLines({ stage, lost }: { stage: StageView; lost: boolean }): StageView {
  if (!lost) return stage;
  return { ...stage, log_lines: 0, error: stage.error === null ? null : { ...stage.error, log_line: null } };
}

export function toEventView(event: InJson<BuildEvent>): BuildEventView {
  const payload = event.payload !== null && typeof event.payload === "object" && !Array.isArray(event.payload) ? event.payload : {};
  return buildEvent.parse({
    ...payload,
    object: "build.event",
    id: event.id,
    type: event.type,
    build_id: event.buildId,
    created: toIso(event.createdAt),
    step: event.stageKey ?? undefined,
  });
}
