/** Builds a release again, by its own id or by that of one of its builds. */
import type { Actor } from "~/domain/actor";
import { AppError, invalidField, notFound } from "~/domain/errors";
import { visiblePackages, writablePackages } from "../access";
import type { ServiceContext } from "../context";
import { createBuild, type NewBuild } from "./create-build";

export interface RebuildReleaseOptions {
  context: ServiceContext;
  actor: Actor;
  /** One of the two. */
  releaseId?: string;
  buildId?: string;
  mode: "stale" | "failed" | "all";
  stages?: readonly string[];
  requestId: string | null;
}

/**
 * Throws `not_found`, `forbidden` (may see it but not build it), `build_in_progress` while a build of the release is
 * under way, `conflict` for mode `failed` when nothing failed, `validation_failed` for a stage the pipeline has not.
 */
export async function rebuildRelease(options: RebuildReleaseOptions): Promise<NewBuild & { releaseId: string }> {
  const { context, actor, mode } = options;
  const target = options.buildId === undefined ? { id: options.releaseId ?? "" } : { builds: { some: { id: options.buildId } } };
  const found = await context.database.db.release.findFirst({
    where: { ...target, package: visiblePackages(actor) },
    select: { id: true, package: { select: { kind: true } } },
  });
  if (found === null) throw notFound(options.buildId === undefined ? "Release" : "Build");
  const writable = await context.database.db.release.count({ where: { id: found.id, package: writablePackages(actor) } });
  if (writable === 0) {
    throw new AppError("forbidden", { userMessage: "You may see this release but not build it. Ask an owner of its workspace to make you a member." });
  }
  const known = context.pipelines.get(found.package.kind)?.stages.map((stage) => stage.key) ?? [];
  const unknown = options.stages?.find((stage) => !known.includes(stage));
  if (unknown !== undefined) throw invalidField("stages", `"${unknown}" is not a stage of this pipeline; use any of: ${known.join(", ")}`);

  const build = await context.database.db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 AS locked FROM release WHERE id = ${found.id} FOR UPDATE`;
    const running = await tx.build.findFirst({ where: { releaseId: found.id, status: { in: ["pending", "building"] } }, select: { number: true } });
    if (running !== null) {
      throw new AppError("build_in_progress", { userMessage: `Build #${running.number} of this release is under way. Wait for it or cancel it first.` });
    }
    if (mode === "failed" && (await tx.releaseStage.count({ where: { releaseId: found.id, status: { in: ["failed", "cancelled", "skipped"] } } })) === 0) {
      throw new AppError("conflict", { userMessage: "No stage of this release failed, so there is nothing to build again. Use mode \"stale\" or \"all\"." });
    }
    return createBuild({
      context,
      tx,
      releaseId: found.id,
      trigger: "rebuild",
      mode,
      onlyStages: options.stages ?? [],
      requestedBy: actor.userId,
      requestId: options.requestId,
    });
  });
  context.kickOutbox();
  return { ...build, releaseId: found.id };
}
