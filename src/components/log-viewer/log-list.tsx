"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown } from "lucide-react";
import { useCallback, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState, type CSSProperties, type MouseEvent, type Ref } from "react";
import { Button } from "~/components/ui/button";
import { useClientStyle } from "~/components/ui/use-client-style";
import { formatLineAnchor } from "./line-anchor";
import { LogLine } from "./log-line";
import type { LineRange, LogStore } from "./log-store";
import { useFollow } from "./use-follow";
import type { LogRows } from "./use-log-lines";

const ROW_HEIGHT = 20;

export interface LogListHandle {
  /** Brings a line into the middle and stops following. */
  /** `quietly`: within the list alone; the page stays where the reader is. */
  goTo(stageLine: number, options?: { quietly: boolean }): void;
  firstVisibleLine(): number;
}

export interface LogListProps {
  stage: string;
  label: string;
  store: LogStore;
  rows: LogRows;
  running: boolean;
  /** Start at the end and stay there while lines come. */
  followFirst: boolean;
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
  const { stage, label, store, rows, running, followFirst, wrap, times, query, currentMatch, picked, errorLine, onPick, onRangeChange, ref } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [expanded, setExpanded] = useState<ReadonlySet<number>>(new Set());
  const virtualizer = useVirtualizer({
    count: rows.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 24,
    paddingStart: 6,
    paddingEnd: 6,
  });
  const size = virtualizer.getTotalSize();
  const { following, pause, resume, handleScroll, handleWheel, handleKeyDown } = useFollow({ scroller, size, running, initial: followFirst });
  const items = virtualizer.getVirtualItems();
  const first = items[0];
  const last = items.at(-1);
  const from = first ? rows.lineAt(first.index) : 1;
  const to = last ? rows.lineAt(last.index) : 1;

  useEffect(() => onRangeChange({ from, to }), [from, to, onRangeChange]);
  useLayoutEffect(() => virtualizer.measure(), [wrap, times, virtualizer]);

  useImperativeHandle(
    ref,
    () => ({
      goTo(stageLine, { quietly } = { quietly: false }) {
        const row = rows.rowOf(stageLine);
        if (row === -1) return;
        pause();
        virtualizer.scrollToIndex(row, { align: "center" });
        if (quietly) return;
        // The list itself may be out of sight. The row exists only once the list has drawn it.
        requestAnimationFrame(() => requestAnimationFrame(() => scroller.current?.querySelector(`[data-line="${stageLine}"]`)?.scrollIntoView({ block: "nearest", inline: "start" })));
      },
      firstVisibleLine: () => rows.lineAt(virtualizer.range?.startIndex ?? 0),
    }),
    [rows, virtualizer, pause],
  );

  const pick = useCallback(
    (event: MouseEvent, number: number) => {
      event.preventDefault();
      const start = event.shiftKey && picked ? picked.from : number;
      onPick({ from: Math.min(start, number), to: Math.max(start, number) });
    },
    [picked, onPick],
  );
  const expand = useCallback((number: number) => setExpanded((before) => new Set(before).add(number)), []);

  const digits = useClientStyle<CSSProperties & Record<"--log-digits", number>>({ "--log-digits": Math.max(3, String(store.total).length) });
  const height = useClientStyle({ height: size });
  const shift = useClientStyle({ transform: `translateY(${first?.start ?? 0}px)` });
  return (
    <div className="relative">
      <div ref={scroller} role="log" aria-live="off" aria-label={label} tabIndex={0} onScroll={handleScroll} onWheel={handleWheel} onKeyDown={handleKeyDown} className="focus-inset max-h-[min(62vh,36rem)] overflow-auto overscroll-y-contain" style={digits}>
        <div className="relative" style={height}>
          <div className={wrap ? "absolute top-0 left-0 w-full" : "absolute top-0 left-0 w-max min-w-full"} style={shift}>
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
      {running && !following ? (
        <Button size="sm" variant="primary" className="absolute bottom-3 left-1/2 -translate-x-1/2 shadow-raised" onClick={resume}>
          <ArrowDown aria-hidden />
          Jump to latest
        </Button>
      ) : null}
    </div>
  );
}
