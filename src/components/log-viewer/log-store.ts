/**
 * The lines of one stage's log, as far as the page holds them.
 *
 * The stage's lines are numbered 1..total without a gap. The store holds some of them in pages of a fixed size:
 * pages come from the server when they are looked at, new lines from the live stream. A line it does not hold is
 * "missing", never "absent": the viewer asks `findMissing` what to load. Lines are immutable, so whichever copy
 * arrives first stays. The pages looked at longest ago are dropped when the memory bound is passed; which stream
 * each line was on is remembered for every line ever seen (one byte each), so that the stream filter stays exact.
 */

export type LogStream = "stdout" | "stderr" | "system";

export interface StoredLine {
  /** Number in the stage, from 1. */
  stageLine: number;
  stream: LogStream;
  /** ISO 8601. */
  createdAt: string;
  message: string;
}

export interface LineRange {
  /** First and last stage line, both included. */
  from: number;
  to: number;
}

export interface LogStoreOptions {
  /** Lines a page. Default 500. */
  pageSize?: number;
  /** Bound of what is held, in UTF-16 units of text plus 64 a line. Default 24 million. */
  maxUnits?: number;
  /** How listeners are told: default, once a frame however many batches came. */
  schedule?: (notify: () => void) => void;
}

interface Page {
  lines: (StoredLine | undefined)[];
  held: number;
  units: number;
}

const STREAM_CODES: Record<LogStream, number> = { stdout: 1, stderr: 2, system: 3 };
const UNITS_A_LINE = 64;

function scheduleFrame(notify: () => void): void {
  if (typeof requestAnimationFrame === "function") requestAnimationFrame(notify);
  else setTimeout(notify, 16);
}

export class LogStore {
  readonly pageSize: number;
  private readonly maxUnits: number;
  private readonly schedule: (notify: () => void) => void;
  /** In order of use, oldest first. */
  private readonly pages = new Map<number, Page>();
  private readonly listeners = new Set<() => void>();
  private streams = new Uint8Array(1024);
  private seen = 0;
  private units = 0;
  private held = 0;
  private last = 0;
  private version = 0;
  private notifying = false;

  constructor({ pageSize = 500, maxUnits = 24_000_000, schedule = scheduleFrame }: LogStoreOptions = {}) {
    this.pageSize = pageSize;
    this.maxUnits = maxUnits;
    this.schedule = schedule;
  }

  /** Lines the stage is known to have. */
  get total(): number {
    return this.last;
  }

  get heldCount(): number {
    return this.held;
  }

  /** Lines whose stream is known, held or not. */
  get seenCount(): number {
    return this.seen;
  }

  isWhollyHeld(): boolean {
    return this.held === this.last;
  }

  /** Raises the known total; it never falls, because lines are never taken back. */
  setTotal(total: number): void {
    if (total <= this.last) return;
    this.last = total;
    this.changed();
  }

  /** Takes lines in, from a page or the live stream, in any order and with any overlap. Answers how many were new. */
  add(lines: readonly StoredLine[]): number {
    let added = 0;
    for (const line of lines) if (this.addLine(line)) added += 1;
    if (added > 0) {
      this.dropOldPages();
      this.changed();
    }
    return added;
  }

  /** The line, or undefined while it is not held. */
  getLine(stageLine: number): StoredLine | undefined {
    const number = Math.floor((stageLine - 1) / this.pageSize);
    return this.pages.get(number)?.lines[(stageLine - 1) % this.pageSize];
  }

  /** The stream of a line ever seen, else undefined. */
  getStream(stageLine: number): LogStream | undefined {
    const code = this.streams[stageLine - 1];
    if (code === 1) return "stdout";
    if (code === 2) return "stderr";
    return code === 3 ? "system" : undefined;
  }

  /** Marks what is looked at, so that it is dropped last. */
  touch({ from, to }: LineRange): void {
    for (const number of this.pageNumbers({ from, to })) {
      const page = this.pages.get(number);
      if (!page) continue;
      this.pages.delete(number);
      this.pages.set(number, page);
    }
  }

  /** What to load so that the range is whole: at most one range a page, in order, each no longer than a page. */
  findMissing({ from, to }: LineRange): LineRange[] {
    const out: LineRange[] = [];
    for (const number of this.pageNumbers({ from, to })) {
      const start = number * this.pageSize + 1;
      const end = Math.min(start + this.pageSize - 1, this.last);
      const page = this.pages.get(number);
      if (!page) {
        out.push({ from: start, to: end });
        continue;
      }
      if (page.held === end - start + 1) continue;
      let first = start;
      while (first <= end && page.lines[first - start]) first += 1;
      let last = end;
      while (last >= first && page.lines[last - start]) last -= 1;
      if (first <= last) out.push({ from: first, to: last });
    }
    return out;
  }

  /** The first lines whose stream is not known yet, at most a page of them; null when all are. */
  findUnseen(): LineRange | null {
    if (this.seen === this.last) return null;
    let from = 1;
    while (from <= this.last && this.streams[from - 1]) from += 1;
    if (from > this.last) return null;
    return { from, to: Math.min(this.last, from + this.pageSize - 1) };
  }

  /** Numbers of the seen lines on these streams, ascending. */
  listLinesOf({ streams }: { streams: ReadonlySet<LogStream> }): number[] {
    const wanted = new Set([...streams].map((stream) => STREAM_CODES[stream]));
    const out: number[] = [];
    for (let index = 0; index < this.last; index++) if (wanted.has(this.streams[index] ?? 0)) out.push(index + 1);
    return out;
  }

  /** Every line held, ascending. */
  *heldLines(): Generator<StoredLine> {
    for (const number of [...this.pages.keys()].sort((a, b) => a - b)) {
      for (const line of this.pages.get(number)?.lines ?? []) if (line) yield line;
    }
  }

  /** For `useSyncExternalStore`. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Changes whenever listeners are told. */
  readonly getVersion = (): number => this.version;

  private addLine(line: StoredLine): boolean {
    if (line.stageLine < 1) return false;
    if (line.stageLine > this.last) this.last = line.stageLine;
    const number = Math.floor((line.stageLine - 1) / this.pageSize);
    const slot = (line.stageLine - 1) % this.pageSize;
    let page = this.pages.get(number);
    if (!page) {
      page = { lines: [], held: 0, units: 0 };
      this.pages.set(number, page);
    }
    if (page.lines[slot]) return false;
    page.lines[slot] = line;
    const units = line.message.length + UNITS_A_LINE;
    page.held += 1;
    page.units += units;
    this.held += 1;
    this.units += units;
    this.rememberStream(line);
    return true;
  }

  private rememberStream({ stageLine, stream }: StoredLine): void {
    if (stageLine > this.streams.length) {
      const wider = new Uint8Array(Math.max(stageLine, this.streams.length * 2));
      wider.set(this.streams);
      this.streams = wider;
    }
    if (!this.streams[stageLine - 1]) this.seen += 1;
    this.streams[stageLine - 1] = STREAM_CODES[stream];
  }

  private dropOldPages(): void {
    for (const [number, page] of this.pages) {
      // The newest page always stays: it is what was asked for or what just came in.
      if (this.units <= this.maxUnits || this.pages.size === 1) return;
      this.pages.delete(number);
      this.units -= page.units;
      this.held -= page.held;
    }
  }

  private *pageNumbers({ from, to }: LineRange): Generator<number> {
    const first = Math.max(1, from);
    const last = Math.min(to, this.last);
    if (first > last) return;
    for (let number = Math.floor((first - 1) / this.pageSize); number <= Math.floor((last - 1) / this.pageSize); number++) yield number;
  }

  private changed(): void {
    if (this.notifying) return;
    this.notifying = true;
    this.schedule(() => {
      this.notifying = false;
      this.version += 1;
      for (const listener of this.listeners) listener();
    });
  }
}
