/** A build's rows as every surface answers them. */
import { z } from "zod";
import { isFinal } from "~/domain/statuses";
import { sourceLocation, stageReport, type BuildSummary, type StageView } from "../../api/schemas/builds";
import type { Prisma } from "../../db/generated/client";

/** What a summary is made from. */
export const summarySelect = {
  id: true,
  number: true,
  kind: true,
  releaseId: true,
  packageId: true,
  workspaceId: true,
  trigger: true,
  mode: true,
  status: true,
  cancelRequestedAt: true,
  cancelledInMs: true,
  errorStage: true,
  errorCode: true,
  errorMessage: true,
  labels: true,
  insecure: true,
  createdAt: true,
  startedAt: true,
  completedAt: true,
  durationMs: true,
  package: { select: { name: true, workspace: { select: { slug: true } } } },
  release: { select: { version: true, commitSha: true, ref: true } },
  requestedBy: { select: { handle: true, name: true, image: true } },
  stages: { select: { key: true, title: true, status: true, cached: true }, orderBy: { position: "asc" } },
} satisfies Prisma.BuildSelect;

export type SummaryRow = Prisma.BuildGetPayload<{ select: typeof summarySelect }>;

/** A row as the client reads it, or out of JSON made by plain SQL: there, times are text. */
export type InJson<Row> = { [Field in keyof Row]: Extract<Row[Field], Date> extends never ? Row[Field] : Row[Field] | string };

/** What a stage's view is made from. */
export type StageRow = Omit<Prisma.BuildStageGetPayload<object>, "workspaceId" | "kind" | "fence" | "workerId" | "outputDigest" | "cachedFromId">;

const labelsSchema = z.record(z.string(), z.string()).catch({});
const toolchainSchema = z.object({ toolchain: z.record(z.string(), z.string()) }).catch({ toolchain: {} });

export function readLabels(value: unknown): Record<string, string> {
  return labelsSchema.parse(value);
}

export function readToolchain(inputs: unknown): Record<string, string> {
  return toolchainSchema.parse(inputs).toolchain;
}

export function isoOrNull(time: Date | string | null): string | null {
  return time === null ? null : toIso(time);
}

export function toIso(time: Date | string): string {
  return (typeof time === "string" ? new Date(time) : time).toISOString();
}

export function toBuildSummary(row: InJson<SummaryRow>): BuildSummary {
  return {
    build_id: row.id,
    number: row.number,
    kind: row.kind,
    package: `${row.package.workspace.slug}/${row.package.name}`,
    release_id: row.releaseId,
    version: row.release.version,
    commit_sha: row.release.commitSha,
    ref: row.release.ref,
    trigger: row.trigger,
    mode: row.mode,
    requested_by: row.requestedBy,
    status: row.status,
    cancelling: row.cancelRequestedAt !== null && !isFinal(row.status),
    stages: row.stages,
    error: row.errorMessage === null ? null : { stage: row.errorStage, code: row.errorCode ?? "failed", message: row.errorMessage },
    labels: readLabels(row.labels),
    insecure: row.insecure,
    created_at: toIso(row.createdAt),
    started_at: isoOrNull(row.startedAt),
    completed_at: isoOrNull(row.completedAt),
    duration_ms: row.durationMs,
    queue_wait_ms: row.startedAt === null ? null : Math.max(0, new Date(row.startedAt).getTime() - new Date(row.createdAt).getTime()),
    cancelled_in_ms: row.cancelledInMs,
  };
}

/** `staleness`: what the release says of this stage now. */
export function toStageView(options: {
  stage: InJson<StageRow>;
  staleness: { isStale: boolean; staleReason: string | null } | undefined;
}): StageView {
  const { stage, staleness } = options;
  const error =
    stage.errorMessage === null
      ? null
      : {
          code: stage.errorCode ?? "failed",
          message: stage.errorMessage,
          location: sourceLocation.nullable().catch(null).parse(stage.errorLocation),
          log_line: stage.errorLine,
        };
  return {
    key: stage.key,
    title: stage.title,
    status: stage.status,
    cached: stage.cached,
    needs: stage.needs,
    attempt: stage.attempt,
    progress: stage.progress,
    reason: stage.reason,
    fingerprint: stage.fingerprint,
    toolchain: readToolchain(stage.inputs),
    error,
    report: stageReport.nullable().catch(null).parse(stage.report),
    started_at: isoOrNull(stage.startedAt),
    completed_at: isoOrNull(stage.completedAt),
    duration_ms: stage.durationMs,
    log_lines: stage.logLines,
    insecure: stage.insecure,
    is_stale: staleness?.isStale ?? false,
    stale_reason: staleness?.staleReason ?? null,
  };
}

/** The address of an artifact on this server. */
export function artifactUrl(options: { buildId: string; name: string }): string {
  return `/api/v1/builds/${options.buildId}/artifacts/${options.name.split("/").map(encodeURIComponent).join("/")}`;
}
