import type { Pool } from "pg";

/** What a scenario's functions saw, in a table of the test's own database, so that it outlives any worker. */
export interface JournalEntry {
  marker: string;
  what: string;
  details: Record<string, unknown>;
  atMs: number;
}

export interface Journal {
  record(entry: { marker: string; what: string; details?: Record<string, unknown> }): Promise<void>;
  /** The entries of one marker, oldest first. */
  read(marker: string): Promise<JournalEntry[]>;
  /** How often something was recorded under a marker. */
  count(options: { marker: string; what: string }): Promise<number>;
  /** Waits until something was recorded (so many times) under a marker, and gives the last such entry. */
  waitFor(options: { marker: string; what: string; times?: number; withinMs?: number }): Promise<JournalEntry>;
}

const CREATE_SQL = `CREATE TABLE IF NOT EXISTS public.engine_journal (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, marker text NOT NULL, what text NOT NULL,
  details jsonb NOT NULL DEFAULT '{}', at timestamptz NOT NULL DEFAULT clock_timestamp())`;

const LOOK_EVERY_MS = 15;

/** Waits for a condition by looking again and again; fails with what it was about when it does not come true in time. */
export async function waitUntil<Result>(options: {
  about: string;
  withinMs?: number;
  look: () => Promise<Result | undefined | false>;
}): Promise<Result> {
  const deadline = Date.now() + (options.withinMs ?? 20_000);
  for (;;) {
    const seen = await options.look();
    if (seen !== undefined && seen !== false) return seen;
    if (Date.now() > deadline) throw new Error(`waited in vain for ${options.about}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

/** Opens the journal of a database, making its table if it is not there. */
export async function openJournal({ pool }: { pool: Pool }): Promise<Journal> {
  await pool.query(CREATE_SQL).catch(async (cause: unknown) => {
    // Two processes that create the table at once: one of them is told so, and finds it there.
    if (!(cause instanceof Error) || !/engine_journal|already exists/.test(cause.message)) throw cause;
  });
  const read = async (marker: string): Promise<JournalEntry[]> => {
    const { rows } = await pool.query<JournalEntry>(
      `SELECT marker, what, details, (extract(epoch FROM at) * 1000)::float8 AS "atMs"
       FROM public.engine_journal WHERE marker = $1 ORDER BY id`,
      [marker],
    );
    return rows;
  };
  return {
    async record({ marker, what, details = {} }) {
      await pool.query("INSERT INTO public.engine_journal (marker, what, details) VALUES ($1, $2, $3)", [marker, what, details]);
    },
    read,
    async count({ marker, what }) {
      return (await read(marker)).filter((entry) => entry.what === what).length;
    },
    async waitFor({ marker, what, times = 1, withinMs = 20_000 }) {
      return waitUntil({
        about: `"${what}" ${times} time(s)`,
        withinMs,
        look: async () => {
          const found = (await read(marker)).filter((entry) => entry.what === what);
          return found.length >= times ? found.at(-1) : undefined;
        },
      });
    },
  };
}
