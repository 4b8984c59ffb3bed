/**
 * What changed between two texts, line by line: the shortest way from one to the other (Myers, "An O(ND) Difference
 * Algorithm and Its Variations", 1986), with a few lines around each change.
 */
export interface DiffLine {
  kind: "same" | "removed" | "added";
  text: string;
  /** Number in the text before, from 1; null for an added line. */
  before: number | null;
  /** Number in the text after, from 1; null for a removed line. */
  after: number | null;
}

export interface Diff {
  /** Each begins and ends with up to `context` lines that are the same. */
  hunks: DiffLine[][];
  added: number;
  removed: number;
}

/** Beyond this many changed lines the whole text is shown as replaced: the search would cost more than it tells. */
const MOST_CHANGES = 2000;

export function diffLines({ before, after, context = 3 }: { before: string; after: string; context?: number }): Diff {
  const lines = align(splitLines(before), splitLines(after));
  return {
    hunks: cutHunks(lines, context),
    added: lines.filter((line) => line.kind === "added").length,
    removed: lines.filter((line) => line.kind === "removed").length,
  };
}

function splitLines(text: string): string[] {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

function align(before: readonly string[], after: readonly string[]): DiffLine[] {
  const trace = searchPath(before, after);
  if (trace === null) return [...before.map((text, index): DiffLine => ({ kind: "removed", text, before: index + 1, after: null })), ...after.map((text, index): DiffLine => ({ kind: "added", text, before: null, after: index + 1 }))];
  const lines: DiffLine[] = [];
  let x = before.length;
  let y = after.length;
  for (let depth = trace.length - 1; depth >= 0; depth--) {
    const reached = trace[depth] ?? new Map<number, number>();
    const k = x - y;
    const down = depth > 0 && (k === -depth || (k !== depth && (reached.get(k - 1) ?? -1) < (reached.get(k + 1) ?? -1)));
    const previousK = down ? k + 1 : k - 1;
    const previousX = depth === 0 ? 0 : (reached.get(previousK) ?? 0);
    const previousY = depth === 0 ? 0 : previousX - previousK;
    while (x > previousX && y > previousY) {
      lines.push({ kind: "same", text: before[x - 1] ?? "", before: x, after: y });
      x--;
      y--;
    }
    if (depth === 0) break;
    if (down) lines.push({ kind: "added", text: after[y - 1] ?? "", before: null, after: y });
    else lines.push({ kind: "removed", text: before[x - 1] ?? "", before: x, after: null });
    x = previousX;
    y = previousY;
  }
  return lines.reverse();
}

/** For each number of changes, how far each diagonal had been reached before it; null when there are too many. */
function searchPath(before: readonly string[], after: readonly string[]): Map<number, number>[] | null {
  const furthest = new Map<number, number>([[1, 0]]);
  const trace: Map<number, number>[] = [];
  for (let depth = 0; depth <= Math.min(before.length + after.length, MOST_CHANGES); depth++) {
    trace.push(new Map(furthest));
    for (let k = -depth; k <= depth; k += 2) {
      const down = k === -depth || (k !== depth && (furthest.get(k - 1) ?? -1) < (furthest.get(k + 1) ?? -1));
      let x = down ? (furthest.get(k + 1) ?? 0) : (furthest.get(k - 1) ?? 0) + 1;
      while (x < before.length && x - k < after.length && before[x] === after[x - k]) x++;
      furthest.set(k, x);
      if (x >= before.length && x - k >= after.length) return trace;
    }
  }
  return null;
}

function cutHunks(lines: readonly DiffLine[], context: number): DiffLine[][] {
  const hunks: DiffLine[][] = [];
  let hunk: DiffLine[] = [];
  let last = -1;
  for (const [index, line] of lines.entries()) {
    if (line.kind === "same") continue;
    const from = Math.max(last + 1, index - context);
    if (hunk.length > 0 && from > last + 1) {
      hunks.push(hunk);
      hunk = [];
    }
    // The lines after a change stay with it, up to the next one.
    let to = index;
    while (to + 1 < lines.length && to < index + context && lines[to + 1]?.kind === "same") to++;
    hunk.push(...lines.slice(from, to + 1));
    last = to;
  }
  return hunk.length === 0 ? hunks : [...hunks, hunk];
}
