/** Builds that the caller may see, newest first. */
import type { Actor } from "~/domain/actor";
import type { BuildFilter } from "../../api/schemas/build-requests";
import type { BuildSummary } from "../../api/schemas/builds";
import type { ServiceContext } from "../context";
import { exactly, pageOf, REACH, resolvePaging, type PagingAnswer, type PagingInput, type Total } from "../paging";
import { buildConditions } from "./build-filters";
import { toBuildSummary, type InJson, type SummaryRow } from "./build-view";
import { STAGE_DOTS_SQL, SUMMARY_FROM, SUMMARY_SQL } from "./summary-sql";

const FROM = `
  FROM build b
  LEFT JOIN release r ON r.id = b.release_id`;

export interface ListBuildsOptions {
  context: Pick<ServiceContext, "database">;
  actor: Actor | null;
  filter: BuildFilter;
  paging: PagingInput;
}

/** Throws `validation_failed` for mixed or foreign paging. Filters that name what the caller may not see match nothing. */
export async function listBuilds({ context, actor, filter, paging: input }: ListBuildsOptions): Promise<PagingAnswer & { builds: BuildSummary[]; total_exact: boolean }> {
  const paging = resolvePaging(input);
  const { where, values, total } = await buildConditions({ context, actor, filter });
  const { pool } = context.database;
  const after = paging.after === null ? "" : ` AND b.id < $${values.length + 1}`;
  const [ids, counted] = await Promise.all([
    pool.query<{ id: string }>(
      `SELECT b.id ${FROM} WHERE ${where}${after} ORDER BY b.id DESC LIMIT ${paging.limit + 1} OFFSET ${paging.offset}`,
      paging.after === null ? values : [...values, paging.after],
    ),
    paging.total === null && total === null ? pool.query<{ total: number }>(`SELECT count(*)::int AS total FROM (SELECT 1 ${FROM} WHERE ${where} LIMIT ${REACH + 1}) counted`, values) : null,
  ]);
  const all = paging.total ?? (total === null ? countedTotal(counted?.rows[0]?.total ?? 0) : exactly(total));
  const page = pageOf({ rows: ids.rows, paging, total: all });
  const { rows } = await pool.query<{ summary: InJson<Omit<SummaryRow, "stages">>; stages: SummaryRow["stages"] | null }>({
    name: "build-summaries",
    text: `SELECT ${SUMMARY_SQL} AS summary, ${STAGE_DOTS_SQL} AS stages ${SUMMARY_FROM} WHERE b.id = ANY($1::text[]) ORDER BY b.id DESC`,
    values: [page.rows.map((row) => row.id)],
  });
  return { builds: rows.map(({ summary, stages }) => toBuildSummary({ ...summary, stages: stages ?? [] })), ...page.answer, total_exact: all.exact };
}

function countedTotal(rows: number): Total {
  return { rows: Math.min(rows, REACH), exact: rows <= REACH };
}
