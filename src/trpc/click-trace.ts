"use client";

/**
 * Which click a write follows, so that its trace begins there: a browser exports no spans, the server writes the click's.
 * Nothing of what was clicked or typed is sent, only how long ago it was.
 */
import { CLICK_HEADER } from "~/server/http/click-header";

/** What comes later was not waited for by whoever clicked: it began by itself. */
const FOLLOWS_WITHIN_MS = 5_000;
/** A key may press a button too: Enter, a space, a shortcut. */
const INPUTS = ["click", "keydown"] as const;

let lastInput = Number.NEGATIVE_INFINITY;

/** Returns how to stop. */
export function watchClicks({ target }: { target: EventTarget }): () => void {
  const note = (event: Event): void => {
    if (event.isTrusted) lastInput = event.timeStamp;
  };
  for (const input of INPUTS) target.addEventListener(input, note, { capture: true, passive: true });
  return () => {
    for (const input of INPUTS) target.removeEventListener(input, note, { capture: true });
  };
}

/** Headers of a write that is sent now. */
export function describeClick(): Record<string, string> {
  const age = Math.round(performance.now() - lastInput);
  return { traceparent: `00-${randomHex(16)}-${randomHex(8)}-01`, [CLICK_HEADER]: String(age >= 0 && age <= FOLLOWS_WITHIN_MS ? age : 0) };
}

function randomHex(bytes: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
