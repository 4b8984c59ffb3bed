/** Releases under the package registry's own names. */
import { z } from "zod";
import { logLine, buildStatus, stageStatus } from "../../api/schemas/builds";
import { releaseStageView } from "../../api/schemas/packages";
import {
  getPackageRelease,
  getPackageReleaseInput,
  listPackageReleases,
  listPackageReleasesInput,
  rebuildPackageRelease,
  rebuildPackageReleaseInput,
} from "../package-releases";
import { idempotencyKey, type HandWrittenRoute, type RouteDocument } from "./route";

/** Beside the fields below a release has those of each stage under the stage's own name, such as `transpilation_is_stale`. */
export const packageReleaseView = z
  .object({
    package_release_id: z.string(),
    package_name: z.string(),
    package_name_with_version: z.string(),
    version: z.string(),
    commit_sha: z.string().nullable(),
    is_locked: z.boolean(),
    is_latest: z.boolean(),
    created_at: z.iso.datetime(),
    display_status: buildStatus,
    total_build_duration_ms: z.int().nullable(),
    latest_build_id: z.string().nullable(),
    stages: z.array(releaseStageView),
  })
  .catchall(z.union([stageStatus, z.boolean(), z.string(), z.object({ code: z.string(), message: z.string() }), z.array(logLine), z.null()]));

const EXAMPLE = {
  package_release_id: "rel_01KB2Q4W8M1A2B3C4D5E6F7G8H",
  package_name: "ada/blinky",
  package_name_with_version: "ada/blinky@0.1.0",
  version: "0.1.0",
  commit_sha: "9f2c1e7",
  is_locked: false,
  is_latest: true,
  created_at: "2026-11-21T09:29:58.000Z",
  display_status: "successful",
  total_build_duration_ms: 4180,
  latest_build_id: "build_01KB2Q4W8M3V6T0N5R9XJ7YHCE",
  stages: [
    { key: "transpilation", title: "Transpilation", status: "successful", cached: false, is_stale: false, stale_reason: null, error: null, started_at: "2026-11-21T09:30:00.000Z", completed_at: "2026-11-21T09:30:01.400Z", duration_ms: 1400 },
  ],
  transpilation_display_status: "successful",
  transpilation_in_progress: false,
  transpilation_started_at: "2026-11-21T09:30:00.000Z",
  transpilation_completed_at: "2026-11-21T09:30:01.400Z",
  transpilation_is_stale: false,
  transpilation_error: null,
  transpilation_logs: null,
};

function document({ answerHeaders = [], ...words }: Pick<RouteDocument, "operationId" | "summary" | "description" | "access" | "limit" | "errors" | "parameters"> & { answerHeaders?: readonly string[] }, input: { schema: z.ZodType; example: unknown }, answer: { schema: z.ZodType; example: unknown }): RouteDocument {
  return {
    ...words,
    tag: "Package registry",
    errorShape: "package_registry",
    body: { required: true, content: { "application/json": input } },
    answers: [{ status: 200, description: "Done.", content: { "application/json": answer }, headers: answerHeaders }],
  };
}

const one = { schema: z.object({ ok: z.literal(true), package_release: packageReleaseView }), example: { ok: true, package_release: EXAMPLE } };

export const packageRegistryRoutes: readonly HandWrittenRoute[] = [
  {
    method: "POST",
    path: "/api/package_releases/get",
    handler: getPackageRelease,
    document: document(
      {
        operationId: "get_package_release",
        summary: "One release",
        description: "By `package_release_id`, by `package_name_with_version`, or by `package_name` with `is_latest: true`. `include_logs` adds each stage's log (its first 1,000 lines).",
        access: "public",
        limit: "reads",
        errors: ["not_found"],
      },
      { schema: getPackageReleaseInput, example: { package_name_with_version: "ada/blinky@0.1.0", include_logs: false } },
      one,
    ),
  },
  {
    method: "POST",
    path: "/api/package_releases/list",
    handler: listPackageReleases,
    document: document(
      { operationId: "list_package_releases", summary: "Releases of a package, newest first", description: "`is_latest: true` answers the newest alone.", access: "public", limit: "reads", errors: ["not_found"] },
      { schema: listPackageReleasesInput, example: { package_name: "ada/blinky", limit: 30 } },
      {
        schema: z.object({ ok: z.literal(true), package_releases: z.array(packageReleaseView), next_cursor: z.string().nullable() }),
        example: { ok: true, package_releases: [EXAMPLE], next_cursor: null },
      },
    ),
  },
  {
    method: "POST",
    path: "/api/package_releases/rebuild",
    handler: rebuildPackageRelease,
    document: document(
      {
        operationId: "rebuild_package_release",
        summary: "Build a release again",
        description: "`mode` says what: `stale` stages only (the default), `failed` ones, or `all` without any reuse.",
        access: "builds:write",
        limit: "builds",
        errors: ["not_found", "forbidden", "build_in_progress", "idempotency_key_reused"],
        parameters: [idempotencyKey],
        answerHeaders: ["Idempotency-Replayed"],
      },
      { schema: rebuildPackageReleaseInput, example: { package_release_id: "rel_01KB2Q4W8M1A2B3C4D5E6F7G8H", mode: "stale" } },
      one,
    ),
  },
];
