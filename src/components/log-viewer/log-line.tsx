"use client";

import { memo, type CSSProperties, type MouseEvent } from "react";
import type { StoredLine } from "./log-store";
import { markMatches, type MarkedRun } from "./search";

/** Longer lines are shown in part: laying out 64 KB in one line makes scrolling stutter. */
const SHOWN_CHARACTERS = 4000;

export interface LogLineProps {
  number: number;
  /** Undefined while it is being loaded. */
  line: StoredLine | undefined;
  href: string;
  query: string;
  times: boolean;
  wrap: boolean;
  picked: boolean;
  error: boolean;
  /** The match that the reader is at. */
  current: boolean;
  expanded: boolean;
  onPick: (event: MouseEvent, number: number) => void;
  onExpand: (number: number) => void;
}

export const LogLine = memo(function LogLine(props: LogLineProps) {
  const { number, line, href, times, wrap, picked, error, current } = props;
  return (
    <div className="log-row" data-wrap={wrap} data-stream={line?.stream} data-picked={picked || undefined} data-error={error || undefined} data-current={current || undefined}>
      <a className="log-number" href={href} data-line={number} aria-label={`Line ${number}`} aria-current={picked ? "location" : undefined} tabIndex={-1} onClick={(event) => props.onPick(event, number)} />
      {times && line ? <time className="log-time" dateTime={line.createdAt} data-time={formatClock(line.createdAt)} aria-hidden /> : null}
      {line ? <LineText {...props} line={line} /> : <span className="my-1.5 h-2 animate-shimmer rounded-full bg-surface-hover" style={{ width: `${18 + ((number * 37) % 45)}ch` }} />}
    </div>
  );
});

function LineText({ line, query, expanded, onExpand, number }: LogLineProps & { line: StoredLine }) {
  const runs = markMatches({ text: line.message, query });
  const length = runs.reduce((sum, run) => sum + run.text.length, 0);
  const cut = !expanded && length > SHOWN_CHARACTERS;
  return (
    <span className="log-text">
      {(cut ? cutRuns(runs) : runs).map((run, index) => (
        <Run key={index} run={run} />
      ))}
      {cut ? (
        <button type="button" className="sticky right-3 ml-2 rounded-sm bg-surface-hover px-1.5 text-muted hover:text-foreground" onClick={() => onExpand(number)}>
          … {(length - SHOWN_CHARACTERS).toLocaleString("en")} more characters
        </button>
      ) : null}
    </span>
  );
}

function Run({ run }: { run: MarkedRun }) {
  const style: CSSProperties & Record<`--${string}`, string> = {};
  if (run.color !== undefined) style["--ansi-color"] = run.color;
  if (run.background !== undefined) style["--ansi-background"] = run.background;
  const className = run.className === "" ? undefined : run.className;
  if (run.marked) return <mark className={className === undefined ? "log-mark" : `log-mark ${className}`} style={style}>{run.text}</mark>;
  return className === undefined ? run.text : <span className={className} style={style}>{run.text}</span>;
}

function cutRuns(runs: readonly MarkedRun[]): MarkedRun[] {
  const out: MarkedRun[] = [];
  let left = SHOWN_CHARACTERS;
  for (const run of runs) {
    if (left <= 0) break;
    out.push({ ...run, text: run.text.slice(0, left) });
    left -= run.text.length;
  }
  return out;
}

function formatClock(iso: string): string {
  const time = new Date(iso);
  const pad = (value: number, length = 2) => String(value).padStart(length, "0");
  return `${pad(time.getHours())}:${pad(time.getMinutes())}:${pad(time.getSeconds())}.${pad(time.getMilliseconds(), 3)}`;
}
