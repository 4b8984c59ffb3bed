/** What a claimed stage needs before it can run: whether something blocks it, what earlier stages made, and why it runs. */
import { z } from "zod";
import type { StageInputs } from "~/domain/fingerprint";
import { joinReasons, listChanges } from "~/domain/staleness";
import type { NeededStage, StageDefinition, StageReport } from "~/pipelines/define";
import { stageReport } from "../../api/schemas/builds";
import type { BuildStage } from "../../db/generated/client";
import type { ServiceContext } from "../context";
import type { StageClaim } from "./claim-stage";

/** Inputs as they were stored; written by this platform, yet an older version may have written them. */
export const storedInputs = z.object({
  files: z.record(z.string(), z.string()),
  options: z.record(z.string(), z.unknown()),
  toolchain: z.record(z.string(), z.string()),
  stageVersion: z.number(),
  needs: z.record(z.string(), z.string()),
});

/** Why the stage can't run because of one that it needs; null when it can. */
export function findBlocker(options: { claim: StageClaim; stage: StageDefinition<Record<string, unknown>> }): string | null {
  const { claim, stage } = options;
  for (const key of stage.needs) {
    const needed = claim.siblings.find((sibling) => sibling.key === key);
    if (needed === undefined) return `${key} is not part of this build`;
    if (needed.status === "successful") continue;
    if (needed.status === "failed") {
      if (stage.runsAfterFailure === true && needed.outputDigest !== null) continue;
      return `${needed.title} failed: ${needed.errorMessage ?? "see its log"}`;
    }
    return `${needed.title} was ${needed.status}`;
  }
  return null;
}

export interface LoadedNeeds {
  digests: Record<string, string>;
  stages: Record<string, NeededStage>;
  reportOf(stage: Pick<BuildStage, "report">): StageReport | null;
}

/** The artifacts and reports of the stages that the claimed one needs, read lazily. */
export async function loadNeeds({ context, claim }: { context: ServiceContext; claim: StageClaim }): Promise<LoadedNeeds> {
  const needed = claim.siblings.filter((sibling) => claim.stage.needs.includes(sibling.key));
  const artifacts = await context.database.db.artifact.findMany({ where: { buildStageId: { in: needed.map((stage) => stage.id) } }, orderBy: { name: "asc" } });
  const reportOf = (stage: Pick<BuildStage, "report">) => (stage.report === null ? null : stageReport.parse(stage.report));
  return {
    digests: Object.fromEntries(needed.map((stage) => [stage.key, stage.outputDigest ?? ""])),
    stages: Object.fromEntries(
      needed.map((stage) => [
        stage.key,
        {
          report: reportOf(stage),
          artifacts: artifacts
            .filter((artifact) => artifact.buildStageId === stage.id)
            .map(({ name, mediaType, sha256, size }) => ({ name, mediaType, sha256, size, read: () => context.blobs.get(sha256) })),
        },
      ]),
    ),
    reportOf,
  };
}

/** Why the stage runs, in words, from the release's last successful run of it. */
export async function explainRun(options: { context: ServiceContext; claim: StageClaim; inputs: StageInputs; forced: boolean }): Promise<string> {
  const { context, claim, inputs, forced } = options;
  if (forced) return claim.build.mode === "all" ? "Ran because everything was asked for, without reuse" : "Ran because it was asked for by name";
  const last = await context.database.db.releaseStage.findUnique({ where: { releaseId_key: { releaseId: claim.build.releaseId, key: claim.stage.key } } });
  const before = storedInputs.safeParse(last?.inputs);
  if (!before.success) return "Ran for the first time";
  const titles = Object.fromEntries(claim.siblings.map((sibling) => [sibling.key, sibling.title]));
  const changes = listChanges(before.data, inputs, titles);
  return changes.length === 0 ? "Ran because no earlier result could be reused" : `Ran because ${joinReasons(changes)}`;
}
