"use client";

import { useEffect, useState } from "react";
import { Spinner } from "~/components/ui/spinner";
import { useIsReconnecting } from "~/trpc/connection";

/** A reconnect that takes less is nobody's business. */
const SHOW_AFTER_MS = 1200;

function LostForAWhile() {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), SHOW_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!shown) return null;
  return (
    <div className="fixed bottom-4 left-1/2 z-40 flex -translate-x-1/2 animate-fade-in items-center gap-2 rounded-full border border-stale/40 bg-surface-raised px-3.5 py-1.5 text-sm whitespace-nowrap shadow-raised">
      <Spinner className="size-3.5 text-stale" />
      <span>
        Reconnecting… <span className="text-muted max-sm:hidden">Builds go on; the page catches up by itself.</span>
      </span>
    </div>
  );
}

/** Says so when the live stream is lost. It is there for a screen reader from the start, so that the change is read out. */
export function ConnectionBanner() {
  const reconnecting = useIsReconnecting();
  return <div role="status">{reconnecting ? <LostForAWhile /> : null}</div>;
}
