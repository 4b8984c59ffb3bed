/** The limit under the API: one row of a build by its key, on the same database and with as many callers. */
import type { Database } from "../../../src/server/db/client";
import pg from "pg";
import type { Report } from "../report";
import { formatMs, percentile } from "../statistics";

const CALLERS = 100;
const SECONDS = 5;

export async function measureBareQueries({ database, buildIds, report }: { database: Database; buildIds: readonly string[]; report: Report }): Promise<void> {
  const pool = new pg.Pool({ connectionString: database.url, max: 10 });
  const idOf = (turn: number): string => buildIds[turn % buildIds.length] ?? "none";
  const bare = async (title: string, query: (id: string) => Promise<unknown>): Promise<void> => {
    const times: number[] = [];
    let turn = 0;
    const until = performance.now() + SECONDS * 1000;
    const run = async (): Promise<void> => {
      while (performance.now() < until) {
        const began = performance.now();
        await query(idOf(turn++));
        times.push(performance.now() - began);
      }
    };
    await Promise.all(Array.from({ length: CALLERS }, run));
    report.note({ what: title, figure: `${Math.round(times.length / SECONDS).toLocaleString("en")}/s, p95 ${formatMs(percentile(times, 0.95))}`, aim: "", met: null });
  };
  await bare("Bare: one build's row by its key, prepared, 10 connections, no HTTP", (id) => pool.query({ name: "bare", text: "SELECT * FROM build WHERE id = $1", values: [id] }));
  await bare("Bare: the same through Prisma", (id) => database.db.build.findUnique({ where: { id } }));
  await pool.end();
}
