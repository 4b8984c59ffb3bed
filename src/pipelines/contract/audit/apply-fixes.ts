/** The mechanical fixes of one round, as text edits: of those that overlap the first wins, and what two want alike is done once. */
import { createHash } from "node:crypto";
import type { SourceFile } from "../../define";
import { readFileText } from "~/pipelines/sandbox-runner/read-file-text";
import type { Fix, MergedFinding } from "./merge-findings";
import type { AuditFix } from "./report";

type Edit = Fix["edits"][number];

export interface FixedSources {
  sources: readonly SourceFile[];
  fixes: readonly AuditFix[];
}

/** Null when there is nothing to apply. */
export async function applyFixes(options: { sources: readonly SourceFile[]; findings: readonly MergedFinding[] }): Promise<FixedSources | null> {
  const chosen: Edit[] = [];
  const fixes: AuditFix[] = [];
  for (const { id, rule, file, fix } of options.findings) {
    if (fix === null || fix.edits.some((edit) => chosen.some((other) => clashes(edit, other)))) continue;
    chosen.push(...fix.edits.filter((edit) => !chosen.some((other) => isAlike(edit, other))));
    fixes.push({ finding: id, rule, file, title: fix.title });
  }
  if (fixes.length === 0) return null;
  const sources = await Promise.all(
    options.sources.map(async (source) => {
      const edits = chosen.filter((edit) => edit.file === source.path);
      return edits.length === 0 ? source : makeSource({ path: source.path, text: edit({ text: await readFileText(source), edits }) });
    }),
  );
  return { sources, fixes };
}

const isAlike = (a: Edit, b: Edit) => a.file === b.file && a.start === b.start && a.end === b.end && a.text === b.text;
const clashes = (a: Edit, b: Edit) => a.file === b.file && !isAlike(a, b) && a.start < b.end && b.start < a.end;

function edit({ text, edits }: { text: string; edits: readonly Edit[] }): string {
  const sorted = edits.map((one, index) => ({ ...one, index })).sort((a, b) => a.start - b.start || a.end - b.end || a.index - b.index);
  let at = 0;
  let out = "";
  for (const one of sorted) {
    if (one.start < at || one.end < one.start || one.end > text.length) throw new Error(`An edit of ${one.file} lies outside of it, or in another edit.`);
    out += text.slice(at, one.start) + one.text;
    at = one.end;
  }
  return out + text.slice(at);
}

export function makeSource({ path, text }: { path: string; text: string }): SourceFile {
  const bytes = new TextEncoder().encode(text);
  return { path, size: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex"), read: async () => bytes };
}
