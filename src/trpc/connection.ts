"use client";

/**
 * Is the event stream there? Each running subscription is `live` or `lost`; the page is "reconnecting" while any is lost.
 * lost → live tells the listeners, so that what has no cursor (lists) is fetched again.
 */
import { useSyncExternalStore } from "react";

type LineState = "live" | "lost";

const lines = new Map<number, LineState>();
const stateListeners = new Set<() => void>();
const reconnectListeners = new Set<() => void>();

function isLost(): boolean {
  return [...lines.values()].includes("lost");
}

function change(apply: () => void): void {
  const before = isLost();
  apply();
  if (isLost() !== before) for (const listener of stateListeners) listener();
}

export function noteLive(id: number): void {
  const wasLost = lines.get(id) === "lost";
  change(() => lines.set(id, "live"));
  if (wasLost) for (const listener of reconnectListeners) listener();
}

export function noteLost(id: number): void {
  change(() => lines.set(id, "lost"));
}

export function noteEnded(id: number): void {
  change(() => lines.delete(id));
}

/** Calls `listener` each time a lost stream is back. Returns how to stop. */
export function onReconnect(listener: () => void): () => void {
  reconnectListeners.add(listener);
  return () => reconnectListeners.delete(listener);
}

function subscribe(listener: () => void): () => void {
  stateListeners.add(listener);
  return () => stateListeners.delete(listener);
}

/** True while a stream is lost and being opened again. */
export function useIsReconnecting(): boolean {
  return useSyncExternalStore(subscribe, isLost, () => false);
}
