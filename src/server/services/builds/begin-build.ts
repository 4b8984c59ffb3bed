/**
 * Begins a build: marks it as started and settles at once what need not run. A build of which nothing has to run is over
 * with that, in the same transaction. Safe to run twice.
 */
import { isFinal, type BuildStatus } from "~/domain/statuses";
import type { Build, BuildStage } from "../../db/generated/client";
import type { ServiceContext } from "../context";
import { closeBuild, tellOver } from "./finish-build";
import { planReuse } from "./plan-reuse";
import { lockBuild } from "./record-event";
import { settleReused, tellReused } from "./settle-reused";

export interface BuildPlan {
  /** Stages that are still to be walked, in the pipeline's order; empty when the build is over already. */
  stages: { key: string; needs: string[] }[];
  /** Its outcome, when nothing has to run; else null. */
  over: BuildStatus | null;
}

interface Begun extends BuildPlan {
  build: Build | null;
  settled: BuildStage[];
}

const NOTHING: Begun = { stages: [], over: null, build: null, settled: [] };

export async function beginBuild(options: { context: ServiceContext; buildId: string; workerId: string }): Promise<BuildPlan> {
  const { context, buildId, workerId } = options;
  const withStages = { where: { id: buildId }, include: { stages: { orderBy: { position: "asc" } } } } as const;
  const before = await context.database.db.build.findUnique(withStages);
  const planned = before?.status === "pending" ? await planReuse({ context, build: before }) : [];
  const { build, settled, ...plan } = await context.database.db.$transaction(async (tx): Promise<Begun> => {
    await lockBuild(tx, buildId);
    const row = await tx.build.findUnique(withStages);
    // A build whose package was deleted before it began has nothing left to do.
    if (row === null || isFinal(row.status) || row.cancelRequestedAt !== null) return NOTHING;
    // What was planned holds for a build that has not begun: of one that has, stages may run.
    const reused = row.status === "pending" ? planned : [];
    const startedAt = row.startedAt ?? new Date();
    const everything = reused.length === row.stages.length;
    if (row.status === "pending") {
      await tx.build.update({ where: { id: buildId }, data: { status: "building", startedAt } });
      if (!everything) await tx.release.updateMany({ where: { id: row.releaseId, latestBuildId: buildId }, data: { displayStatus: "building" } });
    }
    const done = await settleReused({ tx, build: row, reused, workerId });
    const stages = row.stages.map((stage) => done.find(({ id }) => id === stage.id) ?? stage);
    const over = everything ? await closeBuild({ tx, build: { ...row, status: "building", startedAt, stages } }) : null;
    return { stages: stages.filter(({ status }) => !isFinal(status)).map(({ key, needs }) => ({ key, needs })), over, build: { ...row, startedAt }, settled: done };
  });
  context.logger.info({ buildId, stages: plan.stages.map(({ key }) => key), reused: settled.map(({ key }) => key) }, "build begins");
  if (build === null) return plan;
  tellReused({ context, build, stages: settled });
  if (plan.over !== null) tellOver({ context, build, status: plan.over });
  return plan;
}
