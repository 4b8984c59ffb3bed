/** Finding text in a log: pure parts of the viewer's search. Matching ignores case, as the server's does. */
import { parseAnsi, stripAnsi, type AnsiRun } from "./ansi";
import type { LogStream, StoredLine } from "./log-store";

/** Numbers of the lines whose text (without escapes) has the query, ascending as they are given. An empty query finds nothing. */
export function findMatchingLines({ lines, query, streams }: { lines: Iterable<StoredLine>; query: string; streams?: ReadonlySet<LogStream> }): number[] {
  const needle = query.toLowerCase();
  if (needle === "") return [];
  const out: number[] = [];
  for (const line of lines) {
    if (streams && !streams.has(line.stream)) continue;
    if (stripAnsi({ text: line.message }).toLowerCase().includes(needle)) out.push(line.stageLine);
  }
  return out;
}

/** Two ascending lists as one, each number once. */
export function mergeMatches({ known, added }: { known: readonly number[]; added: readonly number[] }): number[] {
  if (added.length === 0) return [...known];
  return [...new Set([...known, ...added])].sort((a, b) => a - b);
}

/**
 * Index of the match to go to from a line, round the ends; -1 without matches.
 * `direction` 1 goes to the first after `from`, -1 to the last before it.
 */
export function findNextMatch({ matches, from, direction }: { matches: readonly number[]; from: number; direction: 1 | -1 }): number {
  if (matches.length === 0) return -1;
  if (direction === 1) {
    const index = matches.findIndex((line) => line > from);
    return index === -1 ? 0 : index;
  }
  const index = matches.findLastIndex((line) => line < from);
  return index === -1 ? matches.length - 1 : index;
}

export interface MarkedRun extends AnsiRun {
  /** Part of a match. */
  marked: boolean;
}

/** A line's runs, split where matches begin and end. At most 200 matches a line are marked. */
export function markMatches({ text, query }: { text: string; query: string }): MarkedRun[] {
  const runs = parseAnsi({ text });
  const needle = query.toLowerCase();
  if (needle === "") return runs.map((run) => ({ ...run, marked: false }));
  const plain = foldCase(runs.map((run) => run.text).join(""));
  const edges: [number, number][] = [];
  for (let at = plain.indexOf(needle); at !== -1 && edges.length < 200; at = plain.indexOf(needle, at + needle.length)) edges.push([at, at + needle.length]);
  return splitRuns(runs, edges);
}

/** Lower case of the same length, so that places found in it are places of the text ("İ" grows when lowered). */
function foldCase(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function splitRuns(runs: readonly AnsiRun[], edges: readonly [number, number][]): MarkedRun[] {
  const out: MarkedRun[] = [];
  let start = 0;
  let edge = 0;
  for (const run of runs) {
    const end = start + run.text.length;
    let at = start;
    while (at < end) {
      const range = edges[edge];
      const marked = range !== undefined && at >= range[0];
      const stop = range === undefined ? end : Math.min(end, marked ? range[1] : range[0]);
      out.push({ ...run, text: run.text.slice(at - start, stop - start), marked });
      at = stop;
      if (range !== undefined && at >= range[1]) edge += 1;
    }
    start = end;
  }
  return out;
}
