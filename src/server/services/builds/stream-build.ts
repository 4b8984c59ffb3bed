/**
 * Everything that happens in a build, in order, from any point: the one source behind the page's subscription, NDJSON,
 * SSE and WebSocket. Subscribe first, then read from the cursor, so that nothing falls between; after that, read again
 * whenever the bus says that the build changed. The consumer pulls, so a slow one holds at most one page of frames.
 */
import { invalidField } from "~/domain/errors";
import type { ServiceContext } from "../context";
import { joinBuildFeed } from "./build-feed";
import { lastEventIdOf, type BuildFrame } from "./read-build-page";

export { lastEventIdOf, type BuildFrame, type EventFrame, type LinesFrame } from "./read-build-page";

export interface StreamBuildOptions {
  context: Pick<ServiceContext, "bus" | "database">;
  buildId: string;
  /** 0: from the beginning. */
  afterEventId: number;
  signal: AbortSignal;
}

/** Ends after `build.completed` or when `signal` aborts. Followers of one build get the same frames: never change one. */
export async function* streamBuild(options: StreamBuildOptions): AsyncGenerator<BuildFrame, void, undefined> {
  const { context, buildId, signal } = options;
  let cursor = options.afterEventId;
  const feed = await joinBuildFeed({ context, buildId });
  try {
    while (!signal.aborted) {
      const since = feed.version();
      const page = await feed.read(cursor);
      for (const frame of page.frames) {
        yield frame;
        cursor = lastEventIdOf(frame);
        if (frame.type === "event" && frame.event.type === "build.completed") return;
      }
      if (page.more) continue;
      if (page.over) return;
      await feed.changed({ since, signal });
    }
  } finally {
    feed.leave();
  }
}

/** More than any build has, and few enough for the database to count on from. */
export const MAX_EVENT_ID = 2_000_000_000;

/** A cursor as a reader sends it; nothing: 0, from the beginning. Throws `validation_failed` that names `field`. */
export function parseEventId(options: { value: string | number | null | undefined; field: string }): number {
  const { value, field } = options;
  if (value === null || value === undefined || value === "") return 0;
  const id = typeof value === "string" && !/^\d+$/.test(value) ? Number.NaN : Number(value);
  if (Number.isSafeInteger(id) && id >= 0 && id <= MAX_EVENT_ID) return id;
  throw invalidField(field, "must be the id of an event, a whole number from 0 to 2000000000.");
}
