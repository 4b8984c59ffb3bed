/** Shapes of packages and releases as every surface answers them. */
import { z } from "zod";
import { buildStatus, buildSummary, packageKind, person, stageStatus } from "./builds";

const time = z.iso.datetime();

export const releaseStageView = z.object({
  key: z.string(),
  title: z.string(),
  status: stageStatus,
  cached: z.boolean(),
  is_stale: z.boolean(),
  stale_reason: z.string().nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  started_at: time.nullable(),
  completed_at: time.nullable(),
  duration_ms: z.number().int().nullable(),
});

export const releaseView = z.object({
  release_id: z.string(),
  package: z.string(),
  kind: packageKind,
  version: z.string(),
  commit_sha: z.string().nullable(),
  ref: z.string().nullable(),
  locked: z.boolean(),
  is_latest: z.boolean(),
  display_status: buildStatus,
  total_build_duration_ms: z.number().int().nullable(),
  latest_build: buildSummary.nullable(),
  stages: z.array(releaseStageView),
  created_by: person.nullable(),
  file_count: z.number().int(),
  total_size: z.number().int(),
  created_at: time,
  updated_at: time,
});
export type ReleaseView = z.infer<typeof releaseView>;

export const releaseFile = z.object({ path: z.string(), size: z.number().int(), sha256: z.string() });

export const packageView = z.object({
  package_id: z.string(),
  /** `workspace/name`. */
  package: z.string(),
  workspace: z.string(),
  name: z.string(),
  kind: packageKind,
  visibility: z.enum(["private", "public"]),
  description: z.string(),
  labels: z.record(z.string(), z.string()),
  created_at: time,
  updated_at: time,
  owner: person.nullable(),
  release_count: z.number().int(),
  build_count: z.number().int(),
  latest_release: z.object({ version: z.string(), release_id: z.string(), display_status: buildStatus, created_at: time }).nullable(),
  latest_build: buildSummary.nullable(),
  /** A picture of its last successful build, to show on a card. */
  preview_url: z.string().nullable(),
  can_write: z.boolean(),
});
export type PackageView = z.infer<typeof packageView>;

/** A file as it is sent: text, or bytes in base64. */
export const fileInput = z.union([
  z.strictObject({ path: z.string().min(1).max(512), content: z.string() }),
  z.strictObject({ path: z.string().min(1).max(512), content_base64: z.base64() }),
]);
export type FileInput = z.infer<typeof fileInput>;
