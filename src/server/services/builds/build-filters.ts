/**
 * The filters of a list of builds as SQL. What the caller may see, and every filter that a package as a whole passes or
 * not, is worked out over the packages first: they are few, where builds are a million.
 */
import { actsAsAdmin, type Actor } from "~/domain/actor";
import { earliestId } from "~/domain/ids";
import type { BuildFilter } from "../../api/schemas/build-requests";
import { VISIBLE_SQL } from "../access";
import type { ServiceContext } from "../context";
import { searchBuilds } from "./search-builds";

export interface BuildConditions {
  /** Over `build b` and `release r`. */
  where: string;
  values: unknown[];
  /** How many builds match, when the packages alone tell: each keeps count of its builds. Null: they must be counted. */
  total: number | null;
}

interface Add {
  (clause: (placeholder: string) => string, value: unknown): void;
  /** One of them must hold. */
  any(ways: readonly [clause: (placeholder: string) => string, value: unknown][]): void;
}

/** Ids and `created_at` come from two clocks; what lies between them is less than this. */
const CLOCKS_APART_MS = 86_400_000;

export async function buildConditions(options: { context: Pick<ServiceContext, "database">; actor: Actor | null; filter: BuildFilter }): Promise<BuildConditions> {
  const { context, filter } = options;
  const { clauses, values, add } = collectClauses();
  const packages = await findPackages(options);
  if (packages.ids !== null) add((at) => `b.package_id = ANY(${at}::text[])`, packages.ids);
  const narrowed = clauses.length;
  if (filter.status !== undefined && filter.status.length > 0) add((at) => `b.status = ANY(${at}::"BuildStatus"[])`, filter.status);
  if (filter.trigger !== undefined) add((at) => `b.trigger = ${at}::"BuildTrigger"`, filter.trigger);
  if (filter.release_id !== undefined) add((at) => `b.release_id = ${at}`, filter.release_id);
  if (filter.ref !== undefined) add((at) => `r.ref = ${at}`, filter.ref);
  const labels = { ...filter.label, ...(filter.third_party_id === undefined ? {} : { third_party_id: filter.third_party_id }), ...(filter.parser_id === undefined ? {} : { parser_id: filter.parser_id }) };
  if (Object.keys(labels).length > 0) add((at) => `b.labels @> ${at}::jsonb`, JSON.stringify(labels));
  addTimes({ filter, add });
  await addText({ context, q: filter.q, packageIds: packages.ids, add });
  return { where: clauses.length === 0 ? "true" : clauses.join(" AND "), values, total: clauses.length === narrowed ? packages.builds : null };
}

function collectClauses(): { clauses: string[]; values: unknown[]; add: Add } {
  const clauses: string[] = [];
  const values: unknown[] = [];
  const write = ([clause, value]: readonly [(placeholder: string) => string, unknown]): string => {
    values.push(value);
    return clause(`$${values.length}`);
  };
  const add: Add = Object.assign((clause: (placeholder: string) => string, value: unknown) => void clauses.push(write([clause, value])), {
    any: (ways: readonly [(placeholder: string) => string, unknown][]) => void clauses.push(`(${ways.map(write).join(" OR ")})`),
  });
  return { clauses, values, add };
}

/** Ids sort by time: the bounds by id keep the database from passing over all builds on the other side of the time. */
function addTimes({ filter, add }: { filter: BuildFilter; add: Add }): void {
  const { created_after: after, created_before: before } = filter;
  if (after !== undefined) {
    add((at) => `b.created_at > ${at}::timestamptz`, after);
    add((at) => `b.id >= ${at}`, earliestId("build", Date.parse(after) - CLOCKS_APART_MS));
  }
  if (before !== undefined) {
    add((at) => `b.created_at < ${at}::timestamptz`, before);
    add((at) => `b.id < ${at}`, earliestId("build", Date.parse(before) + CLOCKS_APART_MS));
  }
}

/** The packages whose builds may be in the list, and how many builds they have. `ids` is null for all there are. */
async function findPackages(options: { context: Pick<ServiceContext, "database">; actor: Actor | null; filter: BuildFilter }): Promise<{ ids: string[] | null; builds: number }> {
  const { context, actor, filter } = options;
  const seesAll = actor !== null && actsAsAdmin(actor);
  const { clauses, values, add } = collectClauses();
  clauses.push(VISIBLE_SQL);
  values.push(actor?.userId ?? null, seesAll);
  if (filter.kind !== undefined) add((at) => `p.kind = ${at}::"PackageKind"`, filter.kind);
  if (filter.workspace !== undefined) add((at) => `w.slug = ${at}`, filter.workspace);
  if (filter.package !== undefined) add((at) => `w.slug = split_part(${at}, '/', 1) AND p.name = split_part(${at}, '/', 2)`, filter.package);
  const all = seesAll && clauses.length === 1;
  const { rows } = await context.database.pool.query<{ ids: string[] | null; builds: number }>(
    `SELECT ${all ? "NULL" : "coalesce(array_agg(p.id), '{}')"} AS ids, coalesce(sum(p.last_build_number), 0)::int AS builds
     FROM package p JOIN workspace w ON w.id = p.workspace_id LEFT JOIN membership m ON m.workspace_id = p.workspace_id AND m.user_id = $1
     WHERE ${clauses.join(" AND ")}`,
    values,
  );
  return rows[0] ?? { ids: [], builds: 0 };
}

async function addText({ context, q, packageIds, add }: { context: Pick<ServiceContext, "database">; q: string | undefined; packageIds: string[] | null; add: Add }): Promise<void> {
  const text = q?.trim() ?? "";
  if (text === "") return;
  const found = await searchBuilds({ context, text, packageIds });
  if (found.number !== null) {
    add((at) => `b.number = ${at}`, found.number);
    return;
  }
  const ways: [clause: (at: string) => string, value: unknown][] = [];
  if (found.packageIds.length > 0) ways.push([(at) => `b.package_id = ANY(${at}::text[])`, found.packageIds]);
  if (found.releaseIds.length > 0) ways.push([(at) => `b.release_id = ANY(${at}::text[])`, found.releaseIds]);
  if (found.buildIds.length > 0) ways.push([(at) => `b.id = ANY(${at}::text[])`, found.buildIds]);
  if (found.ids !== null) ways.push([(at) => `b.id BETWEEN (${at}::text[])[1] AND (${at}::text[])[2]`, found.ids]);
  // Nothing found is nothing to look for: no row has no id.
  if (ways.length === 0) ways.push([(at) => `b.id = ANY(${at}::text[])`, []]);
  add.any(ways);
}
