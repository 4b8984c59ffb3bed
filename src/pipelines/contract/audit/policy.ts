/** What makes an audit fail. It fails closed: an analyzer that is required and did not run to its end is a failure, whatever the others found. */
import { ANALYZERS, SEVERITIES, type AnalyzerName, type AnalyzerRun, type AuditFinding, type AuditPolicy } from "./report";

export interface AuditSettings {
  failOn: AuditPolicy["fail_on"];
  /** `installed`: every analyzer that this installation has. */
  required: "installed" | readonly AnalyzerName[];
  /** For each analyzer, ms. Default 150 000: far more than any takes, also on a machine that has much to do. */
  analyzerTimeoutMs?: number;
}

const ANALYZER_TIMEOUT_MS = 150_000;

export const DEFAULT_AUDIT_SETTINGS: AuditSettings = { failOn: "high", required: "installed" };

export function resolvePolicy({ settings, installed }: { settings: AuditSettings; installed: Partial<Record<AnalyzerName, string>> }): AuditPolicy {
  const { failOn, required } = settings;
  return { fail_on: failOn, required: ANALYZERS.filter((name) => (required === "installed" ? installed[name] !== undefined : required.includes(name))) };
}

export const timeoutOf = ({ analyzerTimeoutMs = ANALYZER_TIMEOUT_MS }: AuditSettings) => analyzerTimeoutMs;

/** For the log, and for the fingerprint. */
export function describePolicy({ fail_on: failOn, required }: AuditPolicy): string {
  return `${failOn === "none" ? "no finding fails" : `fails on ${failOn}`}, requires ${required.length === 0 ? "no analyzer" : required.join(", ")}`;
}

/** Whether a finding alone fails the audit. */
export function fails({ policy, finding }: { policy: AuditPolicy; finding: Pick<AuditFinding, "severity"> }): boolean {
  return policy.fail_on !== "none" && SEVERITIES.indexOf(finding.severity) <= SEVERITIES.indexOf(policy.fail_on);
}

/** Required analyzers that did not run to their end, also those of which nothing was heard. */
export function findUnmet({ policy, analyzers }: { policy: AuditPolicy; analyzers: readonly AnalyzerRun[] }): { name: string; why: string }[] {
  return policy.required.flatMap((name) => {
    const run = analyzers.find((one) => one.name === name);
    if (run === undefined) return [{ name, why: "gave no answer" }];
    if (run.status === "ran") return [];
    const what = { missing: "is not installed", crashed: "crashed", timed_out: "took too long" }[run.status];
    return [{ name, why: run.detail === "" ? what : `${what}: ${run.detail}` }];
  });
}
