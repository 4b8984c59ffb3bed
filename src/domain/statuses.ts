/** The canonical statuses of builds, releases and stages, and what each one allows. */

export const BUILD_STATUSES = ["pending", "building", "successful", "failed", "cancelled"] as const;
export type BuildStatus = (typeof BUILD_STATUSES)[number];

export const STAGE_STATUSES = [...BUILD_STATUSES, "skipped"] as const;
export type StageStatus = (typeof STAGE_STATUSES)[number];

const ALIASES: ReadonlyMap<string, BuildStatus> = new Map([
  ["queued", "pending"],
  ["running", "building"],
  ["initializing", "building"],
  ["generating", "building"],
  ["auditing", "building"],
  ["deploying", "building"],
  ["succeeded", "successful"],
  ["completed", "successful"],
  ["complete", "successful"],
  ["active", "successful"],
  ["canceled", "cancelled"],
]);

/** Resolves a status filter's word, canonical or alias; `undefined` when it is neither. */
export function parseBuildStatus(word: string): BuildStatus | undefined {
  const lower = word.toLowerCase();
  return BUILD_STATUSES.find((status) => status === lower) ?? ALIASES.get(lower);
}

export function isFinal(status: StageStatus): boolean {
  return status !== "pending" && status !== "building";
}

/**
 * A build's outcome from its stages: failed wins over cancelled, cancelled over the rest.
 * A skipped stage never fails a build by itself: what made it be skipped does.
 */
export function summarizeStages(statuses: readonly StageStatus[]): BuildStatus {
  if (statuses.some((status) => status === "building")) return "building";
  if (statuses.includes("pending")) return statuses.every((status) => status === "pending") ? "pending" : "building";
  if (statuses.includes("failed")) return "failed";
  if (statuses.includes("cancelled")) return "cancelled";
  return "successful";
}
