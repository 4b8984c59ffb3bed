/** Counts what was done in a window of time, in the database, so that a limit holds across processes. */
import type { Database } from "../../db/client";

export interface LimitState {
  allowed: boolean;
  limit: number;
  remaining: number;
  /** Whole seconds until the window ends, at least 1. */
  resetSeconds: number;
}

// The database's clock alone decides the window, so that processes with other clocks agree. A statement that waited for the
// row may carry an older window than the row has by then: it counts in the newer one.
const TAKE = `
  INSERT INTO rate_counter AS c (key, window_start, count)
  VALUES ($1, to_timestamp(floor(extract(epoch FROM clock_timestamp()) / $2) * $2), $3)
  ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN c.window_start >= EXCLUDED.window_start THEN c.count + $3 ELSE $3 END,
    window_start = greatest(c.window_start, EXCLUDED.window_start)
  RETURNING count, extract(epoch FROM window_start) + $2 - extract(epoch FROM clock_timestamp()) AS reset`;

/** Takes one of `limit` in the present window. Every call counts, refused ones too. */
export async function takeFromLimit(options: {
  context: { database: Pick<Database, "pool"> };
  key: string;
  limit: number;
  windowSeconds: number;
  /** How many to take; 0 only looks. */
  amount?: number;
}): Promise<LimitState & { /** All that was taken in the window. */ count: number; /** Until the window ends. */ resetMs: number }> {
  const { key, limit, windowSeconds, amount = 1 } = options;
  const result = await options.context.database.pool.query<{ count: number; reset: string }>({
    name: "take-from-limit",
    text: TAKE,
    values: [key, windowSeconds, amount],
  });
  const row = result.rows[0];
  const count = row?.count ?? 0;
  const seconds = Number(row?.reset ?? windowSeconds);
  return {
    count,
    resetMs: Math.max(0, seconds * 1000),
    allowed: amount === 0 ? count < limit : count <= limit,
    limit,
    remaining: Math.max(0, limit - count),
    resetSeconds: Math.max(1, Math.ceil(seconds)),
  };
}

/** Gives back what was taken in the present window, for what was then not done. What is left of the limit. */
export async function giveBackToLimit(options: { context: { database: Pick<Database, "pool"> }; key: string; limit: number; windowSeconds: number }): Promise<{ remaining: number }> {
  const { key, limit, windowSeconds } = options;
  const result = await options.context.database.pool.query<{ count: number }>({
    name: "give-back-to-limit",
    text: `
      UPDATE rate_counter SET count = greatest(0, count - 1)
      WHERE key = $1 AND window_start >= to_timestamp(floor(extract(epoch FROM clock_timestamp()) / $2) * $2)
      RETURNING count`,
    values: [key, windowSeconds],
  });
  return { remaining: Math.max(0, limit - (result.rows[0]?.count ?? 0)) };
}

/** Forgets what was counted, such as failed sign-ins after a good one. */
export async function resetLimit(options: { context: { database: Pick<Database, "pool"> }; key: string }): Promise<void> {
  await options.context.database.pool.query({ name: "reset-limit", text: "DELETE FROM rate_counter WHERE key = $1", values: [options.key] });
}
