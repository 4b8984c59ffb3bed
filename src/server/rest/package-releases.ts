/** `/api/package_releases/*`: releases under the package registry's own names. Their errors have its shape too (`sendRegistryError`). */
import { z } from "zod";
import { invalidField } from "~/domain/errors";
import { parseInput } from "../api/error-mapping";
import { createCaller } from "../api/root";
import { rebuildMode } from "../api/schemas/builds";
import { id, packageRef } from "../api/schemas/names";
import type { ReleaseView } from "../api/schemas/packages";
import type { ReleaseRef } from "../services/releases/find-release";
import { getRelease } from "../services/releases/get-release";
import { sendJson } from "./answer";
import { answerOnce } from "./answer-once";
import { readJsonBody } from "./read-body";
import { flattenStages } from "./release-record";
import type { RestHandler, RestRequest } from "./rest-request";

export const getPackageReleaseInput = z.strictObject({
  package_release_id: id.optional(),
  /** `workspace/name@1.2.3`. */
  package_name_with_version: z.string().optional(),
  /** With `is_latest`: the newest. */
  package_name: packageRef.optional(),
  is_latest: z.literal(true).optional(),
  include_logs: z.boolean().default(false),
});
export const listPackageReleasesInput = z.strictObject({
  package_name: packageRef,
  is_latest: z.boolean().optional(),
  limit: z.number().int().min(1).max(100).default(30),
  cursor: z.string().optional(),
});
export const rebuildPackageReleaseInput = z.strictObject({ package_release_id: id, mode: rebuildMode.default("stale") });

/** Names and flags; whoever is not signed in may send them too. */
const MAX_BODY_BYTES = 1024 * 1024;

type Verb = (options: { rest: RestRequest; body: Record<string, unknown> }) => Promise<Record<string, unknown>>;

export const getPackageRelease = handlerOf(async ({ rest, body }) => {
  const input = parseInput({ schema: getPackageReleaseInput, input: body });
  const release = await createCaller(rest.ctx).releases.get(toReference(input));
  return { package_release: await toRecord({ rest, release, includeLogs: input.include_logs }) };
});

export const listPackageReleases = handlerOf(async ({ rest, body }) => {
  const input = parseInput({ schema: listPackageReleasesInput, input: body });
  const page = await createCaller(rest.ctx).releases.list({
    package: input.package_name,
    limit: input.is_latest === true ? 1 : input.limit,
    cursor: input.cursor,
  });
  const records = await Promise.all(page.releases.map((release) => toRecord({ rest, release, includeLogs: false })));
  return { package_releases: records, next_cursor: page.next_cursor };
});

export const rebuildPackageRelease = handlerOf(async ({ rest, body }) => {
  const input = parseInput({ schema: rebuildPackageReleaseInput, input: body });
  const { body: answer } = await answerOnce({
    rest,
    name: "package_releases.rebuild",
    input,
    run: async () => {
      const reference = { release_id: input.package_release_id };
      await createCaller(rest.ctx).releases.rebuild({ ...reference, mode: input.mode });
      // Not by its procedure: that would be counted, and told, as a second call.
      const release = await getRelease({ context: rest.ctx.services, actor: rest.ctx.actor, release: reference });
      return { status: 200, body: { package_release: await toRecord({ rest, release, includeLogs: false }) } };
    },
  });
  return answer;
});

function handlerOf(verb: Verb): RestHandler {
  return async (rest) => {
    const answer = await readJsonBody({ request: rest.request, limit: MAX_BODY_BYTES, use: (body) => verb({ rest, body }) });
    for (const [name, value] of rest.ctx.responseHeaders) rest.response.setHeader(name, value);
    sendJson({ response: rest.response, status: 200, body: { ok: true, ...answer } });
  };
}

function toReference(input: z.infer<typeof getPackageReleaseInput>): ReleaseRef {
  if (input.package_release_id !== undefined) return { release_id: input.package_release_id };
  const named = /^([^@]+\/[^@]+)@([^@]+)$/.exec(input.package_name_with_version ?? "");
  if (named?.[1] !== undefined && named[2] !== undefined) return { package: named[1], version: named[2] };
  if (input.package_name_with_version !== undefined) throw invalidField("package_name_with_version", "must be `workspace/name@version`, such as `ada/blinky@1.2.3`.");
  if (input.package_name !== undefined && input.is_latest === true) return { package: input.package_name, version: "latest" };
  throw invalidField("package_release_id", "is missing. Send it, or package_name_with_version (`workspace/name@1.2.3`), or package_name with is_latest: true.");
}

async function toRecord(options: { rest: RestRequest; release: ReleaseView; includeLogs: boolean }): Promise<Record<string, unknown>> {
  const { rest, release, includeLogs } = options;
  return {
    package_release_id: release.release_id,
    package_name: release.package,
    package_name_with_version: `${release.package}@${release.version}`,
    version: release.version,
    commit_sha: release.commit_sha,
    is_locked: release.locked,
    is_latest: release.is_latest,
    created_at: release.created_at,
    display_status: release.display_status,
    total_build_duration_ms: release.total_build_duration_ms,
    latest_build_id: release.latest_build?.build_id ?? null,
    stages: release.stages,
    ...(await flattenStages({ context: rest.ctx.services, release, includeLogs })),
  };
}
