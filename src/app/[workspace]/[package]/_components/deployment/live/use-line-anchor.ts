"use client";

import { useCallback, useEffect, useState } from "react";
import { formatLineAnchor, parseLineAnchor, type LineAnchor } from "~/components/log-viewer/line-anchor";

/** The lines that the address names, and how to name others without a new entry in the history. */
export function useLineAnchor(): { anchor: LineAnchor | null; setAnchor: (anchor: LineAnchor) => void } {
  const [anchor, setState] = useState<LineAnchor | null>(null);
  useEffect(() => {
    const read = () => setState(parseLineAnchor({ hash: window.location.hash }));
    read();
    window.addEventListener("hashchange", read);
    return () => window.removeEventListener("hashchange", read);
  }, []);
  const setAnchor = useCallback((next: LineAnchor) => {
    window.history.replaceState(window.history.state, "", formatLineAnchor(next));
    setState(next);
  }, []);
  return { anchor, setAnchor };
}
