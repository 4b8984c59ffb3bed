/** The release record: beside the `stages` array each stage's fields under its own name, and on request its log. */
import { invalidField } from "~/domain/errors";
import type { RestRequest } from "./rest-request";
import { listReleasesOutput, releaseDetail } from "../api/schemas/release-requests";
import type { ReleaseView } from "../api/schemas/packages";
import type { ServiceContext } from "../services/context";
import { readLogLines } from "../services/builds/read-log-lines";

/** Lines of a stage's log that are put into the record; the rest is at the build's logs. */
const LOG_LINES = 1_000;

/** `?include_logs=true` adds `<stage>_logs`. */
export async function presentReleaseRecord(options: { rest: RestRequest; body: Record<string, unknown> }): Promise<Record<string, unknown>> {
  const { rest, body } = options;
  const release = releaseDetail.parse(body);
  const includeLogs = readFlag({ rest, name: "include_logs" });
  return { ...release, ...(await flattenStages({ context: rest.ctx.services, release, includeLogs })) };
}

/** The same for each of a list, without logs: a hundred of them would be no answer but a flood. */
export async function presentReleaseRecords(options: { rest: RestRequest; body: Record<string, unknown> }): Promise<Record<string, unknown>> {
  const { rest, body } = options;
  const { releases } = listReleasesOutput.parse(body);
  const records = releases.map(async (release) => ({ ...release, ...(await flattenStages({ context: rest.ctx.services, release, includeLogs: false })) }));
  return { ...body, releases: await Promise.all(records) };
}

/** `<stage>_display_status`, `_in_progress`, `_started_at`, `_completed_at`, `_is_stale`, `_error`, `_logs` (null unless asked for). */
export async function flattenStages(options: { context: ServiceContext; release: ReleaseView; includeLogs: boolean }): Promise<Record<string, unknown>> {
  const { context, release, includeLogs } = options;
  const buildId = release.latest_build?.build_id;
  const record: Record<string, unknown> = {};
  for (const stage of release.stages) {
    record[`${stage.key}_display_status`] = stage.status;
    record[`${stage.key}_in_progress`] = stage.status === "building";
    record[`${stage.key}_started_at`] = stage.started_at;
    record[`${stage.key}_completed_at`] = stage.completed_at;
    record[`${stage.key}_is_stale`] = stage.is_stale;
    record[`${stage.key}_error`] = stage.error;
    record[`${stage.key}_logs`] =
      includeLogs && buildId !== undefined ? await readLogLines({ context, buildId, stage: stage.key, limit: LOG_LINES }) : null;
  }
  return record;
}

/** Throws `validation_failed` for what is neither. */
function readFlag({ rest, name }: { rest: RestRequest; name: string }): boolean {
  const value = rest.url.searchParams.get(name) ?? "false";
  if (["true", "1"].includes(value)) return true;
  if (["false", "0"].includes(value)) return false;
  throw invalidField(name, "must be true or false.");
}
