/** What is asked about builds, and the answers that only these requests have. */
import { z } from "zod";
import { MAX_PROMPT, MIN_PROMPT } from "~/domain/prompt-bounds";
import { parseBuildStatus } from "~/domain/statuses";
import { artifactView, buildSummary, buildTrigger, logLine, packageKind, rebuildMode } from "./builds";
import { id, labels, packageRef, visibility, workspaceRef } from "./names";
import { chainIdList } from "./chains";
import { fileInput } from "./packages";
import { pagingAnswer, pagingFields, wholeAnswer } from "./paging";
import { UploadedArchive } from "./uploaded-archive";

const STATUS_RULE = "must be pending, building, successful, failed or cancelled (or a known alias, such as running).";

/** A word or several, canonical or alias; out come canonical ones. */
const statusFilter = z
  .union([z.string(), z.array(z.string())])
  .transform((value, context) => {
    const words = [value].flat().flatMap((item) => item.split(","));
    return words.map((word) => {
      const status = parseBuildStatus(word.trim());
      if (status === undefined) context.addIssue({ code: "custom", message: `${STATUS_RULE} Got "${word}".` });
      return status ?? "pending";
    });
  });

export const buildFilter = z.object({
  status: statusFilter.optional(),
  kind: packageKind.optional(),
  package: packageRef.optional(),
  workspace: workspaceRef.optional(),
  release_id: id.optional(),
  trigger: buildTrigger.optional(),
  /** A branch or tag. */
  ref: z.string().max(255).optional(),
  third_party_id: z.string().max(255).optional(),
  parser_id: z.string().max(255).optional(),
  label: z.record(z.string(), z.string()).optional(),
  /** The number (`#12`), the beginning of an id, or text in the package, version, commit, branch or error; of the newest 20,000 releases and failed builds. */
  q: z.string().max(200).optional(),
  created_after: z.iso.datetime({ offset: true }).optional(),
  created_before: z.iso.datetime({ offset: true }).optional(),
});
export const listBuildsInput = buildFilter.extend(pagingFields);
export const listBuildsOutput = z.object({
  builds: z.array(buildSummary),
  ...pagingAnswer,
  total_exact: z.boolean().meta({ description: "False: `total` is 10,000 and there are more; a filtered list is not counted any further." }),
});

const files = z.array(fileInput).min(1, { error: "must have at least one file." });
const options = z.record(z.string(), z.unknown());
const commitSha = z.string().regex(/^[0-9a-f]{7,64}$/i, { error: "must be 7 to 64 hex digits." });
const ref = z.string().min(1).max(255);

export const gitSource = z.strictObject({
  /** An https address that everybody may read. */
  url: z.string().min(1),
  /** A branch, a tag or a full commit id; left out: the default branch. */
  ref: ref.optional(),
});

export const releaseFields = {
  version: z.string().max(100).optional(),
  commit_sha: commitSha.optional(),
  ref: ref.optional(),
  options: options.optional(),
  files: files.optional(),
  git: gitSource.optional(),
  /** A zip or tar.gz; only `multipart/form-data` brings one. */
  archive: z.custom<UploadedArchive>((value) => value instanceof UploadedArchive, { error: "must be a file: send it as multipart/form-data." }).optional(),
};

interface SourceFields {
  /** A contract may have a prompt in place of files. */
  options?: Record<string, unknown>;
  files?: unknown;
  git?: unknown;
  archive?: unknown;
  commit_sha?: string;
  ref?: string;
}

/** Exactly one of `files`, `git` and `archive`; a fetched commit speaks for itself. */
export function checkSource(value: SourceFields, context: z.core.$RefinementCtx): void {
  const given = (["files", "git", "archive"] as const).filter((field) => value[field] !== undefined);
  const hasPrompt = typeof value.options?.prompt === "string";
  if (given.length === 0 && !hasPrompt) context.addIssue({ code: "custom", path: ["files"], message: "is missing. Send a list, or `git`, or an archive (multipart/form-data)." });
  for (const field of given.slice(1)) context.addIssue({ code: "custom", path: [field], message: `can't be sent together with \`${given[0]}\`. Choose one.` });
  if (value.git === undefined) return;
  for (const field of ["commit_sha", "ref"] as const) {
    if (value[field] !== undefined) context.addIssue({ code: "custom", path: [field], message: "is that of the fetched commit. Leave it out, and choose the commit by git.ref." });
  }
}

/** A contract in words. `options` overrides what the prompt says: `name`, `symbol`, `supply`, `mintable` and so on. */
export const promptBuildFields = {
  prompt: z
    .string()
    .trim()
    .min(MIN_PROMPT, { error: `must have at least ${MIN_PROMPT} characters: say what the contract shall be.` })
    .max(MAX_PROMPT, { error: `must have at most ${MAX_PROMPT} characters.` }),
  /** Where it is deployed; none: it is built and audited. */
  chains: chainIdList.default([]),
  /** Main networks among them: each must be named here too. */
  confirm_mainnet: chainIdList.optional(),
  template: z.string().max(40).optional(),
  options: options.optional(),
  /** Default: the contract's name in the caller's own workspace. */
  package: packageRef.optional(),
  visibility: visibility.optional(),
  labels: labels.optional(),
  version: z.string().max(100).optional(),
};

export const createBuildInput = z.union(
  [
    z.strictObject({ release_id: id }),
    z.strictObject(promptBuildFields),
    z.strictObject({ kind: packageKind, package: packageRef, visibility: visibility.optional(), labels: labels.optional(), ...releaseFields }).superRefine(checkSource),
  ],
  { error: "Send either `release_id`, or `prompt` and `chains`, or `kind`, `package` and `files`." },
);

export const buildRef = z.object({ build_id: id });

const tail = z.number().int().min(0, { error: "must be 0 or more." }).max(1000, { error: "must be at most 1000." }).optional();
/** Of a build, a line or an event: more than there are, and few enough for the database to count on from. */
const MAX_NUMBER = 2_000_000_000;
export const getBuildInput = z.union([
  z.object({ build_id: id, tail }),
  z.object({ package: packageRef, number: z.number().int().min(1).max(MAX_NUMBER), tail }),
]);

const rebuildFields = { mode: rebuildMode.default("stale"), stages: z.array(z.string().max(60)).max(50).optional() };
export const rebuildBuildInput = z.strictObject({ build_id: id, ...rebuildFields });
export const rebuildReleaseInput = z.strictObject({ release_id: id, ...rebuildFields });

export const cancelledBuild = z.object({ build_id: z.string(), status: z.literal("cancelled"), cancelled_in_ms: z.number().int() });

const LINES = "must be a whole number from 1 to 1000.";
export const getLogsInput = z.object({
  build_id: id,
  stage: z.string().max(60).optional(),
  after_id: z.number().int().min(0).max(MAX_NUMBER).optional(),
  /** With `stage`: the page that begins at this line of the stage. */
  from_stage_line: z.number().int().min(1).max(MAX_NUMBER).optional(),
  limit: z.int({ error: LINES }).min(1, { error: LINES }).max(1000, { error: LINES }).default(500),
  /** Only lines that contain this text, whatever its case. */
  q: z.string().min(1).max(500).optional(),
});
export const getLogsOutput = z.object({
  logs: z.array(logLine),
  next_after_id: z.number().int().nullable(),
  total: z.number().int().describe("Lines of the build, or of the stage asked for. With `q` too: all of them, not only those that match."),
});

export const searchLogInput = z.object({
  build_id: id,
  stage: z.string().max(60),
  q: z.string().min(1).max(500),
  stream: z.enum(["stdout", "stderr", "system"]).optional(),
});
export const searchLogOutput = z.object({ count: z.number().int(), matches: z.array(z.object({ stage_line: z.number().int() })) });

export const artifactsOutput = z.object({ artifacts: z.array(artifactView), ...wholeAnswer });

const change = z.enum(["added", "removed", "changed"]);
export const comparisonOutput = z.object({
  base: z.object({ build_id: z.string(), number: z.number().int() }).nullable(),
  files: z.array(z.object({ path: z.string(), change })),
  toolchain: z.array(z.object({ name: z.string(), from: z.string().nullable(), to: z.string().nullable() })),
  artifacts: z.array(z.object({ name: z.string(), change })),
});

export const activityOutput = z.object({
  /** The last 14 days in UTC, oldest first. */
  days: z.array(
    z.object({
      date: z.iso.date(),
      successful: z.number().int(),
      failed: z.number().int(),
      cancelled: z.number().int(),
      median_duration_ms: z.number().int().nullable(),
    }),
  ),
});

export const onEventInput = z.object({ build_id: id, lastEventId: z.union([z.string(), z.number()]).nullish() });
export const onChangeInput = z.object({ workspace: workspaceRef.optional(), package: packageRef.optional() });

export type BuildFilter = z.infer<typeof buildFilter>;
export type Comparison = z.infer<typeof comparisonOutput>;
export type Activity = z.infer<typeof activityOutput>;
