"use client";

import "./log-viewer.css";

import { useCallback, useEffect, useImperativeHandle, useRef, useState, type Ref } from "react";
import { Button } from "~/components/ui/button";
import { copyText } from "~/components/ui/copy-button";
import { toast } from "~/components/ui/toast";
import { stripAnsi } from "./ansi";
import { LogList, type LogListHandle } from "./log-list";
import { useLogPreferences } from "./log-preferences";
import type { LogSource } from "./log-source";
import type { LineRange, LogStore, LogStream } from "./log-store";
import { LogToolbar } from "./log-toolbar";
import { findNextMatch } from "./search";
import { useLogLoading, useLogRows, useLogVersion } from "./use-log-lines";
import { useLogSearch } from "./use-log-search";

/** What the page's keys do. */
export interface LogViewerHandle {
  focusSearch(): void;
  /** False when there is no search to step through. */
  goToMatch(direction: 1 | -1): boolean;
  goToLine(stageLine: number): void;
  goToError(): boolean;
}

export interface LogViewerProps {
  /** Key of the stage, as in links to its lines. */
  stage: string;
  title: string;
  store: LogStore;
  source: LogSource;
  /** `running`: more lines may come. `ended`: all are known. */
  state: "waiting" | "running" | "ended";
  /** Stage line that shows the stage's error. */
  errorLine: number | null;
  /** Lines that the address names. */
  picked: LineRange | null;
  onPick: (range: LineRange) => void;
  ref?: Ref<LogViewerHandle>;
}

/** One stage's log. */
export function LogViewer({ stage, title, store, source, state, errorLine, picked, onPick, ref }: LogViewerProps) {
  const label = `log of ${title}`;
  const running = state === "running";
  const preferences = useLogPreferences();
  const list = useRef<LogListHandle>(null);
  const input = useRef<HTMLInputElement>(null);
  useLogVersion(store);
  const [stream, setStream] = useState<LogStream | null>(null);
  const [query, setQuery] = useState("");
  const [match, setMatch] = useState<number | null>(null);
  const [range, setRange] = useState<LineRange>({ from: 1, to: 40 });
  // A failed stage's log stands at its error when it opens; only who asked for a line is taken to it.
  const [target, setTarget] = useState<{ line: number; quietly: boolean } | null>(() =>
    picked !== null ? { line: picked.from, quietly: false } : state === "ended" && errorLine !== null ? { line: errorLine, quietly: true } : null,
  );
  const [busy, setBusy] = useState(false);
  const rows = useLogRows({ store, stream });
  const loading = useLogLoading({ store, source, range, stream });
  const search = useLogSearch({ store, source, query, stream });

  const goTo = useCallback((stageLine: number) => {
    setStream(null);
    setTarget({ line: stageLine, quietly: false });
  }, []);
  // A line may be asked for before the list knows it: the wish is kept until the line is there.
  useEffect(() => {
    if (target === null || target.line > store.total || stream !== null) return;
    list.current?.goTo(target.line, target);
    setTarget(null);
  }, [target, stream, store, rows]);
  const pickedFrom = picked?.from;
  useEffect(() => {
    if (pickedFrom !== undefined) goTo(pickedFrom);
  }, [pickedFrom, goTo]);

  const step = useCallback(
    (direction: 1 | -1) => {
      const from = match ?? (list.current?.firstVisibleLine() ?? 1) - (direction === 1 ? 1 : 0);
      const line = search.lines[findNextMatch({ matches: search.lines, from, direction })];
      if (line === undefined) return false;
      setMatch(line);
      list.current?.goTo(line);
      return true;
    },
    [match, search.lines],
  );
  const found = search.state === "done" ? search.query : "";
  useEffect(() => {
    setMatch(null);
    if (found !== "") step(1);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only a new search moves the reader, not each line that comes
  }, [found, stream]);

  useImperativeHandle(ref, () => ({
    focusSearch: () => input.current?.focus(),
    goToMatch: (direction) => query !== "" && step(direction),
    goToLine: goTo,
    goToError: () => {
      if (errorLine !== null) goTo(errorLine);
      return errorLine !== null;
    },
  }), [query, step, goTo, errorLine]);

  async function readText(chosen: LineRange | null): Promise<string> {
    if (chosen === null) return source.loadText();
    const missing = store.findMissing(chosen);
    for (const part of missing) store.add(await source.loadLines({ from: part.from, limit: part.to - part.from + 1 }));
    const lines: string[] = [];
    for (let number = chosen.from; number <= Math.min(chosen.to, store.total); number++) lines.push(stripAnsi({ text: store.getLine(number)?.message ?? "" }));
    return lines.join("\n");
  }
  async function withText(chosen: LineRange | null, handOver: (text: string) => Promise<void> | void) {
    setBusy(true);
    try {
      await handOver(await readText(chosen));
    } catch {
      toast.error("The log could not be read", { description: "The server did not answer. The log itself is safe; try again." });
    } finally {
      setBusy(false);
    }
  }
  const copy = () =>
    withText(picked, async (text) => {
      if (await copyText({ text })) toast.success(picked === null ? "Log copied" : describeRange(picked, "copied"));
      else toast.error("The browser refused to copy", { description: "Select the lines and copy them by hand, or download the log." });
    });

  return (
    <section aria-label={`Log of ${title}`} className="overflow-hidden bg-surface">
      <LogToolbar
        label={label}
        query={query}
        onQueryChange={setQuery}
        search={search}
        matchIndex={match === null ? -1 : search.lines.indexOf(match)}
        onNextMatch={step}
        searchRef={input}
        stream={stream}
        onStreamChange={setStream}
        preferences={preferences}
        hasError={errorLine !== null}
        onJumpToError={() => errorLine !== null && goTo(errorLine)}
        onCopy={() => void copy()}
        copyLabel={picked === null ? "Copy the log" : `Copy ${describeRange(picked, "").trim().toLowerCase()}`}
        onDownload={() => void withText(null, (text) => saveText(text, source.fileName))}
        busy={busy}
      />
      {rows.count === 0 ? (
        <p className="px-4 py-6 text-center text-xs text-muted">{describeEmpty(state, stream, store)}</p>
      ) : (
        <LogList ref={list} stage={stage} label={label} store={store} rows={rows} running={running} followFirst={running && picked === null} wrap={preferences.wrap} times={preferences.times} query={found} currentMatch={match} picked={picked} errorLine={errorLine} onPick={onPick} onRangeChange={setRange} />
      )}
      <footer className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t px-4 py-1.5 text-xs text-muted tabular-nums">
        <span role="status">{describeTotal(state, store.total)}</span>
        {stream !== null && store.seenCount < store.total ? <span>Reading {store.seenCount.toLocaleString("en")} of {store.total.toLocaleString("en")} lines for the filter…</span> : null}
        {picked === null ? null : <span>{describeRange(picked, "selected")}</span>}
        {loading.failed ? (
          <span role="alert" className="text-failed">
            Some lines could not be loaded. <Button variant="link" size="sm" className="h-auto px-0" onClick={loading.retry}>Try again</Button>
          </span>
        ) : null}
      </footer>
    </section>
  );
}

function describeTotal(state: LogViewerProps["state"], total: number): string {
  const lines = `${total.toLocaleString("en")} ${total === 1 ? "line" : "lines"}`;
  return state === "ended" ? `${lines}, complete` : `${lines} so far`;
}

function describeEmpty(state: LogViewerProps["state"], stream: LogStream | null, store: LogStore): string {
  if (stream !== null && store.total > 0) return store.seenCount < store.total ? "Looking for lines of this stream…" : "No line of this stream.";
  if (state === "waiting") return "This stage has not started.";
  return state === "running" ? "Waiting for the first line…" : "This stage wrote nothing.";
}

function describeRange({ from, to }: LineRange, done: string): string {
  const lines = from === to ? `Line ${from.toLocaleString("en")}` : `Lines ${from.toLocaleString("en")}–${to.toLocaleString("en")}`;
  return `${lines} ${done}`;
}

function saveText(text: string, fileName: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
