/**
 * Writes a stage attempt's end: status, artifacts, error and event in one transaction, only while the claim holds. The
 * last stage of a build closes the build with it: nobody waits for the workflow to come by once more.
 */
import { createId } from "~/domain/ids";
import { isFinal } from "~/domain/statuses";
import { computeOutputDigest, type StageInputs } from "~/domain/fingerprint";
import type { StageFailure, StageReport } from "~/pipelines/define";
import { Prisma, type BuildStage } from "../../db/generated/client";
import type { ServiceContext } from "../context";
import { carryDeployments } from "../deployments/carry-deployments";
import { closeBuild, tellOver } from "./finish-build";
import { lockBuild, recordEvent } from "./record-event";
import { mirrorStage } from "./mirror-stage";
import { storable } from "./split-lines";

export interface MadeArtifact {
  name: string;
  mediaType: string;
  size: number;
  sha256: string;
}

export interface StageEnd {
  status: "successful" | "failed" | "skipped" | "cancelled";
  artifacts: readonly MadeArtifact[];
  inputs: StageInputs | null;
  fingerprint: string | null;
  cachedFromId: string | null;
  reason: string | null;
  error: StageFailure | null;
  /** Number of the stage's log line that shows the error. */
  errorLine: number | null;
  report: StageReport | null;
  insecure: boolean;
}

export interface SettleStageOptions {
  context: ServiceContext;
  stage: Pick<BuildStage, "id" | "buildId" | "key" | "fence">;
  end: StageEnd;
}

/**
 * Answers the status that was written. `null`: the claim was lost, nothing was written. A cancel that was asked for
 * before this commit wins over any other end: nothing of the attempt is published.
 */
export async function settleStage({ context, stage, end }: SettleStageOptions): Promise<StageEnd["status"] | null> {
  const written = await context.database.db.$transaction(async (tx) => {
    await lockBuild(tx, stage.buildId);
    const { stages, ...build } = await tx.build.findUniqueOrThrow({ where: { id: stage.buildId }, include: { stages: { orderBy: { position: "asc" } } } });
    const current = stages.find(({ id }) => id === stage.id);
    if (current === undefined || current.fence !== stage.fence || current.status !== "building") return null;
    const status = build.cancelRequestedAt === null ? end.status : "cancelled";
    const published = status === "cancelled" ? [] : end.artifacts;
    const now = new Date();
    const settled = await tx.buildStage.update({
      where: { id: stage.id },
      data: {
        status,
        completedAt: now,
        durationMs: current.startedAt === null ? null : now.getTime() - current.startedAt.getTime(),
        progress: status === "successful" ? 100 : current.progress,
        fingerprint: end.fingerprint,
        inputs: end.inputs === null ? Prisma.DbNull : { ...end.inputs, options: toJson(end.inputs.options) },
        // Nothing to build on: a stage that runs after a failure needs something that was left.
        outputDigest: status !== "successful" && published.length === 0 ? null : computeOutputDigest(published),
        cached: end.cachedFromId !== null,
        cachedFromId: end.cachedFromId,
        reason: end.reason === null ? null : storable(end.reason),
        insecure: end.insecure,
        report: end.report === null || status === "cancelled" ? Prisma.DbNull : toJson(end.report),
        ...(status === "failed" && end.error !== null
          ? {
              errorCode: end.error.code,
              errorMessage: storable(end.error.message),
              errorLocation: end.error.location === undefined ? Prisma.DbNull : toJson(end.error.location),
              errorLine: end.errorLine,
            }
          : {}),
      },
    });
    if (published.length > 0) {
      await tx.artifact.createMany({
        data: published.map((artifact) => ({ id: createId("artifact"), buildId: stage.buildId, buildStageId: stage.id, stageKey: stage.key, ...artifact })),
      });
    }
    if (status === "successful" && end.cachedFromId !== null) await carryDeployments({ tx, fromStageIds: [end.cachedFromId], buildId: stage.buildId });
    if (end.insecure && !build.insecure) await tx.build.update({ where: { id: build.id }, data: { insecure: true } });
    await mirrorStage({ tx, build, stage: settled });
    await recordEvent({
      tx,
      buildId: build.id,
      workspaceId: build.workspaceId,
      type: "build.step",
      stageKey: stage.key,
      payload: {
        status,
        progress: settled.progress,
        ...(settled.reason === null ? {} : { message: settled.reason }),
        ...(settled.errorMessage === null ? {} : { error_message: settled.errorMessage, error_code: settled.errorCode }),
      },
    });
    const after = stages.map((other) => (other.id === settled.id ? settled : other));
    const over = after.every((other) => isFinal(other.status)) ? await closeBuild({ tx, build: { ...build, stages: after } }) : null;
    return { status, build, over };
  });
  if (written === null) return null;
  if (written.over !== null) tellOver({ context, build: written.build, status: written.over });
  return written.status;
}

/** Messages and excerpts are the maker's own words: what the database can't keep is no reason to lose the end of a stage. */
function toJson(value: object): Prisma.InputJsonObject {
  return JSON.parse(JSON.stringify(value), (_, inner: unknown) => (typeof inner === "string" ? storable(inner) : inner));
}
