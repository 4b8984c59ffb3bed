/** Finds an earlier successful result of the workspace with the same fingerprint, whose artifacts are all still there. */
import type { StageDefinition } from "~/pipelines/define";
import type { BuildStage, PackageKind } from "../../db/generated/client";
import type { ServiceContext } from "../context";
import type { MadeArtifact } from "./settle-stage";

export interface ReusableResult {
  stage: Pick<BuildStage, "id" | "report" | "outputDigest">;
  build: { id: string; number: number; package: string };
  artifacts: readonly MadeArtifact[];
}

export interface FindReusableResultOptions {
  context: ServiceContext;
  workspaceId: string;
  kind: PackageKind;
  key: string;
  fingerprint: string;
}

// One statement sees one moment: were artifacts read after their stage, retention could come between, and the list be short.
const FIND_SQL = `
SELECT json_build_object('id', s.id, 'report', s.report, 'outputDigest', s.output_digest) AS stage,
  json_build_object('id', b.id, 'number', b.number, 'package', w.slug || '/' || p.name) AS build,
  (SELECT coalesce(json_agg(json_build_object('name', a.name, 'mediaType', a.media_type, 'size', a.size, 'sha256', a.sha256)), '[]') FROM artifact a WHERE a.build_stage_id = s.id) AS artifacts
FROM build_stage s JOIN build b ON b.id = s.build_id JOIN package p ON p.id = b.package_id JOIN workspace w ON w.id = p.workspace_id
WHERE s.workspace_id = $1 AND s.kind = $2::"PackageKind" AND s.key = $3 AND s.fingerprint = $4 AND s.status = 'successful' AND NOT s.insecure AND b.content_removed_at IS NULL
ORDER BY s.id DESC LIMIT 1`;

/** A result made without isolation is never reused: whatever built it could have written anything. */
export async function findReusableResult(options: FindReusableResultOptions): Promise<ReusableResult | null> {
  const { context, workspaceId, kind, key, fingerprint } = options;
  const { rows } = await context.database.pool.query<ReusableResult>({ name: "reusable_result", text: FIND_SQL, values: [workspaceId, kind, key, fingerprint] });
  const found = rows[0];
  if (found === undefined) return null;
  // Kept, not only looked at: until this build refers to them itself, nothing may take them away.
  const present = await Promise.all(found.artifacts.map((artifact) => context.blobs.keep(artifact.sha256)));
  return present.includes(null) ? null : found;
}

/** Asks the stage whether a result that could be reused still holds; null when it does, else why not. */
export async function checkReuse(options: { stage: StageDefinition<Record<string, unknown>>; options: Record<string, unknown>; found: ReusableResult; blobs: ServiceContext["blobs"] }): Promise<string | null> {
  const { stage, found, blobs } = options;
  const artifacts = found.artifacts.map((artifact) => ({ ...artifact, read: () => blobs.get(artifact.sha256) }));
  return (await stage.checkReuse?.({ artifacts, options: options.options })) ?? null;
}

/** What the log and the stage's record say of a reused result. */
export function describeReuse(options: { found: ReusableResult; buildId: string; fingerprint: string }): { line: string; reason: string } {
  const { found, buildId, fingerprint } = options;
  const source = found.build.id === buildId ? "this build" : `build #${found.build.number} of ${found.build.package}`;
  return {
    line: `Reused the result of ${source}: nothing it depends on changed (fingerprint ${fingerprint.slice(0, 12)}).`,
    reason: `Reused from ${source}: nothing it depends on changed`,
  };
}
