import type { SqlRunner } from "../types";

/** What a notification on the engine's channel says: new events, work in the queue, an earlier timer, other functions. */
export type Wake = "events" | "queue" | "timers" | "functions";

export const CHANNEL = "embedded_engine";

/** Tells every worker, once this transaction commits. */
export async function announce({ sql, wake }: { sql: SqlRunner; wake: Wake }): Promise<void> {
  await sql.query("SELECT pg_notify($1, $2)", [CHANNEL, wake]);
}
