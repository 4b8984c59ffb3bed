"use client";

import { useEffect, useRef } from "react";
import { Button } from "~/components/ui/button";

/** Loads on when it scrolls near; a button as well, for the keyboard and for where that does not happen. */
export function LoadMore({ busy, onLoad }: { busy: boolean; onLoad: () => void }) {
  const ref = useRef<HTMLButtonElement>(null);
  const load = useRef(onLoad);
  useEffect(() => {
    load.current = onLoad;
  });
  useEffect(() => {
    const button = ref.current;
    if (button === null || busy) return;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) load.current();
    }, { rootMargin: "600px" });
    observer.observe(button);
    return () => observer.disconnect();
  }, [busy]);
  return <Button ref={ref} size="sm" busy={busy} onClick={onLoad}>Load more</Button>;
}
