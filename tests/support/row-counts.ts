/** How many rows each table has, so that a test can say that nothing was written. */
import type { ServiceContext } from "~/server/services/context";

/** Written by every call, refused or not. */
const ASIDE = ["rate_counter", "_prisma_migrations"];

export async function countRows(services: Pick<ServiceContext, "database">): Promise<Record<string, number>> {
  const { rows } = await services.database.pool.query<{ table: string; count: string }>({
    name: "count-rows",
    text: `SELECT relname AS table, (xpath('/row/c/text()', query_to_xml(format('SELECT count(*) AS c FROM %I', relname), false, true, '')))[1]::text AS count
      FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> ALL($1) ORDER BY relname`,
    values: [ASIDE],
  });
  return Object.fromEntries(rows.map(({ table, count }) => [table, Number(count)]));
}
