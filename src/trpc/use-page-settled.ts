"use client";

import { useEffect, useState } from "react";

const AT_LATEST_MS = 2_000;

/** Of the document: pages that are opened in it later have nothing of the server's to take over. */
let documentSettled = false;

/**
 * Whether the browser had time to take over all that the server drew, part after part. News before that would make a part
 * differ from what was drawn of it.
 */
export function usePageSettled(): boolean {
  const [settled, setSettled] = useState(documentSettled);
  useEffect(() => {
    if (documentSettled) return;
    const settle = () => {
      documentSettled = true;
      setSettled(true);
    };
    // Safari has no idle callbacks.
    if (typeof window.requestIdleCallback !== "function") {
      const timer = setTimeout(settle, AT_LATEST_MS / 4);
      return () => clearTimeout(timer);
    }
    const request = window.requestIdleCallback(settle, { timeout: AT_LATEST_MS });
    return () => window.cancelIdleCallback(request);
  }, []);
  return settled;
}
