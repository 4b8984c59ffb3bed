import { z } from "zod";
import { incomingEventSchema, ingestEvents } from "./systems/ingest";
import type { SqlRunner } from "./types";

const bodySchema = z.array(incomingEventSchema);

function answer({ status, body }: { status: number; body: object }): Response {
  return new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });
}

/**
 * A `fetch` for the Inngest client's `fetch` option: `inngest.send()` then writes its events straight to Postgres, in any
 * process, also one that runs no functions. It answers the event API (`POST /e/<key>`) alone, and everything else with 404.
 */
export function createEngineFetch({ pool }: { pool: SqlRunner }): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const { pathname } = new URL(request.url);
    if (request.method !== "POST" || !pathname.startsWith("/e/")) {
      const error = `the embedded engine does not serve ${request.method} ${pathname}; it takes events only`;
      return answer({ status: 404, body: { error, status: 404 } });
    }
    const body: unknown = await request.json();
    const events = bodySchema.safeParse(Array.isArray(body) ? body : [body]);
    if (!events.success) return answer({ status: 400, body: { error: z.prettifyError(events.error), status: 400 } });
    const idSeed = request.headers.get("x-inngest-event-id-seed");
    const { ids } = await ingestEvents({ sql: pool, events: events.data, ...(idSeed === null ? {} : { idSeed }) });
    return answer({ status: 200, body: { ids, status: 200 } });
  };
}
