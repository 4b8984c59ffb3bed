/** Compares what each stage of a release was last made from with what it would be made from now, and says what differs. */
import { explainStaleness } from "~/domain/staleness";
import type { PipelineKind } from "~/pipelines/define";
import type { Tx } from "../../db/client";
import type { ServiceContext } from "../context";
import { readManifest } from "../releases/file-manifest";
import { storedInputs } from "./prepare-stage";
import { collectStageInputs } from "./stage-inputs";

/** To be called in the transaction that changes a release's files or options. A stage that never succeeded is not stale: it was never fresh. */
export async function refreshStaleness(options: { context: ServiceContext; tx: Tx; releaseId: string }): Promise<void> {
  const { context, tx, releaseId } = options;
  const release = await tx.release.findUniqueOrThrow({ where: { id: releaseId }, include: { stages: true, package: { select: { kind: true } } } });
  const pipeline = context.pipelines.get(release.package.kind);
  if (pipeline === undefined) return;
  const manifest = await readManifest({ blobs: context.blobs, digest: release.filesDigest });
  const parsed = pipeline.options.parse(release.options);
  const titles = Object.fromEntries(pipeline.stages.map((stage) => [stage.key, stage.title]));
  const stale = new Map<string, string>();
  for (const stage of pipeline.stages) {
    const row = release.stages.find((candidate) => candidate.key === stage.key);
    const before = storedInputs.safeParse(row?.inputs);
    if (row === undefined || !before.success) continue;
    // What the needed stages will put out is not known yet: their own staleness is the reason passed on.
    const now = collectStageInputs({ stage, manifest, options: parsed, needs: before.data.needs });
    const staleNeed = stage.needs.find((need) => stale.has(need));
    const reason =
      explainStaleness(before.data, now, titles) ?? (staleNeed === undefined ? null : `stale because ${titles[staleNeed] ?? staleNeed}, which it builds on, is stale`);
    if (reason !== null) stale.set(stage.key, reason);
    if (row.isStale !== (reason !== null) || row.staleReason !== reason) {
      await tx.releaseStage.update({ where: { releaseId_key: { releaseId, key: stage.key } }, data: { isStale: reason !== null, staleReason: reason } });
    }
  }
}

/** After an upgrade: marks every release that was built with another toolchain or stage version. Answers how many it looked at. */
export async function refreshAfterUpgrade(options: { context: ServiceContext }): Promise<number> {
  const { context } = options;
  const { db } = context.database;
  const changed = new Set<string>();
  for (const kind of context.pipelines.kinds()) {
    for (const id of await findOutdatedReleases({ context, kind })) changed.add(id);
  }
  for (const releaseId of changed) await db.$transaction((tx) => refreshStaleness({ context, tx, releaseId }));
  return changed.size;
}

async function findOutdatedReleases(options: { context: ServiceContext; kind: PipelineKind }): Promise<string[]> {
  const { context, kind } = options;
  const found: string[] = [];
  for (const stage of context.pipelines.get(kind)?.stages ?? []) {
    const rows = await context.database.db.$queryRaw<{ id: string }[]>`
      SELECT r.id FROM release r JOIN release_stage s ON s.release_id = r.id JOIN package p ON p.id = r.package_id
       WHERE p.kind::text = ${kind} AND s.key = ${stage.key} AND NOT s.is_stale AND s.inputs IS NOT NULL
         AND (s.inputs -> 'toolchain' <> ${JSON.stringify(stage.toolchain())}::jsonb OR (s.inputs ->> 'stageVersion')::int <> ${stage.version})`;
    found.push(...rows.map((row) => row.id));
  }
  return found;
}
