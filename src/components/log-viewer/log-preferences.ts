"use client";

/** How this reader likes logs: kept in the browser, shared by every viewer on the page. */
import { useSyncExternalStore } from "react";
import { z } from "zod";

const KEY = "slipway.log";
const preferences = z.object({ wrap: z.boolean(), times: z.boolean() });
export type LogPreferences = z.infer<typeof preferences>;

const DEFAULTS: LogPreferences = { wrap: false, times: false };
const listeners = new Set<() => void>();
let current: LogPreferences | null = null;

function read(): LogPreferences {
  if (current !== null) return current;
  try {
    const stored = preferences.safeParse(JSON.parse(localStorage.getItem(KEY) ?? "null"));
    current = stored.success ? stored.data : DEFAULTS;
  } catch {
    current = DEFAULTS;
  }
  return current;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function changeLogPreferences(change: Partial<LogPreferences>): void {
  current = { ...read(), ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // Storage may be full or forbidden: the choice then holds until the page is left.
  }
  for (const listener of listeners) listener();
}

export function useLogPreferences(): LogPreferences {
  return useSyncExternalStore(subscribe, read, () => DEFAULTS);
}
