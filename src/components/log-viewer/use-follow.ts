"use client";

/**
 * Follows the end of a growing list.
 * following → (the reader scrolls up, or goes to a line) → paused → (they reach the end again, or ask for it) → following
 */
import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from "react";

const NEAR_END = 28;

export interface Follow {
  following: boolean;
  pause(): void;
  resume(): void;
  handleScroll(): void;
}

/** `size` is the list's height: each time it grows while following, the end is brought into sight. */
export function useFollow({ scroller, size, running, initial }: { scroller: RefObject<HTMLElement | null>; size: number; running: boolean; initial: boolean }): Follow {
  // The ref answers at once: new lines are drawn before React has taken in that the reader scrolled.
  const wanted = useRef(initial);
  const lastTop = useRef(0);
  const [following, setFollowing] = useState(initial);
  const set = useCallback((next: boolean) => {
    wanted.current = next;
    setFollowing(next);
  }, []);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element && running && wanted.current) element.scrollTop = element.scrollHeight;
  }, [scroller, size, running, following]);

  const handleScroll = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
    if (atEnd) {
      if (running && !wanted.current && element.scrollTop > lastTop.current) set(true);
    } else if (element.scrollTop < lastTop.current - 2 && wanted.current) set(false);
    lastTop.current = element.scrollTop;
  }, [scroller, running, set]);

  return { following: following && running, pause: useCallback(() => set(false), [set]), resume: useCallback(() => set(true), [set]), handleScroll };
}
