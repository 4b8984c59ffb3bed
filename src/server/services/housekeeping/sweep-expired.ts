/** Removes rows that are past their time and would otherwise only grow: sessions, tokens, kept answers, counters, delivered events, workers that are gone. */
import type { ServiceContext } from "../context";

const BATCH = 1_000;
const DAY = 86_400;

/** What goes: the table, its key, and when a row is past its time, with `$1` as now. */
const EXPIRED = {
  sessions: { table: "session", key: "id", when: "expires_at < $1" },
  idempotency_keys: { table: "idempotency_key", key: "user_id, key", when: "expires_at < $1" },
  // No limit counts for longer than an hour.
  rate_counters: { table: "rate_counter", key: "key", when: `window_start < $1::timestamptz - make_interval(secs => ${DAY})` },
  // For a while an expired or revoked token still says in the settings that it was one.
  tokens: { table: "api_token", key: "id", when: `least(expires_at, revoked_at) < $1::timestamptz - make_interval(secs => ${30 * DAY})` },
  outbox_events: { table: "outbox_event", key: "id", when: `delivered_at < $1::timestamptz - make_interval(secs => ${14 * DAY})` },
  workers: { table: "worker", key: "id", when: `stopped_at < $1::timestamptz - make_interval(secs => ${7 * DAY})` },
} as const;

export type ExpiredCounts = Record<keyof typeof EXPIRED, number>;

/** Any process may call it, several at once too. Answers how many rows went. */
export async function sweepExpired(options: { context: Pick<ServiceContext, "database">; now?: number }): Promise<number> {
  const counts = await Promise.all(Object.values(EXPIRED).map((expired) => removeBatches({ ...options, ...expired })));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** What `sweepExpired` would remove now. */
export async function countExpired(options: { context: Pick<ServiceContext, "database">; now: number }): Promise<ExpiredCounts> {
  const count = async (what: keyof typeof EXPIRED): Promise<number> => {
    const { table, when } = EXPIRED[what];
    const { rows } = await options.context.database.pool.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${table} WHERE ${when}`, [new Date(options.now)]);
    return rows[0]?.count ?? 0;
  };
  const [sessions, idempotencyKeys, rateCounters, tokens, outboxEvents, workers] = await Promise.all([
    count("sessions"), count("idempotency_keys"), count("rate_counters"), count("tokens"), count("outbox_events"), count("workers"),
  ]);
  return { sessions, idempotency_keys: idempotencyKeys, rate_counters: rateCounters, tokens, outbox_events: outboxEvents, workers };
}

/** A few at a time, past rows that somebody else holds: nobody waits for it. */
async function removeBatches(options: { context: Pick<ServiceContext, "database">; now?: number; table: string; key: string; when: string }): Promise<number> {
  const { table, key, when } = options;
  let removed = 0;
  for (;;) {
    const { rowCount } = await options.context.database.pool.query(
      `DELETE FROM ${table} WHERE (${key}) IN (SELECT ${key} FROM ${table} WHERE ${when} LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)`,
      [new Date(options.now ?? Date.now())],
    );
    removed += rowCount ?? 0;
    if ((rowCount ?? 0) < BATCH) return removed;
  }
}
