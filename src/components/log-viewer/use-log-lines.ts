"use client";

import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import type { LogSource } from "./log-source";
import type { LineRange, LogStore, LogStream } from "./log-store";

/** Lines beyond what is seen that are loaded along with it. */
const MARGIN = 120;
/** While the reader drags through a long log, what they pass by is not worth a request. */
const SETTLE_MS = 70;
const RETRY_MS = 4000;

/** The version of the store: changes whenever it does. */
export function useLogVersion(store: LogStore): number {
  return useSyncExternalStore(store.subscribe, store.getVersion, store.getVersion);
}

export interface LogRows {
  count: number;
  /** Stage line of a row. */
  lineAt(row: number): number;
  /** Row of a stage line; the next one after it when the filter hides it; -1 when there is none. */
  rowOf(stageLine: number): number;
}

/** Rows of the list: every line, or those of one stream. */
export function useLogRows({ store, stream }: { store: LogStore; stream: LogStream | null }): LogRows {
  const version = useLogVersion(store);
  const total = store.total;
  return useMemo(() => {
    if (stream === null) return { count: total, lineAt: (row: number) => row + 1, rowOf: (stageLine: number) => (stageLine >= 1 && stageLine <= total ? stageLine - 1 : -1) };
    const lines = store.listLinesOf({ streams: new Set([stream]) });
    return { count: lines.length, lineAt: (row: number) => lines[row] ?? 0, rowOf: (stageLine: number) => findRow(lines, stageLine) };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `version` stands for the content of the store
  }, [store, stream, total, version]);
}

/** Index of the first number ≥ `wanted` in an ascending list, or -1. */
function findRow(lines: readonly number[], wanted: number): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low < lines.length ? low : -1;
}

export interface LogLoading {
  /** Lines that could not be loaded; `retry` asks again. */
  failed: boolean;
  retry(): void;
}

/** Loads what is looked at and is not held, and while a stream is filtered for, every line not yet seen. */
export function useLogLoading({ store, source, range, stream }: { store: LogStore; source: LogSource; range: LineRange; stream: LogStream | null }): LogLoading {
  const version = useLogVersion(store);
  const inFlight = useRef(new Set<string>());
  const [failed, setFailed] = useState(false);
  const { from, to } = range;

  const load = useCallback(
    (missing: LineRange) => {
      const key = `${missing.from}-${missing.to}`;
      if (inFlight.current.has(key)) return;
      inFlight.current.add(key);
      source
        .loadLines({ from: missing.from, limit: missing.to - missing.from + 1 })
        .then((lines) => {
          // A server that answers less than it announced must not be asked for ever.
          if (store.add(lines) === 0 && store.findMissing(missing).length > 0) setFailed(true);
        }, () => setFailed(true))
        .finally(() => inFlight.current.delete(key));
    },
    [store, source],
  );

  useEffect(() => {
    if (failed || store.total === 0) return;
    store.touch({ from, to });
    const timer = setTimeout(() => {
      for (const missing of store.findMissing({ from: from - MARGIN, to: to + MARGIN })) load(missing);
    }, store.heldCount === 0 ? 0 : SETTLE_MS);
    return () => clearTimeout(timer);
  }, [store, load, from, to, version, failed]);

  useEffect(() => {
    if (failed || stream === null) return;
    const unseen = store.findUnseen();
    if (unseen) load(unseen);
  }, [store, load, stream, version, failed]);

  // A server that was away for a moment is asked again without anyone having to press a button.
  useEffect(() => {
    if (!failed) return;
    const timer = setTimeout(() => setFailed(false), RETRY_MS);
    return () => clearTimeout(timer);
  }, [failed]);

  return { failed, retry: () => setFailed(false) };
}
