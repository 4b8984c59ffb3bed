/** Marks a build as started. Safe to run twice. */
import { isFinal } from "~/domain/statuses";
import type { ServiceContext } from "../context";
import { lockBuild } from "./record-event";

export interface BuildPlan {
  /** Stages in the pipeline's order; empty when the build is over already. */
  stages: { key: string; needs: string[] }[];
}

export async function beginBuild(options: { context: ServiceContext; buildId: string }): Promise<BuildPlan> {
  const { context, buildId } = options;
  const plan = await context.database.db.$transaction(async (tx): Promise<BuildPlan> => {
    await lockBuild(tx, buildId);
    const build = await tx.build.findUnique({ where: { id: buildId }, include: { stages: { orderBy: { position: "asc" } } } });
    // A build whose package was deleted before it began has nothing left to do.
    if (build === null || isFinal(build.status) || build.cancelRequestedAt !== null) return { stages: [] };
    if (build.status === "pending") {
      await tx.build.update({ where: { id: buildId }, data: { status: "building", startedAt: new Date() } });
      await tx.release.updateMany({ where: { id: build.releaseId, latestBuildId: buildId }, data: { displayStatus: "building" } });
    }
    return { stages: build.stages.map(({ key, needs }) => ({ key, needs })) };
  });
  context.logger.info({ buildId, stages: plan.stages.map(({ key }) => key) }, "build begins");
  return plan;
}
