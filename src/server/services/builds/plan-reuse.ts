/**
 * Which stages of a build that begins need not run, because an earlier result of theirs holds. Only reads; what it found
 * is written by `settle-reused.ts`. A stage whose needed stages have to run first is left to its own step, and so is one
 * that asks the world outside whether its result still holds and has no quick yes: it asks again, shown as building.
 */
import { computeFingerprint, type StageInputs } from "~/domain/fingerprint";
import type { Build, BuildStage } from "../../db/generated/client";
import type { ServiceContext } from "../context";
import { readManifest } from "../releases/file-manifest";
import { checkReuse, describeReuse, findReusableResult, type ReusableResult } from "./find-reusable-result";
import { collectStageInputs } from "./stage-inputs";

const QUICK_MS = 1_000;

export interface ReusedStage {
  stage: BuildStage;
  found: ReusableResult;
  inputs: StageInputs;
  fingerprint: string;
  outputDigest: string;
  line: string;
  reason: string;
  /** When it was looked for. */
  startedAt: Date;
}

/** In the pipeline's order. Empty when something is in the way of looking: then each stage finds that out, and tells it, by itself. */
export async function planReuse(options: { context: ServiceContext; build: Build & { stages: readonly BuildStage[] } }): Promise<ReusedStage[]> {
  const { context, build } = options;
  if (build.mode === "all") return [];
  try {
    return await findResults(options);
  } catch (error) {
    context.logger.warn({ buildId: build.id, error: String(error) }, "earlier results could not be looked up together; each stage looks for its own");
    return [];
  }
}

async function findResults({ context, build }: { context: ServiceContext; build: Build & { stages: readonly BuildStage[] } }): Promise<ReusedStage[]> {
  const pipeline = context.pipelines.get(build.kind);
  if (pipeline === undefined) return [];
  const manifest = await readManifest({ blobs: context.blobs, digest: build.filesDigest });
  const parsed = pipeline.options.parse(build.options);
  const reused = new Map<string, ReusedStage>();
  for (const definition of pipeline.stages) {
    const startedAt = new Date();
    const stage = build.stages.find((candidate) => candidate.key === definition.key);
    if (stage?.status !== "pending" || build.onlyStages.includes(stage.key)) continue;
    const needs = definition.needs.flatMap((key) => reused.get(key) ?? []);
    if (needs.length < definition.needs.length) continue;
    const inputs = collectStageInputs({ stage: definition, manifest, options: parsed, needs: Object.fromEntries(needs.map((need) => [need.stage.key, need.outputDigest])) });
    const fingerprint = computeFingerprint(inputs);
    const found = await findReusableResult({ context, workspaceId: build.workspaceId, kind: build.kind, key: stage.key, fingerprint });
    if (found?.stage.outputDigest == null) continue;
    if (!(await holdsForSure(() => checkReuse({ stage: definition, options: parsed, found, blobs: context.blobs })))) continue;
    reused.set(stage.key, { stage, found, inputs, fingerprint, outputDigest: found.stage.outputDigest, startedAt, ...describeReuse({ found, buildId: build.id, fingerprint }) });
  }
  return [...reused.values()];
}

/** Whether a check says within a moment that there is nothing against reuse. What it says later, or throws, is for the stage itself to hear. */
async function holdsForSure(check: () => Promise<string | null>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), QUICK_MS);
  });
  const asked = check().then((outdated) => outdated === null, () => false);
  return Promise.race([asked, late]).finally(() => clearTimeout(timer));
}
