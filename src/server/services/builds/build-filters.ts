/** The filters of a list of builds as SQL conditions, with what the caller may see first. */
import { actsAsAdmin, type Actor } from "~/domain/actor";
import type { BuildFilter } from "../../api/schemas/build-requests";
import type { ServiceContext } from "../context";

export interface SqlCondition {
  /** Over `build b`, `package p`, `workspace w` and `release r`. */
  where: string;
  values: unknown[];
}

/** The same rule as `visiblePackages` in `access.ts`, in SQL: lists of a million builds need its exact shape. */
export async function buildConditions(options: { context: Pick<ServiceContext, "database">; actor: Actor | null; filter: BuildFilter }): Promise<SqlCondition> {
  const { context, actor, filter } = options;
  const values: unknown[] = [];
  const clauses: string[] = [];
  const add = (clause: (placeholder: string) => string, value: unknown): void => {
    values.push(value);
    clauses.push(clause(`$${values.length}`));
  };

  if (actor === null) clauses.push("p.visibility = 'public'");
  else if (!actsAsAdmin(actor)) {
    const memberships = await context.database.db.membership.findMany({ where: { userId: actor.userId }, select: { workspaceId: true } });
    add((at) => `(p.visibility = 'public' OR b.workspace_id = ANY(${at}))`, memberships.map((membership) => membership.workspaceId));
  }
  if (filter.status !== undefined && filter.status.length > 0) add((at) => `b.status::text = ANY(${at})`, filter.status);
  if (filter.kind !== undefined) add((at) => `b.kind::text = ${at}`, filter.kind);
  if (filter.trigger !== undefined) add((at) => `b.trigger::text = ${at}`, filter.trigger);
  if (filter.release_id !== undefined) add((at) => `b.release_id = ${at}`, filter.release_id);
  if (filter.ref !== undefined) add((at) => `r.ref = ${at}`, filter.ref);
  if (filter.workspace !== undefined) add((at) => `b.workspace_id = (SELECT id FROM workspace WHERE slug = ${at})`, filter.workspace);
  if (filter.package !== undefined) {
    add((at) => `b.package_id = (SELECT pp.id FROM package pp JOIN workspace ww ON ww.id = pp.workspace_id WHERE ww.slug = split_part(${at}, '/', 1) AND pp.name = split_part(${at}, '/', 2))`, filter.package);
  }
  const labels = { ...filter.label, ...(filter.third_party_id === undefined ? {} : { third_party_id: filter.third_party_id }), ...(filter.parser_id === undefined ? {} : { parser_id: filter.parser_id }) };
  if (Object.keys(labels).length > 0) add((at) => `b.labels @> ${at}::jsonb`, JSON.stringify(labels));
  if (filter.created_after !== undefined) add((at) => `b.created_at > ${at}::timestamptz`, filter.created_after);
  if (filter.created_before !== undefined) add((at) => `b.created_at < ${at}::timestamptz`, filter.created_before);
  addText(filter.q, add);
  return { where: clauses.length === 0 ? "true" : clauses.join(" AND "), values };
}

function addText(q: string | undefined, add: (clause: (placeholder: string) => string, value: unknown) => void): void {
  const text = q?.trim() ?? "";
  if (text === "") return;
  const number = /^#(\d{1,9})$/.exec(text)?.[1];
  if (number !== undefined) {
    add((at) => `b.number = ${at}`, Number(number));
    return;
  }
  const fields = ["w.slug || '/' || p.name", "r.version", "r.commit_sha", "r.ref", "b.error_message", "b.error_code", "b.id"];
  add((at) => `(${fields.map((field) => `${field} ILIKE ${at}`).join(" OR ")})`, `%${text.replace(/[\\%_]/g, "\\$&")}%`);
}
