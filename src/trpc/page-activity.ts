"use client";

/**
 * Is anyone looking? A tab that stays hidden gives its stream back after a while: a browser opens only six connections
 * to one server over HTTP/1.1, and a row of forgotten tabs must not starve the one in front.
 * active → (hidden for 20 s) → resting → (shown) → active, and whoever listens carries on from its cursor.
 */
import { useSyncExternalStore } from "react";

const REST_AFTER_MS = 20_000;

const listeners = new Set<() => void>();
let active = true;
let timer: ReturnType<typeof setTimeout> | null = null;

function setActive(next: boolean): void {
  if (active === next) return;
  active = next;
  for (const listener of listeners) listener();
}

function onVisibilityChange(): void {
  if (timer !== null) clearTimeout(timer);
  timer = null;
  if (document.visibilityState === "visible") setActive(true);
  else timer = setTimeout(() => setActive(false), REST_AFTER_MS);
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) document.addEventListener("visibilitychange", onVisibilityChange);
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) document.removeEventListener("visibilitychange", onVisibilityChange);
  };
}

/** False once the tab was hidden for 20 s. Give it to a subscription's `enabled`. */
export function usePageActive(): boolean {
  return useSyncExternalStore(subscribe, () => active, () => true);
}
