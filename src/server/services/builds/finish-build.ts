/** Closes a build's record once none of its stages runs: its outcome, its error line, its last event. Safe to run twice. */
import { isFinal, summarizeStages, type BuildStatus } from "~/domain/statuses";
import { recordWorkflow } from "~/telemetry/build-trace";
import type { Build, BuildStage } from "../../db/generated/client";
import type { Tx } from "../../db/client";
import type { ServiceContext } from "../context";
import { closeLanes } from "../deployments/carry-deployments";
import { mirrorClosedStages } from "./mirror-stage";
import { lockBuild, recordEvent } from "./record-event";

export interface FinishBuildOptions {
  context: ServiceContext;
  buildId: string;
  /** Set when the workflow itself gave up: a fault of ours, told as such. */
  brokenBecause?: string;
}

/** Answers the build's status; `building` when a stage still runs, in which case nothing was changed. */
export async function finishBuild(options: FinishBuildOptions): Promise<BuildStatus> {
  const { context, buildId, brokenBecause } = options;
  // The rule, since the last stage closes its build: then there is nothing to lock.
  const known = await context.database.db.build.findUnique({ where: { id: buildId }, select: { status: true } });
  if (known !== null && isFinal(known.status)) return known.status;
  const { build, status } = await context.database.db.$transaction(async (tx): Promise<{ build: Build | null; status: BuildStatus }> => {
    await lockBuild(tx, buildId);
    const row = await tx.build.findUnique({ where: { id: buildId }, include: { stages: { orderBy: { position: "asc" } } } });
    return row === null ? { build: null, status: "cancelled" } : { build: row, status: await closeBuild({ tx, build: row, brokenBecause }) };
  });
  if (build !== null && !isFinal(build.status) && isFinal(status)) tellOver({ context, build, status });
  return status;
}

/** To the operator: whoever closed a build says so, once that is committed. */
export function tellOver({ context, build, status }: { context: ServiceContext; build: Build; status: BuildStatus }): void {
  context.logger.info({ buildId: build.id, status, ms: Date.now() - build.createdAt.getTime() }, "build over");
  recordWorkflow({ build, status });
}

export interface CloseBuildOptions {
  /** A transaction that holds the build's lock. */
  tx: Tx;
  build: Build & { stages: BuildStage[] };
  brokenBecause?: string;
}

export async function closeBuild({ tx, build, brokenBecause }: CloseBuildOptions): Promise<BuildStatus> {
  if (isFinal(build.status)) return build.status;
  const cancelling = build.cancelRequestedAt !== null;
  if (!cancelling && brokenBecause === undefined && build.stages.some((stage) => !isFinal(stage.status))) return "building";
  if (cancelling && build.stages.some((stage) => stage.status === "building")) return "building";

  const now = new Date();
  const open = build.stages.filter((stage) => !isFinal(stage.status));
  if (open.length > 0) {
    const reason = cancelling ? "Cancelled before it began" : (brokenBecause ?? "");
    await tx.buildStage.updateMany({ where: { id: { in: open.map((stage) => stage.id) } }, data: { status: "cancelled", completedAt: now, fence: { increment: 1 }, reason } });
    await mirrorClosedStages({ tx, build, stages: open });
  }
  const stages = build.stages.map((stage): BuildStage => (isFinal(stage.status) ? stage : { ...stage, status: "cancelled" }));
  await closeLanes({ tx, buildId: build.id, cancelled: cancelling });
  const outcome = cancelling ? "cancelled" : brokenBecause !== undefined ? "failed" : summarizeStages(stages.map((stage) => stage.status));
  const failed = stages.find((stage) => stage.status === "failed");
  const error =
    outcome !== "failed"
      ? null
      : failed !== undefined
        ? { stage: failed.key, code: failed.errorCode ?? "failed", message: failed.errorMessage ?? `${failed.title} failed` }
        : { stage: null, code: "internal_error", message: brokenBecause ?? "The build broke" };
  const durationMs = now.getTime() - (build.startedAt ?? build.createdAt).getTime();
  await tx.build.update({
    where: { id: build.id },
    data: {
      status: outcome,
      completedAt: now,
      durationMs,
      cancelledInMs: build.cancelRequestedAt === null ? null : now.getTime() - build.cancelRequestedAt.getTime(),
      errorStage: error?.stage ?? null,
      errorCode: error?.code ?? null,
      errorMessage: error?.message ?? null,
    },
  });
  await tx.release.updateMany({ where: { id: build.releaseId, latestBuildId: build.id }, data: { displayStatus: outcome, totalBuildDurationMs: durationMs } });
  await recordEvent({
    tx,
    buildId: build.id,
    workspaceId: build.workspaceId,
    type: "build.completed",
    payload: {
      status: outcome,
      exit_code: outcome === "successful" ? 0 : 1,
      error_message: error?.message ?? null,
      error_code: error?.code ?? null,
      summary: summarize(outcome, stages),
    },
  });
  return outcome;
}

function summarize(outcome: BuildStatus, stages: readonly BuildStage[]): string {
  const cached = stages.filter((stage) => stage.cached).length;
  const ran = stages.filter((stage) => stage.attempt > 0 && !stage.cached && stage.status !== "skipped").length;
  return `${outcome}: ${ran} ${ran === 1 ? "stage" : "stages"} ran, ${cached} reused`;
}
