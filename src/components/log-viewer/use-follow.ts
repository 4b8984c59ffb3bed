"use client";

/**
 * Follows the end of a growing list.
 * following → (the reader scrolls up, or goes to a line) → paused → (they reach the end again, or ask for it) → following
 */
import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from "react";

const NEAR_END = 28;
/** Less than this is rounding, not a reader's hand. */
const SLACK = 2;
const KEYS_UP = new Set(["ArrowUp", "PageUp", "Home"]);

export interface Follow {
  following: boolean;
  pause(): void;
  resume(): void;
  handleScroll(): void;
  handleWheel(event: { deltaY: number }): void;
  handleKeyDown(event: { key: string }): void;
}

/** `size` is the list's height: each time it grows while following, the end is brought into sight. */
export function useFollow({ scroller, size, running, initial }: { scroller: RefObject<HTMLElement | null>; size: number; running: boolean; initial: boolean }): Follow {
  // The ref answers at once: new lines are drawn before React has taken in that the reader scrolled.
  const wanted = useRef(initial);
  /** Where the list stood when it was last looked at, our own moves included: what is above it now, the reader did. */
  const lastTop = useRef(0);
  const [following, setFollowing] = useState(initial);
  const set = useCallback((next: boolean) => {
    wanted.current = next;
    setFollowing(next);
  }, []);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || !running || !wanted.current) return;
    // The reader has moved up, and the browser has not told yet: its event comes with the next frame.
    if (hasMovedUp({ element, lastTop: lastTop.current })) return;
    element.scrollTop = element.scrollHeight;
    lastTop.current = element.scrollTop;
  }, [scroller, size, running, following]);

  const handleScroll = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    if (wanted.current && hasMovedUp({ element, lastTop: lastTop.current })) set(false);
    else if (running && !wanted.current && element.scrollTop > lastTop.current && distanceToEnd(element) < NEAR_END) set(true);
    lastTop.current = element.scrollTop;
  }, [scroller, running, set]);

  // The hand is heard before the list has moved: lines that come in between would take the reader back to the end.
  const handleUp = useCallback(() => {
    const element = scroller.current;
    if (element && element.scrollHeight > element.clientHeight) set(false);
  }, [scroller, set]);

  return {
    following: following && running,
    pause: useCallback(() => set(false), [set]),
    resume: useCallback(() => set(true), [set]),
    handleScroll,
    handleWheel: useCallback(({ deltaY }) => deltaY < 0 && handleUp(), [handleUp]),
    handleKeyDown: useCallback(({ key }) => (KEYS_UP.has(key) ? handleUp() : key === "End" && running && set(true)), [handleUp, running, set]),
  };
}

function distanceToEnd({ scrollHeight, scrollTop, clientHeight }: HTMLElement): number {
  return scrollHeight - scrollTop - clientHeight;
}

/** A list that became shorter moves up by itself, to its end: that is no reader. */
function hasMovedUp({ element, lastTop }: { element: HTMLElement; lastTop: number }): boolean {
  return element.scrollTop < lastTop - SLACK && distanceToEnd(element) >= NEAR_END;
}
