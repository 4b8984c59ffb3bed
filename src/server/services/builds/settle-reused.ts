/**
 * Writes the stages of a beginning build that need not run, all in one transaction: the same records, events and log
 * lines as if each had been claimed and settled by itself, in the pipeline's order.
 */
import { randomBytes } from "node:crypto";
import { createId } from "~/domain/ids";
import { parentOfStages } from "~/telemetry/build-trace";
import { recordSpan } from "~/telemetry/spans";
import type { Build, BuildStage, Prisma } from "../../db/generated/client";
import type { Tx } from "../../db/client";
import type { ServiceContext } from "../context";
import { carryDeployments } from "../deployments/carry-deployments";
import { mirrorReusedStages } from "./mirror-stage";
import type { ReusedStage } from "./plan-reuse";
import { notifyBuild } from "./record-event";

/** Of one reused stage: that it begins, its line, that it is over. */
const IDS_PER_STAGE = 3;

export interface SettleReusedOptions {
  /** A transaction that holds the build's lock, in which all of `reused` are still pending. */
  tx: Tx;
  build: Build;
  reused: readonly ReusedStage[];
  workerId: string;
}

/** Answers the stages as they are now. */
export async function settleReused({ tx, build, reused, workerId }: SettleReusedOptions): Promise<BuildStage[]> {
  if (reused.length === 0) return [];
  const ids = reused.map(({ stage }) => stage.id);
  const completedAt = new Date();
  const rows = reused.map(({ stage, found, inputs, fingerprint, outputDigest, reason, startedAt }) => ({
    id: stage.id, started_at: startedAt, duration_ms: completedAt.getTime() - startedAt.getTime(), fingerprint, inputs, output_digest: outputDigest, cached_from_id: found.stage.id, reason, report: found.stage.report,
  }));
  await tx.$executeRaw`
    UPDATE build_stage s SET status = 'successful', progress = 100, cached = true, attempt = s.attempt + 1, fence = s.fence + 1, worker_id = ${workerId},
      started_at = r.started_at, completed_at = ${completedAt}, duration_ms = r.duration_ms,
      fingerprint = r.fingerprint, inputs = r.inputs, output_digest = r.output_digest, cached_from_id = r.cached_from_id, reason = r.reason, report = r.report
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      AS r (id text, started_at timestamptz, duration_ms int, fingerprint text, inputs jsonb, output_digest text, cached_from_id text, reason text, report jsonb)
    WHERE s.id = r.id`;
  await tx.artifact.createMany({
    data: reused.flatMap(({ stage, found }) => found.artifacts.map((artifact) => ({ id: createId("artifact"), buildId: build.id, buildStageId: stage.id, stageKey: stage.key, ...artifact }))),
  });
  await carryDeployments({ tx, fromStageIds: reused.map(({ found }) => found.stage.id), buildId: build.id });
  await mirrorReusedStages({ tx, build, stageIds: ids });
  await writeHistory({ tx, build, reused });
  return tx.buildStage.findMany({ where: { id: { in: ids } } });
}

/** The build's lock makes these numbers ours, as it does in `append_log` and `recordEvent`. */
async function writeHistory({ tx, build, reused }: Pick<SettleReusedOptions, "tx" | "build" | "reused">): Promise<void> {
  const count = reused.length;
  const bytes = reused.reduce((sum, { line }) => sum + Buffer.byteLength(line) + 1, 0);
  const after = await tx.build.update({
    where: { id: build.id },
    data: { lastEventId: { increment: count * IDS_PER_STAGE }, lastLine: { increment: count }, logBytes: { increment: bytes } },
    select: { lastEventId: true, lastLine: true },
  });
  const firstEventId = after.lastEventId - count * IDS_PER_STAGE + 1;
  const firstLine = after.lastLine - count + 1;
  await tx.buildEvent.createMany({
    data: reused.flatMap(({ stage, reason }, index): Prisma.BuildEventCreateManyInput[] => {
      const id = firstEventId + index * IDS_PER_STAGE;
      const event = { buildId: build.id, type: "build.step", stageKey: stage.key };
      return [
        { ...event, id, payload: { status: "building", progress: 0 } },
        { ...event, id: id + 2, payload: { status: "successful", progress: 100, message: reason } },
      ];
    }),
  });
  await tx.logChunk.createMany({
    data: reused.map(({ stage, line }, index) => ({
      buildId: build.id, firstLine: firstLine + index, firstStageLine: stage.logLines + 1, firstEventId: firstEventId + index * IDS_PER_STAGE + 1, lineCount: 1, stageKey: stage.key, attempt: stage.attempt + 1, stream: "system", body: line,
    })),
  });
  // Counted after all the stages: whoever settles one takes the counters in this order, and nobody waits in a circle.
  await tx.$executeRaw`
    WITH lines AS (UPDATE build_stage SET log_lines = log_lines + 1 WHERE id = ANY(${reused.map(({ stage }) => stage.id)}) RETURNING kind)
    SELECT count_metric('log_lines_total', jsonb_build_object('kind', kind), count(*)) FROM lines GROUP BY kind`;
  await notifyBuild({ tx, buildId: build.id, workspaceId: build.workspaceId });
}

/** To the operator: the log and the trace of each stage, once it is committed. */
export function tellReused(options: { context: ServiceContext; build: Build; stages: readonly BuildStage[] }): void {
  const { context, build, stages } = options;
  for (const { key, attempt, workerId, startedAt, completedAt, durationMs } of stages) {
    context.logger.info({ buildId: build.id, stage: key, attempt, status: "successful", cached: true, ms: durationMs }, "stage over");
    if (build.traceparent === null || startedAt === null || completedAt === null) continue;
    recordSpan({
      name: `stage ${key}`,
      parent: parentOfStages(build),
      spanId: randomBytes(8).toString("hex"),
      startedAt,
      endedAt: completedAt,
      attributes: {
        "slipway.build_id": build.id, "slipway.kind": build.kind, "slipway.stage": key, "slipway.attempt": attempt,
        "slipway.worker_id": workerId ?? "", "slipway.status": "successful", "slipway.cached": true,
      },
    });
  }
}
