import { z } from "zod";
import { CHANNEL } from "../store/channel";
import type { EngineEvent, SqlRunner } from "../types";
import { makeUlid } from "../ulid";

/** An event as a sender gives it; a missing id, time or data is filled in. */
export const incomingEventSchema = z.looseObject({
  id: z.string().min(1).nullish(),
  name: z.string().min(1),
  data: z.record(z.string(), z.unknown()).nullish(),
  ts: z.number().nullish(),
});

export type IncomingEvent = z.input<typeof incomingEventSchema>;

// Lists, not one JSON document: Postgres refuses to take apart a document with an escaped NUL in it, but can keep one.
const INGEST_SQL = `
WITH added AS (
  INSERT INTO engine.events (id, name, payload)
  SELECT id, name, payload::json
  FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS incoming (id, name, payload, position)
  ORDER BY position
  ON CONFLICT (id) DO NOTHING
)
SELECT 1 AS announced FROM pg_notify('${CHANNEL}', 'events')`;

/**
 * Stores events for the workers to match, in whatever transaction `sql` is in: they count once that commits. An event
 * whose id is already known is ignored. `idSeed` makes the ids of events without one the same when a request is repeated.
 * @returns the ids, in the order of the events.
 * @throws ZodError when an event has no name.
 */
export async function ingestEvents({
  sql,
  events,
  idSeed,
}: {
  sql: SqlRunner;
  events: IncomingEvent[];
  idSeed?: string;
}): Promise<{ ids: string[] }> {
  const nowMs = Date.now();
  const complete = events.map((event, index): EngineEvent => {
    const { id, name, data, ts, ...rest } = incomingEventSchema.parse(event);
    const timeMs = ts ?? nowMs;
    const seed = idSeed === undefined ? {} : { seed: `${idSeed}:${index}` };
    return { ...rest, id: id ?? makeUlid({ timeMs, ...seed }), name, data: data ?? {}, ts: timeMs };
  });
  const ids = complete.map((event) => event.id);
  const names = complete.map((event) => event.name);
  const payloads = complete.map((event) => JSON.stringify(event));
  if (ids.length > 0) await sql.query(INGEST_SQL, [ids, names, payloads]);
  return { ids };
}
