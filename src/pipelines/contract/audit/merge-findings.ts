/** What several analyzers say → one list: each weakness once, most severe first. */
import { createHash } from "node:crypto";
import { makeExcerpt } from "~/pipelines/sandbox-runner/excerpt";
import { CONFIDENCES, SEVERITIES, type AnalyzerName, type AuditFinding, type Confidence } from "./report";
import { ruleOf, type AuditRule } from "./rules";
import type { RawFinding } from "./runner-result";

export interface Fix {
  title: string;
  edits: readonly { file: string; start: number; end: number; text: string }[];
}

export interface MergedFinding extends AuditFinding {
  /** The contract and function it is in, such as `Bank.withdraw`; empty at a file's top. */
  scope: string;
  /** Edits that mend it; null where none is certain. */
  fix: Fix | null;
}

interface Group {
  rule: AuditRule;
  first: RawFinding;
  confidence: Confidence;
  analyzers: Set<AnalyzerName>;
  fix: Fix | null;
}

/** The analyzers in the order of whose words and place are shown: ours name the statement and what to do. */
const SPEAKERS: readonly AnalyzerName[] = ["slipway", "forge", "slither", "solhint", "solc"];
/** It says too much about every contract, or the rules say it better: SPDX lines, and what an empty body leaves unused. */
const NOISE = new Set(["solc 1878", "solc 5667", "solc 2072", "solc 2018"]);

export function mergeFindings(options: { found: readonly { analyzer: AnalyzerName; findings: readonly RawFinding[] }[]; texts: ReadonlyMap<string, string> }): MergedFinding[] {
  const groups: Group[] = [];
  const ordered = [...options.found].sort((a, b) => SPEAKERS.indexOf(a.analyzer) - SPEAKERS.indexOf(b.analyzer));
  for (const { analyzer, findings } of ordered) {
    for (const finding of findings) {
      const rule = NOISE.has(`${analyzer} ${finding.check}`) ? null : ruleOf({ analyzer, check: finding.check });
      if (rule === null) continue;
      const same = groups.find((group) => isSame({ group, rule, finding, analyzer }));
      if (same === undefined) groups.push({ rule, first: finding, confidence: finding.confidence ?? rule.confidence, analyzers: new Set([analyzer]), fix: finding.fix });
      else join({ group: same, finding, analyzer });
    }
  }
  return toFindings({ groups, texts: options.texts });
}

function isSame({ group, rule, finding, analyzer }: { group: Group; rule: AuditRule; finding: RawFinding; analyzer: AnalyzerName }): boolean {
  const { first } = group;
  if (group.rule.id !== rule.id || first.file !== finding.file) return false;
  if (first.line <= finding.end_line && finding.line <= first.end_line) return rule.perFunction === true || !group.analyzers.has(analyzer) || first.line === finding.line;
  return rule.perFunction === true && first.scope.name === finding.scope.name;
}

function join({ group, finding, analyzer }: { group: Group; finding: RawFinding; analyzer: AnalyzerName }): void {
  const confidence = finding.confidence ?? group.rule.confidence;
  if (CONFIDENCES.indexOf(confidence) < CONFIDENCES.indexOf(group.confidence)) group.confidence = confidence;
  group.analyzers.add(analyzer);
  // A function's edits may come in parts, one for each statement.
  if (finding.fix !== null) group.fix = group.fix === null ? finding.fix : { title: group.fix.title, edits: [...group.fix.edits, ...finding.fix.edits] };
}

function toFindings({ groups, texts }: { groups: readonly Group[]; texts: ReadonlyMap<string, string> }): MergedFinding[] {
  const counted = new Map<string, number>();
  const inOrder = [...groups].sort((a, b) => a.first.file.localeCompare(b.first.file) || a.first.line - b.first.line || a.first.column - b.first.column);
  const findings = inOrder.map(({ rule, first, confidence, analyzers, fix }): MergedFinding => {
    // Neither line nor text: both change when something else in the file is mended.
    const name = [rule.id, first.file, first.scope.name].join("\0");
    const number = counted.get(name) ?? 0;
    counted.set(name, number + 1);
    return {
      id: createHash("sha256").update(`${name}\0${number}`).digest("hex").slice(0, 16),
      rule: rule.id,
      severity: rule.severity,
      confidence,
      title: rule.title,
      message: first.message,
      advice: rule.advice,
      file: first.file,
      line: first.line,
      end_line: Math.max(first.line, first.end_line),
      column: first.column,
      excerpt: makeExcerpt({ text: texts.get(first.file) ?? "", line: first.line, column: first.column, length: first.length }),
      analyzers: SPEAKERS.filter((analyzer) => analyzers.has(analyzer)),
      scope: first.scope.name,
      fix,
    };
  });
  return findings.sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || CONFIDENCES.indexOf(a.confidence) - CONFIDENCES.indexOf(b.confidence));
}

/** Without what only the fix round needs. */
export function toReported({ scope: _scope, fix: _fix, ...finding }: MergedFinding): AuditFinding {
  return finding;
}
