/** How many rows of a table a piece of work reads, by the plans' own counts: right on a busy machine too. */
import { z } from "zod";
import type { Database } from "~/server/db/client";

interface PlanNode {
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  "Relation Name"?: string;
  Plans?: PlanNode[];
}

const planNode: z.ZodType<PlanNode> = z.lazy(() =>
  z.looseObject({ "Actual Rows": z.number(), "Actual Loops": z.number(), "Rows Removed by Filter": z.number().optional(), "Relation Name": z.string().optional(), Plans: z.array(planNode).optional() }),
);
const planRows = z.tuple([z.object({ "QUERY PLAN": z.tuple([z.looseObject({ Plan: planNode })]) })]);

/** Runs `work` with a database whose plain statements are noted, then explains each. Counts rows that a filter dropped, too. */
export async function countRowsRead<Result>(options: { database: Database; table: string; work: (database: Database) => Promise<Result> }): Promise<{ read: number; result: Result }> {
  const { database, table, work } = options;
  const { pool } = database;
  const asked: { text: string; values: unknown[] }[] = [];
  const recording = new Proxy(pool, {
    get: (target, name) => {
      if (name !== "query") return Reflect.get(target, name, target);
      return (query: string | { text: string; values?: unknown[] }, values: unknown[] = []) => {
        asked.push(typeof query === "string" ? { text: query, values } : { text: query.text, values: query.values ?? [] });
        return typeof query === "string" ? target.query(query, values) : target.query(query);
      };
    },
  });
  const result = await work({ ...database, pool: recording });
  let read = 0;
  for (const { text, values } of asked) {
    const { rows } = await pool.query(`EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${text}`, values);
    const waiting = [planRows.parse(rows)[0]["QUERY PLAN"][0].Plan];
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      waiting.push(...(node.Plans ?? []));
      if (node["Relation Name"] === table) read += (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0)) * node["Actual Loops"];
    }
  }
  return { read, result };
}
