/** Findings of a stage as its report and as grouped lines of its log. */
import { readFileText } from "./read-file-text";
import { makeExcerpt } from "./excerpt";
import type { Finding, SourceFile, SourceLocation, StageReport } from "../define";

const MAX_FINDINGS = 500;
const MAX_EXAMPLES = 3;
const PAINT = { error: "\u001b[31m", warning: "\u001b[33m" };
const RESET = "\u001b[0m";

export interface ReportOptions {
  findings: readonly Finding[];
  facts: StageReport["facts"];
  /** Where `findings` leaves some out. Default: counted from `findings`. */
  counts?: { errors: number; warnings: number };
}

/** Errors first, at most 500; the counts are over everything. */
export function makeReport({ findings, facts, counts }: ReportOptions): StageReport {
  const errors = findings.filter((finding) => finding.severity === "error");
  const warnings = findings.filter((finding) => finding.severity === "warning");
  return {
    errorCount: counts?.errors ?? errors.length,
    warningCount: counts?.warnings ?? warnings.length,
    findings: [...errors, ...warnings].slice(0, MAX_FINDINGS),
    facts,
  };
}

/** One line a group, `source_pin_missing_trace_warning × 12`, with a few examples below it. */
export function describeGroups(findings: readonly Finding[]): string[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = `${finding.severity} ${finding.code}`;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  const sorted = [...groups.values()].sort((a, b) => Number(b[0]?.severity === "error") - Number(a[0]?.severity === "error"));
  return sorted.flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const head = `${PAINT[first.severity]}${first.severity} ${first.code}${group.length > 1 ? ` × ${group.length}` : ""}${RESET}`;
    const examples = group.slice(0, MAX_EXAMPLES).map((finding) => `    ${finding.subject === undefined ? "" : `${finding.subject}: `}${finding.message}`);
    return group.length > MAX_EXAMPLES ? [head, ...examples, `    … and ${group.length - MAX_EXAMPLES} more`] : [head, ...examples];
  });
}

export interface Place {
  file: string;
  line: number;
  column: number;
  length?: number;
}

/** The place with its excerpt, plain for the record and coloured for the log. Null file: no such source. */
export async function showPlace(options: { place: Place; files: readonly SourceFile[] }): Promise<{ location: SourceLocation; lines: string[] }> {
  const { place, files } = options;
  const location = { file: place.file, line: place.line, column: place.column };
  const source = files.find((file) => file.path === place.file);
  if (source === undefined) return { location, lines: [] };
  const text = await readFileText(source);
  const excerpt = makeExcerpt({ text, ...place });
  if (excerpt === "") return { location, lines: [] };
  return { location: { ...location, excerpt }, lines: makeExcerpt({ text, ...place, colour: true }).split("\n") };
}
