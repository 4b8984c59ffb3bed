/** One round of the audit: every analyzer over the same sources, in the sandbox. */
import { readFileText } from "~/pipelines/sandbox-runner/read-file-text";
import { runRunner } from "~/pipelines/sandbox-runner/run-runner";
import type { SandboxToolchain } from "~/pipelines/sandbox-runner/toolchain";
import type { SourceFile, StageContext, StageFailure } from "../../define";
import type { Deployable } from "../deployable";
import { mergeFindings, toReported, type MergedFinding } from "./merge-findings";
import { makePropertyTests } from "./property-tests";
import { ANALYZERS, countSeverities, type AuditFix, type AuditRound } from "./report";
import { CHECKS_WORST_FIRST, SLITHER_CHECKS } from "./rules";
import { auditRunnerResult } from "./runner-result";

export interface Round {
  round: AuditRound;
  /** Its findings with what the fixes need. */
  merged: readonly MergedFinding[];
}

export type RoundAnswer = ({ ok: true } & Round) | { ok: false; error: StageFailure };

export async function runRound(options: {
  context: StageContext<unknown>;
  toolchain: SandboxToolchain;
  number: number;
  sources: readonly SourceFile[];
  deployable: Deployable | null;
  fixes: readonly AuditFix[];
  rewritten?: AuditRound["rewritten"];
  /** For each analyzer; the sandbox's own limit is above it. */
  timeoutMs: number;
}): Promise<RoundAnswer> {
  const { context, toolchain, number, sources, deployable, fixes, rewritten, timeoutMs } = options;
  const job = { analyzers: ANALYZERS, timeout_ms: timeoutMs, detectors: SLITHER_CHECKS, worst_first: CHECKS_WORST_FIRST, property_tests: deployable === null ? null : makePropertyTests(deployable) };
  const answer = await runRunner({ context, toolchain, runner: "security_audit", job, files: sources, result: auditRunnerResult, doing: "The audit" });
  if (!answer.ok) return { ok: false, error: answer.error };
  const { problem, analyzers, ignored } = answer.result;
  if (problem !== null) return { ok: false, error: { code: "compiler_error", message: `The audit could not read the sources: ${problem}` } };
  const texts = new Map(await Promise.all(sources.map(async (file): Promise<[string, string]> => [file.path, await readFileText(file)])));
  const merged = mergeFindings({ found: analyzers.map(({ name, findings }) => ({ analyzer: name, findings })), texts });
  const findings = merged.map(toReported);
  const runs = ANALYZERS.flatMap((name) => {
    const run = analyzers.find((one) => one.name === name);
    return run === undefined ? [] : [{ name, version: run.version, status: run.status, detail: run.detail, ms: Math.round(run.ms), findings: findings.filter((finding) => finding.analyzers.includes(name)).length }];
  });
  return { ok: true, merged, round: { round: number, fixes: [...fixes], ...(rewritten === undefined ? {} : { rewritten }), analyzers: runs, findings, counts: countSeverities(findings), ignored } };
}
