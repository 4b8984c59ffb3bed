"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown } from "lucide-react";
import { useCallback, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState, type CSSProperties, type MouseEvent, type Ref } from "react";
import { Button } from "~/components/ui/button";
import { formatLineAnchor } from "./line-anchor";
import { LogLine } from "./log-line";
import type { LineRange, LogStore } from "./log-store";
import type { LogRows } from "./use-log-lines";

const ROW_HEIGHT = 20;
const NEAR_END = 28;

export interface LogListHandle {
  /** Brings a line into the middle and stops following. */
  goTo(stageLine: number): void;
  goToEnd(): void;
  firstVisibleLine(): number;
}

export interface LogListProps {
  stage: string;
  label: string;
  store: LogStore;
  rows: LogRows;
  running: boolean;
  follow: boolean;
  onFollowChange: (follow: boolean) => void;
  wrap: boolean;
  times: boolean;
  query: string;
  currentMatch: number | null;
  picked: LineRange | null;
  errorLine: number | null;
  onPick: (range: LineRange) => void;
  onRangeChange: (range: LineRange) => void;
  ref: Ref<LogListHandle>;
}

/** The scrolling list: only the rows in sight exist. */
export function LogList(props: LogListProps) {
  const { stage, label, store, rows, running, follow, onFollowChange, wrap, times, query, currentMatch, picked, errorLine, onPick, onRangeChange, ref } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const lastTop = useRef(0);
  const [expanded, setExpanded] = useState<ReadonlySet<number>>(new Set());
  const virtualizer = useVirtualizer({
    count: rows.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 24,
    paddingStart: 6,
    paddingEnd: 6,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0];
  const last = items.at(-1);
  const from = first ? rows.lineAt(first.index) : 1;
  const to = last ? rows.lineAt(last.index) : 1;

  useEffect(() => onRangeChange({ from, to }), [from, to, onRangeChange]);
  useLayoutEffect(() => virtualizer.measure(), [wrap, times, virtualizer]);
  useLayoutEffect(() => {
    if (follow && rows.count > 0) virtualizer.scrollToIndex(rows.count - 1, { align: "end" });
  }, [follow, rows.count, wrap, virtualizer]);

  useImperativeHandle(
    ref,
    () => ({
      goTo(stageLine) {
        const row = rows.rowOf(stageLine);
        if (row === -1) return;
        onFollowChange(false);
        virtualizer.scrollToIndex(row, { align: "center" });
      },
      goToEnd: () => onFollowChange(true),
      firstVisibleLine: () => rows.lineAt(virtualizer.range?.startIndex ?? 0),
    }),
    [rows, virtualizer, onFollowChange],
  );

  const handleScroll = () => {
    const element = scroller.current;
    if (!element) return;
    const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END;
    if (atEnd) {
      if (running && !follow) onFollowChange(true);
    } else if (element.scrollTop < lastTop.current - 2 && follow) onFollowChange(false);
    lastTop.current = element.scrollTop;
  };

  const pick = useCallback(
    (event: MouseEvent, number: number) => {
      event.preventDefault();
      const start = event.shiftKey && picked ? picked.from : number;
      onPick({ from: Math.min(start, number), to: Math.max(start, number) });
    },
    [picked, onPick],
  );
  const expand = useCallback((number: number) => setExpanded((before) => new Set(before).add(number)), []);

  const digits: CSSProperties & Record<"--log-digits", number> = { "--log-digits": Math.max(3, String(store.total).length) };
  return (
    <div className="relative">
      <div ref={scroller} role="log" aria-live="off" aria-label={label} tabIndex={0} onScroll={handleScroll} className="focus-inset max-h-[min(62vh,36rem)] overflow-auto overscroll-y-contain" style={digits}>
        <div className="relative" style={{ height: virtualizer.getTotalSize() }}>
          <div className={wrap ? "absolute top-0 left-0 w-full" : "absolute top-0 left-0 w-max min-w-full"} style={{ transform: `translateY(${first?.start ?? 0}px)` }}>
            {items.map((item) => {
              const number = rows.lineAt(item.index);
              return (
                <div key={item.key} data-index={item.index} ref={wrap ? virtualizer.measureElement : undefined}>
                  <LogLine
                    number={number}
                    line={store.getLine(number)}
                    href={formatLineAnchor({ stage, from: number, to: number })}
                    query={query}
                    times={times}
                    wrap={wrap}
                    picked={picked !== null && number >= picked.from && number <= picked.to}
                    error={number === errorLine}
                    current={number === currentMatch}
                    expanded={expanded.has(number)}
                    onPick={pick}
                    onExpand={expand}
                  />
                </div>
              );
            })}
          </div>
        </div>
      </div>
      {running && !follow && rows.count > 0 ? (
        <Button size="sm" variant="primary" className="absolute bottom-3 left-1/2 -translate-x-1/2 shadow-raised" onClick={() => onFollowChange(true)}>
          <ArrowDown aria-hidden />
          Jump to latest
        </Button>
      ) : null}
    </div>
  );
}
