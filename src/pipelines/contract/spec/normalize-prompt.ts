/**
 * A prompt as plain sentences: straight quotes and plain spaces, and lists, tables, Markdown and JSON as lines of `key: value`.
 * Nothing that says something is taken away: only how it is laid out.
 */
import { KEYS } from "./keys";
import { TAKEN } from "./reading";
import { spellOut } from "./spell-out";

const ASSIGNED = new RegExp(`^(\\s*${KEYS})\\s*(?::?=|->|\\u2192|-(?=\\s)|\\|)\\s*(?=\\S)`, "iu");
const BULLET = /^\s*(?:[-*+•·▪‣◦>]|\d{1,2}[.)])\s+/u;
const RULE = /^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$/;

export function normalizePrompt(prompt: string): string {
  return layOut(spellOut(straighten(prompt)));
}

/** One way to write each character. */
function straighten(prompt: string): string {
  return prompt
    .normalize("NFC")
    // The mark of what was taken, if it was written by hand: it must not hide words.
    .replaceAll(TAKEN, "\ufffd")
    .replace(/[\u201c\u201d\u201e\u00ab\u00bb]/g, '"')
    .replace(/[\u2018\u2019\u201a]/g, "'")
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .replace(/[\u00b2\u00b3\u00b9\u2070\u2074-\u2079]+/g, (raised) => `^${raised.normalize("NFKC")}`)
    .replace(/[\u00a0\u2000-\u200a\u202f\u3000\t\r]/g, " ");
}

function layOut(text: string): string {
  const flat = flattenJson(text);
  const lines = readTables(dropFences(flat.split("\n")));
  const bullets = lines.filter((line) => BULLET.test(line)).length;
  const hasChecks = lines.some((line) => /^\s*(?:[-*+•]\s+)?\[x\]/i.test(line));
  return lines
    .map((line) => {
      // A single line that begins with a number is no list.
      const listed = bullets > 1 || /^\s*[-*+•]\s/.test(line) ? line.replace(BULLET, "") : line;
      const checked = listed.replace(/^\s*\[x\]\s*/i, "").replace(/^\s*\[ ?\]\s*(.+)$/, hasChecks ? "$1: no" : "$1");
      return assign(unmark(checked));
    })
    .join("\n");
}

/** Emphasis and headings of Markdown; `10**9` is a number. */
function unmark(line: string): string {
  return line
    .replace(/^\s*#{1,6}\s+/, "")
    .replace(/(?<![\d*])\*\*(?=\S)([^*\n]{1,200}?)(?<=\S)\*\*/g, "$1")
    .replace(/(?<![\p{L}\p{N}_])__(?=\S)([^_\n]{1,200}?)(?<=\S)__(?![\p{L}\p{N}_])/gu, "$1")
    .replace(/(?<![\p{L}\p{N}*])\*(?=[\p{L}\p{N}])([^*\n]{1,200}?)(?<=\S)\*(?![\p{L}\p{N}*])/gu, "$1");
}

/** `Name - Foo`, `symbol = FOO`, `supply -> 5` as `Name: Foo`. */
function assign(line: string): string {
  return line.replace(ASSIGNED, "$1: ").replace(/^(?!.*(?:name|symbol|ticker))(\s*[\p{L} ]{2,30}: )(["`])([^"`\n]+)\2\s*$/iu, "$1$3");
}

/** The marks around a block that holds settings; a block of code keeps them, and is refused. */
function dropFences(lines: readonly string[]): string[] {
  const marks = lines.flatMap((line, index) => (/^\s*`{3}\w*\s*$/.test(line) ? [index] : []));
  const [open, close, ...more] = marks;
  if (open === undefined || close === undefined || more.length > 0) return [...lines];
  const isPlain = lines.slice(open + 1, close).every((line) => line.trim() === "" || /^\s*(?:[-*]\s+)?[\p{L} _-]{2,30}\s*[:=]\s*[^;{}()]*$/u.test(line) || !/[;{}()=]/.test(line));
  return isPlain ? lines.filter((_, index) => index !== open && index !== close) : [...lines];
}

/** Rows of two cells as `a: b`; a head over one row as `head: cell`. */
function readTables(lines: readonly string[]): string[] {
  const out: string[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? "";
    const head = cellsOf(line);
    if (head === null || !RULE.test(lines[index + 1] ?? "") || !(lines[index + 1] ?? "").includes("|")) {
      out.push(head === null ? line : joinRow(head));
      continue;
    }
    const rows: string[][] = [];
    index += 1;
    for (let next = cellsOf(lines[index + 1] ?? ""); next !== null; next = cellsOf(lines[index + 1] ?? "")) {
      rows.push(next);
      index += 1;
    }
    const [only] = rows;
    if (rows.length === 1 && only !== undefined && only.length === head.length && !isGeneric(head)) out.push(...head.map((cell, column) => `${cell}: ${only[column] ?? ""}`));
    else out.push(...(isGeneric(head) ? [] : [joinRow(head)]), ...rows.map(joinRow));
  }
  return out;
}

const isGeneric = (head: readonly string[]) => head.length === 2 && /^(?:values?|settings?|details?|choice|yes\/no)?$/i.test(head[1] ?? "");
const joinRow = (cells: readonly string[]) => (cells.length === 2 ? cells.join(": ") : cells.join(", "));

function cellsOf(line: string): string[] | null {
  if (!/^\s*\|.*\|\s*$/.test(line) || RULE.test(line)) return null;
  return line.trim().slice(1, -1).split("|").map((cell) => cell.trim());
}

/** The JSON object in a prompt, one line for each value. */
function flattenJson(text: string): string {
  const from = text.indexOf("{");
  const to = text.lastIndexOf("}");
  if (from === -1 || to < from) return text;
  let found: unknown;
  try {
    found = JSON.parse(text.slice(from, to + 1));
  } catch {
    return text;
  }
  if (typeof found !== "object" || found === null) return text;
  const before = text.slice(0, from).replace(/`{3}\w*\s*$/, "");
  const after = text.slice(to + 1).replace(/^\s*`{3}/, "");
  return `${before}\n${linesOf(found).join("\n")}\n${after}`;
}

function linesOf(value: object): string[] {
  return Object.entries(value).flatMap(([key, one]: [string, unknown]) => {
    const words = key.replace(/([a-z])([A-Z])/g, "$1 $2").replaceAll("_", " ").toLowerCase();
    if (Array.isArray(one)) return [`${words}: ${one.map(String).join(", ")}`];
    if (typeof one === "object" && one !== null) return [`${words}:`, ...linesOf(one)];
    if (typeof one === "boolean") return [`${words}: ${one ? "yes" : "no"}`];
    if (typeof one === "number" && /percent/.test(words)) return [`${words.replace(/ ?percent(?:age)?/, "")}: ${one}%`];
    if (typeof one === "string" && /name|symbol|ticker/.test(words)) return [`${words}: ${JSON.stringify(one)}`];
    return [`${words}: ${one === null ? "no" : String(one)}`];
  });
}
