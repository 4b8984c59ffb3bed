"use client";

/**
 * One clock for everything on the page that tells time: a single timer per pace, running only while something listens,
 * corrected by the server's clock so that a computer with a wrong clock still shows right durations.
 */
import { useSyncExternalStore } from "react";
import { serverNow } from "~/trpc/server-clock";

interface Clock {
  subscribe(listener: () => void): () => void;
  read(): number;
  readOnServer(): number;
}

function createClock({ everyMs }: { everyMs: number }): Clock {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | null = null;
  let current = 0;
  return {
    subscribe(listener) {
      listeners.add(listener);
      // After hydration nothing has read the clock yet in this process.
      if (timer === null) current = serverNow();
      timer ??= setInterval(() => {
        current = serverNow();
        for (const each of listeners) each();
      }, everyMs);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0 || timer === null) return;
        clearInterval(timer);
        timer = null;
      };
    },
    read() {
      if (timer === null) current = serverNow();
      // Whole steps, so that two reads in one render are equal and React does not render again.
      return Math.floor(current / everyMs) * everyMs;
    },
    readOnServer: () => Math.floor(Date.now() / everyMs) * everyMs,
  };
}

const clocks = { fast: createClock({ everyMs: 100 }), slow: createClock({ everyMs: 15_000 }) };

/** Epoch ms that moves on by itself: `fast` every 100 ms (running durations), `slow` every 15 s (ages). */
export function useNow(pace: "fast" | "slow"): number {
  const clock = clocks[pace];
  return useSyncExternalStore(clock.subscribe, clock.read, clock.readOnServer);
}
