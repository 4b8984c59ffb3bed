/**
 * Turns one log line with terminal escapes into styled runs of plain text.
 *
 * Each line starts from a clean style: the list shows lines from anywhere in the log, and a colour that an
 * unseen line left open must not change what a line looks like. Nothing here makes HTML; a run's text is
 * always given to the page as text.
 */

/** A run of text with one look. `color` and `background` are CSS colours, set only beside the classes that use them. */
export interface AnsiRun {
  text: string;
  /** Space-separated class names of `log-viewer.css`; empty for plain text. */
  className: string;
  color?: string;
  background?: string;
}

/** Index 0–255 of the terminal's palette, or a CSS colour. */
type Color = number | string | null;

interface Style {
  foreground: Color;
  background: Color;
  bold: boolean;
  dim: boolean;
  italic: boolean;
  underline: boolean;
  strike: boolean;
  inverse: boolean;
}

const PLAIN: Style = {
  foreground: null,
  background: null,
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  strike: false,
  inverse: false,
};

/* eslint-disable no-control-regex -- control characters are what this file is about */
const HAS_CONTROL = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/;
const CONTROL = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/g;
/** CSI: introducer, parameters, intermediates, final byte. An unfinished one at the line's end counts too. */
const CSI = /(?:\u001b\[|\u009b)([0-?]*)[ -/]*([@-~]?)/y;
/** OSC, DCS, SOS, PM and APC strings: swallowed with their content, links included. */
const CONTROL_STRING = /(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)/y;
/** What remains of a control string that never ends: only its introducer goes, so that no output is hidden. */
const CONTROL_STRING_START = /\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f]/y;
/** Charset selection and other short escapes. */
const SHORT_ESCAPE = /\u001b(?:[ -/]+[0-~]|[0-Z\\`-~])?/y;
/* eslint-enable no-control-regex */

/** Parses one line. Runs never are empty strings and neighbours never look alike. */
export function parseAnsi({ text }: { text: string }): AnsiRun[] {
  if (text === "") return [];
  if (!HAS_CONTROL.test(text)) return [{ text, className: "" }];
  const row = new Row();
  scan(text, row);
  return row.toRuns();
}

/** The line as a reader sees it, without styles. */
export function stripAnsi({ text }: { text: string }): string {
  if (!HAS_CONTROL.test(text)) return text;
  return parseAnsi({ text })
    .map((run) => run.text)
    .join("");
}

/** One row of a terminal: writing at a column replaces what stood there, as progress bars rely on. */
class Row {
  private runs: { text: string; style: Style }[] = [];
  private length = 0;
  private column = 0;
  style: Style = PLAIN;

  write(text: string): void {
    if (text === "") return;
    if (this.column < this.length) {
      const before = this.slice(0, this.column);
      const after = this.slice(this.column + text.length, this.length);
      this.runs = [];
      this.length = 0;
      for (const run of before) this.push(run);
      this.push({ text, style: this.style });
      this.column += text.length;
      for (const run of after) this.push(run);
      return;
    }
    this.push({ text, style: this.style });
    this.column = this.length;
  }

  carriageReturn(): void {
    this.column = 0;
  }

  moveLeft(count: number): void {
    this.column = Math.max(0, this.column - count);
  }

  /** `mode` as in EL: 0 to the end, 1 to the start, 2 all. */
  erase(mode: number): void {
    if (mode === 2) {
      // A terminal would leave a gap up to the column; what follows is nearly always a return, and a gap helps no reader.
      this.runs = [];
      this.length = 0;
      this.column = 0;
    } else if (mode === 1) {
      const after = this.slice(this.column, this.length);
      const blanks = " ".repeat(this.column);
      this.runs = [];
      this.length = 0;
      if (blanks !== "") this.push({ text: blanks, style: PLAIN });
      for (const run of after) this.push(run);
    } else {
      this.runs = this.slice(0, this.column);
      this.length = this.column;
    }
  }

  toRuns(): AnsiRun[] {
    const out: AnsiRun[] = [];
    for (const { text, style } of this.runs) {
      const run: AnsiRun = { text, ...describeStyle(style) };
      const last = out.at(-1);
      if (last && last.className === run.className && last.color === run.color && last.background === run.background) last.text += text;
      else out.push(run);
    }
    return out;
  }

  private push(run: { text: string; style: Style }): void {
    if (run.text === "") return;
    const last = this.runs.at(-1);
    if (last && last.style === run.style) last.text += run.text;
    else this.runs.push({ ...run });
    this.length += run.text.length;
  }

  private slice(from: number, to: number): { text: string; style: Style }[] {
    const out: { text: string; style: Style }[] = [];
    let start = 0;
    for (const run of this.runs) {
      const end = start + run.text.length;
      const text = run.text.slice(Math.max(0, from - start), Math.max(0, to - start));
      if (text !== "" && end > from && start < to) out.push({ text, style: run.style });
      start = end;
    }
    return out;
  }
}

function scan(text: string, row: Row): void {
  let position = 0;
  while (position < text.length) {
    CONTROL.lastIndex = position;
    const next = CONTROL.exec(text);
    const at = next ? next.index : text.length;
    row.write(text.slice(position, at));
    if (!next) return;
    position = consumeControl(text, at, row);
  }
}

/** Applies the control at `at`, answers where the text goes on. */
function consumeControl(text: string, at: number, row: Row): number {
  const csi = matchAt(CSI, text, at);
  if (csi) {
    const [all, parameters = "", final = ""] = csi;
    if (final === "m") row.style = applySgr(row.style, parameters);
    else if (final === "K") row.erase(Number.parseInt(parameters, 10) || 0);
    else if (final === "G" && (Number.parseInt(parameters, 10) || 1) === 1) row.carriageReturn();
    return at + all.length;
  }
  const swallowed = matchAt(CONTROL_STRING, text, at) ?? matchAt(CONTROL_STRING_START, text, at) ?? matchAt(SHORT_ESCAPE, text, at);
  if (swallowed) return at + Math.max(1, swallowed[0].length);
  const character = text[at];
  // A return that ends the line came from a CRLF: it must not let anything overwrite the line.
  if (character === "\r" && at < text.length - 1) row.carriageReturn();
  else if (character === "\b") row.moveLeft(1);
  return at + 1;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** SGR per ECMA-48, with `;` and `:` forms of extended colours. */
function applySgr(style: Style, parameters: string): Style {
  if (!/^[\d;:]*$/.test(parameters)) return style;
  const codes = parameters.split(";").flatMap(splitColonGroup);
  const next: Style = { ...style };
  for (let index = 0; index < codes.length; index++) {
    const code = codes[index] ?? 0;
    if (code === 38 || code === 48) {
      const { color, used } = readExtendedColor(codes.slice(index + 1));
      index += used;
      if (color === undefined) continue;
      if (code === 38) next.foreground = color;
      else next.background = color;
    } else {
      applySimpleCode(next, code);
    }
  }
  return isPlain(next) ? PLAIN : next;
}

/** `38:2::r:g:b` and `38:5:n` become the same numbers as their `;` forms; other groups keep their first number (`4:3`). */
function splitColonGroup(group: string): number[] {
  if (!group.includes(":")) return [Number.parseInt(group, 10) || 0];
  const parts = group.split(":");
  const numbers = parts.map((part) => Number.parseInt(part, 10) || 0);
  if (numbers[0] === 4) return [numbers[1] === 0 ? 24 : 4];
  if (numbers[0] !== 38 && numbers[0] !== 48) return numbers.slice(0, 1);
  if (numbers[1] === 2 && numbers.length >= 6) return [numbers[0], 2, ...numbers.slice(3, 6)];
  return numbers;
}

function readExtendedColor(rest: readonly number[]): { color: Color | undefined; used: number } {
  if (rest[0] === 5) {
    const index = rest[1];
    return { color: index !== undefined && index <= 255 ? index : undefined, used: 2 };
  }
  if (rest[0] === 2) {
    const channels = rest.slice(1, 4);
    const valid = channels.length === 3 && channels.every((channel) => channel <= 255);
    return { color: valid ? `rgb(${channels.join(" ")})` : undefined, used: 4 };
  }
  return { color: undefined, used: 0 };
}

function applySimpleCode(style: Style, code: number): void {
  if (code === 0) Object.assign(style, PLAIN);
  else if (code === 1) style.bold = true;
  else if (code === 2) style.dim = true;
  else if (code === 3) style.italic = true;
  else if (code === 4 || code === 21) style.underline = true;
  else if (code === 7) style.inverse = true;
  else if (code === 9) style.strike = true;
  else if (code === 22) style.bold = style.dim = false;
  else if (code === 23) style.italic = false;
  else if (code === 24) style.underline = false;
  else if (code === 27) style.inverse = false;
  else if (code === 29) style.strike = false;
  else if (code === 39) style.foreground = null;
  else if (code === 49) style.background = null;
  else if (code >= 30 && code <= 37) style.foreground = code - 30;
  else if (code >= 40 && code <= 47) style.background = code - 40;
  else if (code >= 90 && code <= 97) style.foreground = code - 90 + 8;
  else if (code >= 100 && code <= 107) style.background = code - 100 + 8;
}

function isPlain(style: Style): boolean {
  const { foreground, background, bold, dim, italic, underline, strike, inverse } = style;
  return foreground === null && background === null && !(bold || dim || italic || underline || strike || inverse);
}

function describeStyle(style: Style): Omit<AnsiRun, "text"> {
  if (style === PLAIN) return { className: "" };
  const classes: string[] = [];
  const out: Omit<AnsiRun, "text"> = { className: "" };
  if (style.inverse && style.foreground === null && style.background === null) {
    classes.push("ansi-inverse");
  } else {
    const [foreground, background] = style.inverse ? [style.background, style.foreground] : [style.foreground, style.background];
    if (foreground !== null) {
      if (typeof foreground === "number" && foreground < 16) classes.push(`ansi-fg-${foreground}`);
      else {
        classes.push("ansi-fg-custom");
        out.color = toCssColor(foreground);
      }
    } else if (style.inverse) classes.push("ansi-fg-surface");
    if (background !== null) {
      if (typeof background === "number" && background < 16) classes.push(`ansi-bg-${background}`);
      else {
        classes.push("ansi-bg-custom");
        out.background = toCssColor(background);
      }
    } else if (style.inverse) classes.push("ansi-bg-text");
  }
  for (const name of ["bold", "dim", "italic", "underline", "strike"] as const) if (style[name]) classes.push(`ansi-${name}`);
  out.className = classes.join(" ");
  return out;
}

/** The 256-colour palette of xterm: a 6×6×6 cube from 16, then 24 greys from 232. */
function toCssColor(color: number | string): string {
  if (typeof color === "string") return color;
  if (color >= 232) {
    const grey = 8 + (color - 232) * 10;
    return `rgb(${grey} ${grey} ${grey})`;
  }
  const cube = color - 16;
  const level = (step: number) => (step === 0 ? 0 : 55 + step * 40);
  return `rgb(${level(Math.floor(cube / 36))} ${level(Math.floor(cube / 6) % 6)} ${level(cube % 6)})`;
}
