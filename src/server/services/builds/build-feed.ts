/**
 * What all followers of one build in this process share: one subscription to the bus, and the reading of a page that
 * several of them want at the same moment. States of a feed: opened by its first follower → shared → closed by its last.
 */
import type { Bus } from "../../realtime/bus";
import type { ServiceContext } from "../context";
import { readBuildPage, type BuildPage } from "./read-build-page";

export interface BuildFeed {
  /** Goes up with each notice. Take it before reading, and give it to `changed`. */
  version(): number;
  /** The frames after the cursor, as new as the present version. */
  read(cursor: number): Promise<BuildPage>;
  /** Resolves once the version is another than `since`, or when `signal` aborts. */
  changed(options: { since: number; signal: AbortSignal }): Promise<void>;
  /** To be called once. */
  leave(): void;
}

interface SharedFeed {
  followers: number;
  version: number;
  waiting: Set<() => void>;
  /** By cursor: what is being read at this version. A notice begins a new set, for a running statement may not see what it tells of. */
  reading: Map<number, Promise<BuildPage>>;
  /** Unsubscribes. */
  opened: Promise<() => void>;
}

const feedsOfBus = new WeakMap<Bus, Map<string, SharedFeed>>();

/** Resolves once notices are heard, so that what is read from then on has no gap to what is told. */
export async function joinBuildFeed(options: { context: Pick<ServiceContext, "bus" | "database">; buildId: string }): Promise<BuildFeed> {
  const { context, buildId } = options;
  const feeds = feedsOfBus.get(context.bus) ?? new Map<string, SharedFeed>();
  feedsOfBus.set(context.bus, feeds);
  const feed = feeds.get(buildId) ?? openFeed(options);
  feeds.set(buildId, feed);
  feed.followers += 1;
  const leave = (): void => {
    feed.followers -= 1;
    if (feed.followers > 0) return;
    feeds.delete(buildId);
    void feed.opened.then((unsubscribe) => unsubscribe()).catch(() => undefined);
  };
  try {
    await feed.opened;
  } catch (error) {
    leave();
    throw error;
  }
  return {
    version: () => feed.version,
    read(cursor) {
      const running = feed.reading.get(cursor);
      if (running !== undefined) return running;
      const page = readBuildPage({ context, buildId, cursor }).finally(() => {
        if (feed.reading.get(cursor) === page) feed.reading.delete(cursor);
      });
      feed.reading.set(cursor, page);
      return page;
    },
    changed: ({ since, signal }) =>
      new Promise((resolve) => {
        const wake = (): void => {
          feed.waiting.delete(wake);
          signal.removeEventListener("abort", wake);
          resolve();
        };
        if (feed.version !== since || signal.aborted) return wake();
        feed.waiting.add(wake);
        signal.addEventListener("abort", wake, { once: true });
      }),
    leave,
  };
}

function openFeed({ context, buildId }: { context: Pick<ServiceContext, "bus">; buildId: string }): SharedFeed {
  const feed: SharedFeed = {
    followers: 0,
    version: 0,
    waiting: new Set(),
    reading: new Map(),
    opened: context.bus.subscribe("build", buildId, () => {
      feed.version += 1;
      feed.reading.clear();
      for (const wake of [...feed.waiting]) wake();
    }),
  };
  return feed;
}
