/**
 * The filters of a list of builds as SQL. What the caller may see, and every filter that a package as a whole passes or
 * not, is worked out over the packages first: they are few, where builds are a million.
 */
import { actsAsAdmin, type Actor } from "~/domain/actor";
import type { BuildFilter } from "../../api/schemas/build-requests";
import { VISIBLE_SQL } from "../access";
import type { ServiceContext } from "../context";

export interface BuildConditions {
  /** Over `build b` and `release r`. */
  where: string;
  values: unknown[];
  /** How many builds match, when the packages alone tell: each keeps count of its builds. Null: they must be counted. */
  total: number | null;
}

type Add = (clause: (placeholder: string) => string, value: unknown) => void;

export async function buildConditions(options: { context: Pick<ServiceContext, "database">; actor: Actor | null; filter: BuildFilter }): Promise<BuildConditions> {
  const { filter } = options;
  const clauses: string[] = [];
  const values: unknown[] = [];
  const add: Add = (clause, value) => {
    values.push(value);
    clauses.push(clause(`$${values.length}`));
  };
  const packages = await findPackages(options);
  if (packages.ids !== null) add((at) => `b.package_id = ANY(${at}::text[])`, packages.ids);
  const narrowed = clauses.length;
  if (filter.status !== undefined && filter.status.length > 0) add((at) => `b.status = ANY(${at}::"BuildStatus"[])`, filter.status);
  if (filter.trigger !== undefined) add((at) => `b.trigger = ${at}::"BuildTrigger"`, filter.trigger);
  if (filter.release_id !== undefined) add((at) => `b.release_id = ${at}`, filter.release_id);
  if (filter.ref !== undefined) add((at) => `r.ref = ${at}`, filter.ref);
  const labels = { ...filter.label, ...(filter.third_party_id === undefined ? {} : { third_party_id: filter.third_party_id }), ...(filter.parser_id === undefined ? {} : { parser_id: filter.parser_id }) };
  if (Object.keys(labels).length > 0) add((at) => `b.labels @> ${at}::jsonb`, JSON.stringify(labels));
  if (filter.created_after !== undefined) add((at) => `b.created_at > ${at}::timestamptz`, filter.created_after);
  if (filter.created_before !== undefined) add((at) => `b.created_at < ${at}::timestamptz`, filter.created_before);
  addText(filter.q, add);
  return { where: clauses.length === 0 ? "true" : clauses.join(" AND "), values, total: clauses.length === narrowed ? packages.builds : null };
}

/** The packages whose builds may be in the list, and how many builds they have. `ids` is null for all there are. */
async function findPackages(options: { context: Pick<ServiceContext, "database">; actor: Actor | null; filter: BuildFilter }): Promise<{ ids: string[] | null; builds: number }> {
  const { context, actor, filter } = options;
  const seesAll = actor !== null && actsAsAdmin(actor);
  const clauses = [VISIBLE_SQL];
  const values: unknown[] = [actor?.userId ?? null, seesAll];
  const add: Add = (clause, value) => {
    values.push(value);
    clauses.push(clause(`$${values.length}`));
  };
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

function addText(q: string | undefined, add: Add): void {
  const text = q?.trim() ?? "";
  if (text === "") return;
  const number = /^#(\d{1,9})$/.exec(text)?.[1];
  if (number !== undefined) {
    add((at) => `b.number = ${at}`, Number(number));
    return;
  }
  const named = (at: string) => `b.package_id IN (SELECT pp.id FROM package pp JOIN workspace ww ON ww.id = pp.workspace_id WHERE ww.slug || '/' || pp.name ILIKE ${at})`;
  const fields = ["r.version", "r.commit_sha", "r.ref", "b.error_message", "b.error_code", "b.id"];
  add((at) => `(${[named(at), ...fields.map((field) => `${field} ILIKE ${at}`)].join(" OR ")})`, `%${text.replace(/[\\%_]/g, "\\$&")}%`);
}
