/**
 * The bus of one process: a single LISTEN connection, whatever the number of subscribers. States: connecting → listening
 * → lost → connecting …; after each reconnection every subscriber is told, because notices may have been missed.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import pg from "pg";
import type { Logger } from "../services/context";
import { BUS_CHANNEL, decodeNotice, type Bus, type BusNotice } from "./bus";

type Listener = (notice: BusNotice & { reconnected: boolean }) => void;

const RETRY_MS = 500;

export function openBus(options: { databaseUrl: string; logger: Logger }): Bus {
  const { databaseUrl, logger } = options;
  const listeners = new Map<string, Set<Listener>>();
  // The connection outlives whoever was the first to need it: what it logs is no part of their work.
  const outside = AsyncLocalStorage.snapshot();
  let closed = false;
  let client: pg.Client | null = null;
  let listening: Promise<void> | null = null;
  let everListened = false;
  let retry: NodeJS.Timeout | undefined;

  const tell = (subscription: string, notice: BusNotice & { reconnected: boolean }) => {
    for (const listener of listeners.get(subscription) ?? []) listener(notice);
  };

  const connect = async (): Promise<void> => {
    const next = new pg.Client({ connectionString: databaseUrl, keepAlive: true });
    const lost = (error?: Error) => {
      // Lost already, or never had: an attempt that fails is its maker's to repeat.
      if (client !== next) return;
      client = null;
      listening = null;
      if (closed) return;
      logger.warn({ error: error?.message }, "bus connection lost, reconnecting");
      clearTimeout(retry);
      retry = setTimeout(() => void ensureListening().catch(() => undefined), RETRY_MS);
    };
    next.on("error", lost);
    next.on("end", () => lost());
    next.on("notification", (message) => {
      const notice = decodeNotice(message.payload ?? "");
      if (notice === null) return;
      tell(`${notice.channel}:${notice.key}`, { ...notice, reconnected: false });
      tell(`${notice.channel}:*`, { ...notice, reconnected: false });
    });
    try {
      await next.connect();
      await next.query(`LISTEN ${BUS_CHANNEL}`);
    } catch (error) {
      await next.end().catch(() => undefined);
      throw error;
    }
    if (closed) return next.end();
    client = next;
    if (everListened) {
      for (const subscription of listeners.keys()) {
        const notice = decodeNotice(subscription);
        if (notice !== null) tell(subscription, { ...notice, reconnected: true });
      }
    }
    everListened = true;
  };

  /** Shares one attempt among all who wait, and keeps trying until the bus is closed. */
  const ensureListening = (): Promise<void> => {
    if (client !== null) return Promise.resolve();
    listening ??= outside(async () => {
      for (;;) {
        if (closed) throw new Error("The bus is closed.");
        try {
          return await connect();
        } catch (error) {
          logger.warn({ error: error instanceof Error ? error.message : String(error) }, "bus cannot connect, trying again");
          await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
        }
      }
    });
    return listening;
  };

  return {
    async subscribe(channel, key, onNotice) {
      const subscription = `${channel}:${key}`;
      const set = listeners.get(subscription) ?? new Set<Listener>();
      listeners.set(subscription, set);
      // A wrapper of its own, so that the same callback subscribed twice is unsubscribed once.
      const listener: Listener = AsyncLocalStorage.bind((notice) => onNotice(notice));
      set.add(listener);
      await ensureListening();
      return () => {
        set.delete(listener);
        if (set.size === 0) listeners.delete(subscription);
      };
    },
    async close() {
      closed = true;
      clearTimeout(retry);
      const open = client;
      client = null;
      listeners.clear();
      await open?.end().catch(() => undefined);
      // A connection that was still being made closes itself; whoever waits for it is answered.
      await listening?.catch(() => undefined);
    },
  };
}
