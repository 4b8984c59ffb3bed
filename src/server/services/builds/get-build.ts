/** Everything about one build, in one answer. */
import type { Actor } from "~/domain/actor";
import { isFinal } from "~/domain/statuses";
import { buildEvent, type BuildDetail, type BuildEventView } from "../../api/schemas/builds";
import type { BuildEvent } from "../../db/generated/client";
import { writablePackages } from "../access";
import type { ServiceContext } from "../context";
import { summarySelect, toBuildSummary, toStageView } from "./build-view";
import { estimateDuration } from "./estimate-duration";
import { findBuild, type BuildRef } from "./find-build";
import { toArtifactView } from "./list-artifacts";
import { getQueuePosition } from "./queue-position";
import { readLogLines } from "./read-log-lines";

export interface GetBuildOptions {
  context: ServiceContext;
  actor: Actor | null;
  build: BuildRef;
  /** How many of the log's newest lines to add. */
  tail: number;
}

/**
 * The cursor `last_event_id` is read first: whatever the rest of the answer already shows may come again from the stream,
 * and nothing is left out. Throws `not_found`.
 */
export async function getBuild({ context, actor, build: ref, tail }: GetBuildOptions): Promise<BuildDetail> {
  const found = await findBuild({ context, actor, build: ref });
  const { db } = context.database;
  const [row, stages, staleness, artifacts, deployments, events, newest, writable, estimate, queue, lines] = await Promise.all([
    db.build.findUniqueOrThrow({ where: { id: found.id }, select: summarySelect }),
    db.buildStage.findMany({ where: { buildId: found.id }, orderBy: { position: "asc" } }),
    db.releaseStage.findMany({ where: { releaseId: found.releaseId } }),
    db.artifact.findMany({ where: { buildId: found.id }, orderBy: [{ buildStage: { position: "asc" } }, { name: "asc" }] }),
    db.deployment.findMany({ where: { buildId: found.id }, orderBy: { chainId: "asc" } }),
    db.buildEvent.findMany({ where: { buildId: found.id }, orderBy: { id: "asc" } }),
    db.release.findUniqueOrThrow({ where: { id: found.releaseId }, select: { latestBuildId: true, locked: true } }),
    actor === null ? 0 : db.package.count({ where: { id: found.packageId, ...writablePackages(actor) } }),
    estimateDuration({ context, packageId: found.packageId, workspaceId: found.workspaceId, kind: found.kind }),
    found.status === "pending" ? getQueuePosition({ context, buildId: found.id }) : null,
    tail === 0 ? [] : readLogLines({ context, buildId: found.id, afterLine: Math.max(0, found.lastLine - tail), limit: tail }),
  ]);
  const stale = new Map(staleness.map((stage) => [stage.key, stage]));
  return {
    ...toBuildSummary(row),
    stages: stages.map((stage) => toStageView({ stage, staleness: stale.get(stage.key) })),
    artifacts: artifacts.map(toArtifactView),
    deployments: deployments.map((deployment) => ({
      chain_id: deployment.chainId,
      status: deployment.status,
      address: deployment.address,
      transaction: deployment.transaction,
    })),
    logs_preview: lines,
    events: events.map(toEventView),
    log: { lines: found.lastLine, bytes: Number(found.logBytes), capped: found.logCapped, complete: isFinal(row.status) },
    last_event_id: found.lastEventId,
    is_latest: newest.latestBuildId === found.id,
    locked: newest.locked,
    queue: row.status === "pending" ? queue : null,
    estimated_duration_ms: estimate,
    can_write: writable > 0,
  };
}

export function toEventView(event: BuildEvent): BuildEventView {
  const payload = event.payload !== null && typeof event.payload === "object" && !Array.isArray(event.payload) ? event.payload : {};
  return buildEvent.parse({
    ...payload,
    object: "build.event",
    id: event.id,
    type: event.type,
    build_id: event.buildId,
    created: event.createdAt.toISOString(),
    step: event.stageKey ?? undefined,
  });
}
