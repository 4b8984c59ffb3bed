/**
 * Takes a stage for this worker, or says why not. A claim raises the stage's fencing number; whoever holds an older
 * number can write nothing any more. The build row is locked first in every transaction here, so a cancel and a claim
 * never cross.
 */
import { isFinal, type StageStatus } from "~/domain/statuses";
import type { Build, BuildStage } from "../../db/generated/client";
import type { ServiceContext } from "../context";
import { lockBuild, recordEvent } from "./record-event";
import { mirrorStage } from "./mirror-stage";

export interface StageClaim {
  build: Build;
  stage: BuildStage;
  /** All stages of the build, as they were at the claim. */
  siblings: readonly BuildStage[];
  /** True when another attempt was cut off. */
  takenOver: boolean;
}

export type ClaimAnswer = { claimed: true; claim: StageClaim } | { claimed: false; status: StageStatus };

export async function claimStage(options: { context: ServiceContext; buildId: string; key: string; workerId: string }): Promise<ClaimAnswer> {
  const { context, buildId, key, workerId } = options;
  return context.database.db.$transaction(async (tx) => {
    await lockBuild(tx, buildId);
    const build = await tx.build.findUniqueOrThrow({ where: { id: buildId }, include: { stages: { orderBy: { position: "asc" } } } });
    const { stages, ...row } = build;
    const stage = stages.find((candidate) => candidate.key === key);
    if (stage === undefined) throw new Error(`Build ${buildId} has no stage ${key}.`);
    if (isFinal(stage.status)) return { claimed: false, status: stage.status };
    if (isFinal(build.status) || build.cancelRequestedAt !== null) return { claimed: false, status: "cancelled" };

    const now = new Date();
    const takenOver = stage.status === "building";
    const claimed = await tx.buildStage.update({
      where: { id: stage.id },
      data: { status: "building", workerId, attempt: { increment: 1 }, fence: { increment: 1 }, startedAt: stage.startedAt ?? now, progress: 0 },
    });
    await mirrorStage({ tx, build: row, stage: claimed });
    await recordEvent({ tx, buildId, workspaceId: row.workspaceId, type: "build.step", stageKey: key, payload: { status: "building", progress: 0 } });
    return { claimed: true, claim: { build: row, stage: claimed, siblings: stages, takenOver } };
  });
}
