"use client";

import { useEffect, useState } from "react";
import type { LogSource } from "./log-source";
import type { LogStore, LogStream } from "./log-store";
import { findMatchingLines, mergeMatches } from "./search";
import { useLogVersion } from "./use-log-lines";

const DEBOUNCE_MS = 140;

export interface LogSearch {
  /** What was searched for; behind the input while the reader types. */
  query: string;
  /** Matches in the whole log. */
  count: number;
  /** Ascending stage lines; fewer than `count` when the server left some off. */
  lines: readonly number[];
  state: "idle" | "searching" | "done" | "failed";
}

interface Found {
  key: string;
  query: string;
  count: number;
  lines: readonly number[];
  /** Lines up to this number were searched. */
  searchedTo: number;
  state: "searching" | "done" | "failed";
}

const NOTHING: LogSearch = { query: "", count: 0, lines: [], state: "idle" };

/** Searches what the page holds when that is the whole log, else on the server; new lines are searched as they come. */
export function useLogSearch({ store, source, query, stream }: { store: LogStore; source: LogSource; query: string; stream: LogStream | null }): LogSearch {
  const version = useLogVersion(store);
  const [found, setFound] = useState<Found | null>(null);
  const key = `${stream ?? ""}:${query}`;

  useEffect(() => {
    if (query === "") return;
    let current = true;
    const timer = setTimeout(() => {
      const searchedTo = store.total;
      if (store.isWhollyHeld()) {
        const lines = findMatchingLines({ lines: store.heldLines(), query, ...(stream && { streams: new Set([stream]) }) });
        setFound({ key, query, count: lines.length, lines, searchedTo, state: "done" });
        return;
      }
      setFound({ key, query, count: 0, lines: [], searchedTo, state: "searching" });
      source.searchLines({ query, stream }).then(
        (result) => current && setFound({ key, query, ...result, searchedTo, state: "done" }),
        () => current && setFound({ key, query, count: 0, lines: [], searchedTo, state: "failed" }),
      );
    }, DEBOUNCE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [store, source, query, stream, key]);

  useEffect(() => {
    setFound((before) => {
      if (before === null || before.state !== "done" || before.searchedTo >= store.total) return before;
      const fresh = listHeld(store, before.searchedTo + 1);
      const added = findMatchingLines({ lines: fresh, query: before.query, ...(stream && { streams: new Set([stream]) }) });
      // The server may have found lines that came after our question: each counts once.
      const lines = mergeMatches({ known: before.lines, added });
      return { ...before, lines, count: before.count + lines.length - before.lines.length, searchedTo: store.total };
    });
  }, [store, stream, version]);

  if (query === "") return NOTHING;
  if (found === null || found.key !== key) return { ...NOTHING, state: "searching" };
  return found;
}

function listHeld(store: LogStore, from: number) {
  const out = [];
  for (let stageLine = from; stageLine <= store.total; stageLine++) {
    const line = store.getLine(stageLine);
    if (line) out.push(line);
  }
  return out;
}
