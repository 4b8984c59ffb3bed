/** `audit.json`: what the analyzers found, in one or two rounds, and whether the policy lets it pass. */
import { z } from "zod";

export const SEVERITIES = ["critical", "high", "medium", "low", "informational"] as const;
export const severity = z.enum(SEVERITIES);
export type Severity = z.infer<typeof severity>;

export const CONFIDENCES = ["high", "medium", "low"] as const;
export const confidence = z.enum(CONFIDENCES);
export type Confidence = z.infer<typeof confidence>;

/** In the order they are shown. `slipway`: the checks of our own. */
export const ANALYZERS = ["slither", "slipway", "solhint", "solc", "forge"] as const;
export const analyzerName = z.enum(ANALYZERS);
export type AnalyzerName = z.infer<typeof analyzerName>;

export const FAIL_ON = ["critical", "high", "medium", "low", "none"] as const;

export const auditPolicy = z.strictObject({
  /** Findings of this severity and above fail the audit; `none`: none does. */
  fail_on: z.enum(FAIL_ON),
  /** The audit passes only when each of these ran to its end. */
  required: z.array(analyzerName),
});
export type AuditPolicy = z.infer<typeof auditPolicy>;

export const analyzerStatus = z.enum(["ran", "missing", "crashed", "timed_out"]);

export const analyzerRun = z.strictObject({
  name: analyzerName,
  /** Null where it is missing. */
  version: z.string().nullable(),
  status: analyzerStatus,
  /** Why it did not run to its end; else a remark, or empty. */
  detail: z.string(),
  ms: z.int().min(0),
  /** Findings that it has a part in. */
  findings: z.int().min(0),
});
export type AnalyzerRun = z.infer<typeof analyzerRun>;

export const auditFinding = z.strictObject({
  /** The same for the same weakness in the same function, in every round and build. */
  id: z.string().regex(/^[0-9a-f]{16}$/),
  rule: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  severity,
  confidence,
  title: z.string(),
  message: z.string(),
  advice: z.string(),
  file: z.string(),
  /** From 1. */
  line: z.int().min(1),
  end_line: z.int().min(1),
  column: z.int().min(1),
  /** A few numbered lines around it. */
  excerpt: z.string(),
  analyzers: z.array(analyzerName).min(1),
});
export type AuditFinding = z.infer<typeof auditFinding>;

const counts = z.strictObject({ critical: z.int(), high: z.int(), medium: z.int(), low: z.int(), informational: z.int() });

export const auditFix = z.strictObject({ finding: z.string(), rule: z.string(), file: z.string(), title: z.string() });
export type AuditFix = z.infer<typeof auditFix>;

export const auditRound = z.strictObject({
  /** From 1; the second is the one after the fixes. */
  round: z.int().min(1),
  /** What was changed before this round. */
  fixes: z.array(auditFix),
  /** A language model changed these files before this round. */
  rewritten: z.strictObject({ model: z.string(), files: z.array(z.string()).min(1) }).optional(),
  analyzers: z.array(analyzerRun),
  /** Most severe first. */
  findings: z.array(auditFinding),
  counts,
  /** Findings inside the packages that the sources import: not the maker's to mend. */
  ignored: z.int().min(0),
});
export type AuditRound = z.infer<typeof auditRound>;

export const auditReport = z.strictObject({
  policy: auditPolicy,
  passed: z.boolean(),
  rounds: z.array(auditRound).min(1).max(2),
  /** Ids; null with one round. */
  compared: z.strictObject({ fixed: z.array(z.string()), remaining: z.array(z.string()), introduced: z.array(z.string()) }).nullable(),
});
export type AuditReport = z.infer<typeof auditReport>;

export function countSeverities(findings: readonly AuditFinding[]): AuditRound["counts"] {
  const found = { critical: 0, high: 0, medium: 0, low: 0, informational: 0 };
  for (const finding of findings) found[finding.severity] += 1;
  return found;
}

/** What the second round changed. */
export function compareRounds({ before, after }: { before: AuditRound; after: AuditRound }): NonNullable<AuditReport["compared"]> {
  const was = new Set(before.findings.map(({ id }) => id));
  const is = new Set(after.findings.map(({ id }) => id));
  return { fixed: [...was].filter((id) => !is.has(id)), remaining: [...was].filter((id) => is.has(id)), introduced: [...is].filter((id) => !was.has(id)) };
}
