/** A few numbered lines of source around a place, with a caret under it. */

const AROUND = 2;
const MAX_WIDTH = 160;
const RED = "\u001b[31m";
const DIM = "\u001b[2m";
const RESET = "\u001b[0m";
/** A source may hold what steers a terminal, turns lines around, or is stored nowhere (NUL). Each becomes one character: columns stay. */
// eslint-disable-next-line no-control-regex -- they are what is replaced
const UNSHOWN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

export interface ExcerptOptions {
  text: string;
  /** From 1. */
  line: number;
  /** From 1. */
  column: number;
  /** Characters to mark; cut at the end of the line. Default 1. */
  length?: number;
  /** With ANSI colours, for the log. Default false. */
  colour?: boolean;
}

/** Empty when the text has no such line. */
export function makeExcerpt({ text, line, column, length = 1, colour = false }: ExcerptOptions): string {
  const first = Math.max(1, line - AROUND);
  const lines = cutLines({ text, first, last: line + AROUND });
  const marked = lines[line - first];
  if (marked === undefined) return "";
  const last = first + lines.length - 1;
  const width = String(last).length;
  const paint = (code: string, value: string) => (colour ? `${code}${value}${RESET}` : value);
  // A long line is shown from shortly before the place.
  const from = column > MAX_WIDTH - 20 ? column - 60 : 0;
  const cut = (value: string) => value.slice(from, from + MAX_WIDTH).replaceAll("\t", " ").replaceAll(UNSHOWN, "\ufffd");
  const out: string[] = [];
  for (let number = first; number <= last; number += 1) {
    const gutter = `${number === line ? ">" : " "} ${String(number).padStart(width)} | `;
    out.push(`${paint(number === line ? RED : DIM, gutter)}${cut(lines[number - first] ?? "")}`.trimEnd());
    if (number !== line) continue;
    const space = " ".repeat(Math.max(0, column - 1 - from));
    const carets = "^".repeat(Math.max(1, Math.min(length, marked.length - column + 1, MAX_WIDTH)));
    out.push(`${paint(DIM, `  ${" ".repeat(width)} | `)}${space}${paint(RED, carets)}`);
  }
  return out.join("\n");
}

/** Lines `first` to `last`, those that there are. The rest is only walked over: a large source may have hundreds of places to show. */
function cutLines({ text, first, last }: { text: string; first: number; last: number }): string[] {
  let start = 0;
  for (let number = 1; number < first; number += 1) {
    const end = text.indexOf("\n", start);
    if (end < 0) return [];
    start = end + 1;
  }
  const lines: string[] = [];
  for (let number = first; number <= last; number += 1) {
    const end = text.indexOf("\n", start);
    lines.push(text.slice(start, end < 0 ? undefined : end).replace(/\r$/, ""));
    if (end < 0) break;
    start = end + 1;
  }
  return lines;
}
