"use client";

import { useEffect, useRef } from "react";

/** Keys as `KeyboardEvent.key` names them (`j`, `?`, `/`, `Escape`), or `mod+k` for ⌘ on a Mac and Ctrl elsewhere. */
export type Hotkeys = Readonly<Record<string, (event: KeyboardEvent) => void>>;

/** Elements in which a letter is text, or belongs to a widget that is open. */
const TYPING = "input, textarea, select, [contenteditable='true'], [role='dialog'], [role='menu'], [role='listbox']";

function isTyping(event: KeyboardEvent): boolean {
  return event.target instanceof Element && event.target.closest(TYPING) !== null;
}

/** Single keys for the whole page while the component is mounted. They rest while someone types or a dialog is open. */
export function useHotkeys(hotkeys: Hotkeys, options: { enabled?: boolean } = {}): void {
  const latest = useRef(hotkeys);
  useEffect(() => {
    latest.current = hotkeys;
  });
  const enabled = options.enabled ?? true;
  useEffect(() => {
    if (!enabled) return;
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || event.altKey || event.isComposing) return;
      const withMod = event.metaKey || event.ctrlKey;
      const handler = latest.current[withMod ? `mod+${event.key.toLowerCase()}` : event.key];
      if (handler === undefined || (!withMod && isTyping(event))) return;
      event.preventDefault();
      handler(event);
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [enabled]);
}
