/** Removes rows that are past their time and would otherwise only grow: sessions, kept answers, counters. */
import type { ServiceContext } from "../context";

/** No limit counts for longer than an hour. */
const COUNTER_KEEP_MS = 24 * 3600_000;

/** Any process may call it, several at once too. Answers how many rows went. */
export async function sweepExpired(options: { context: Pick<ServiceContext, "database">; now?: number }): Promise<number> {
  const { db } = options.context.database;
  const now = options.now ?? Date.now();
  const gone = await Promise.all([
    db.session.deleteMany({ where: { expiresAt: { lt: new Date(now) } } }),
    db.idempotencyKey.deleteMany({ where: { expiresAt: { lt: new Date(now) } } }),
    db.rateCounter.deleteMany({ where: { windowStart: { lt: new Date(now - COUNTER_KEEP_MS) } } }),
  ]);
  return gone.reduce((sum, { count }) => sum + count, 0);
}
