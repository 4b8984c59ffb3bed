/** Makes a build of a release: its row, its stages, its first event and the workflow event, all or nothing. */
import { createId } from "~/domain/ids";
import { AppError, notFound } from "~/domain/errors";
import type { NewBuild } from "~/domain/new-build";
import { currentTraceparent, inSpan } from "~/telemetry/spans";
import type { BuildMode, BuildTrigger, Prisma } from "../../db/generated/client";
import type { Tx } from "../../db/client";
import { enqueueEvent } from "../outbox/enqueue-event";
import type { ServiceContext } from "../context";
import { requireQueueSpace } from "./queue-space";
import { estimateDuration } from "./estimate-duration";
import { recordEvent } from "./record-event";

export interface CreateBuildOptions {
  context: ServiceContext;
  /** An open transaction; call `context.kickOutbox()` once it is committed. */
  tx: Tx;
  releaseId: string;
  trigger: BuildTrigger;
  /** `stale` (default) and `failed` reuse what did not change; `all` runs everything. */
  mode?: BuildMode;
  /** Stages to run even if nothing changed; the others are reused where they can be. */
  onlyStages?: readonly string[];
  requestedBy: string | null;
  requestId: string | null;
}

export type { NewBuild } from "~/domain/new-build";

/** Within a span of its own, which the build's workflow and stages hang on. Throws `not_found` without the release, `validation_failed` for a kind without a pipeline, `queue_full`. */
export function createBuild(options: CreateBuildOptions): Promise<NewBuild> {
  return inSpan({
    name: "create build",
    run: async (span) => {
      const build = await insertBuild(options);
      span.set({ "slipway.build_id": build.buildId, "slipway.build_number": build.number, "slipway.trigger": options.trigger });
      return build;
    },
  });
}

async function insertBuild(options: CreateBuildOptions): Promise<NewBuild> {
  const { context, tx, releaseId, trigger } = options;
  const release = await tx.release.findUnique({ where: { id: releaseId }, include: { package: { include: { workspace: { select: { slug: true } } } } } });
  if (release === null) throw notFound("Release");
  const pipeline = context.pipelines.get(release.package.kind);
  if (pipeline === undefined) {
    throw new AppError("validation_failed", {
      userMessage: `kind: this installation has no pipeline for "${release.package.kind}". Use one of: ${context.pipelines.kinds().join(", ")}.`,
      fields: [{ path: "kind", message: `must be one of: ${context.pipelines.kinds().join(", ")}` }],
    });
  }
  const { lastBuildNumber: number, workspaceId } = await tx.package.update({
    where: { id: release.packageId },
    data: { lastBuildNumber: { increment: 1 } },
    select: { lastBuildNumber: true, workspaceId: true },
  });
  // After the package's lock, as everywhere: near the bound it takes a lock of its own.
  await requireQueueSpace({ context, tx });
  const buildId = createId("build");
  const traceparent = currentTraceparent();
  const build = await tx.build.create({
    data: {
      id: buildId,
      packageId: release.packageId,
      workspaceId,
      releaseId,
      number,
      kind: release.package.kind,
      trigger,
      mode: options.mode ?? "stale",
      onlyStages: [...(options.onlyStages ?? [])],
      filesDigest: release.filesDigest,
      options: release.options ?? {},
      labels: release.package.labels ?? {},
      requestedById: options.requestedBy,
      requestId: options.requestId,
      traceparent,
      stages: {
        create: pipeline.stages.map((stage, position) => ({
          id: createId("buildStage"),
          workspaceId,
          kind: release.package.kind,
          key: stage.key,
          title: stage.title,
          position,
          needs: [...stage.needs],
        })),
      },
    },
  });
  await tx.release.update({ where: { id: releaseId }, data: { latestBuildId: buildId, displayStatus: "pending", ...spendConfirmation(release.options) } });
  await resetReleaseStages({ tx, releaseId, buildId, keys: pipeline.stages.map((stage) => stage.key) });
  await recordEvent({ tx, buildId, workspaceId, type: "build.created", payload: { status: "pending", message: `Build #${number} created` } });
  await enqueueEvent({ tx, id: buildId, name: "build/requested", data: describeRequest({ buildId, workspaceId, packageId: release.packageId, requestId: options.requestId, traceparent }) });
  const created: NewBuild = {
    buildId,
    releaseId,
    packageName: `${release.package.workspace.slug}/${release.package.name}`,
    estimatedMs: await estimateDuration({ context, packageId: release.packageId, workspaceId, kind: release.package.kind }),
    number,
    status: build.status,
    createdAt: build.createdAt,
  };
  await context.onBuildCreated?.({ tx, build: created });
  return created;
}

/** That a main network may be paid for is said for one build: the next one of the release has to be told again. */
function spendConfirmation(options: Prisma.JsonValue): { options?: Prisma.InputJsonObject } {
  if (typeof options !== "object" || options === null || !("confirm_mainnet" in options)) return {};
  const { confirm_mainnet: _, ...kept } = options;
  return { options: kept };
}

/** The workflow event's fields; what is not known is left out. */
function describeRequest(fields: Record<string, string | null>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
}

/** All in one statement: what the release showed of an earlier build begins anew, what it is stale by stays. */
async function resetReleaseStages(options: { tx: Tx; releaseId: string; buildId: string; keys: string[] }): Promise<void> {
  const { tx, releaseId, buildId, keys } = options;
  await tx.$executeRaw`
    INSERT INTO release_stage (release_id, key, position, build_id)
    SELECT ${releaseId}, stage.key, stage.position - 1, ${buildId} FROM unnest(${keys}::text[]) WITH ORDINALITY AS stage (key, position)
    ON CONFLICT (release_id, key) DO UPDATE SET
      position = EXCLUDED.position, status = 'pending', cached = false, build_id = EXCLUDED.build_id,
      started_at = NULL, completed_at = NULL, duration_ms = NULL, error_code = NULL, error_message = NULL`;
}
