/** The audit in the log and in the stage's report. */
import { makeReport } from "~/pipelines/sandbox-runner/report";
import type { Finding, StageReport } from "../../define";
import type { ModelTokens } from "../model/define";
import { fails } from "./policy";
import { SEVERITIES, type AuditPolicy, type AuditReport, type AuditRound } from "./report";

const MAX_SHOWN = 20;
const RED = "\u001b[31m";
const YELLOW = "\u001b[33m";
const RESET = "\u001b[0m";

const STATUSES = { ran: "", missing: "not installed", crashed: "crashed", timed_out: "took too long" } as const;

/** Answers the log line of the worst finding that fails, or of the first analyzer that did not run. */
export function logRound(options: { context: { log(line: string): number }; policy: AuditPolicy; round: AuditRound }): number | undefined {
  const { context, policy, round } = options;
  let unmetLine: number | undefined;
  let worstLine: number | undefined;
  context.log(round.round === 1 ? "What the analyzers found" : "What they found in the mended source");
  for (const run of round.analyzers) {
    if (run.status === "ran") {
      context.log(`  ${run.name} ${run.version ?? ""}: ${run.findings} ${run.findings === 1 ? "finding" : "findings"} in ${run.ms.toLocaleString("en")} ms${run.detail === "" ? "" : ` (${run.detail})`}`);
      continue;
    }
    const isRequired = policy.required.includes(run.name);
    const line = context.log(`  ${isRequired ? RED : YELLOW}${run.name}: ${STATUSES[run.status]}${isRequired ? ", and the policy requires it" : ""}${RESET}. ${run.detail}`);
    if (isRequired) unmetLine ??= line;
  }
  const shown = round.findings.filter((finding) => finding.severity !== "informational").slice(0, MAX_SHOWN);
  for (const finding of shown) {
    const isFailing = fails({ policy, finding });
    const line = context.log(`${isFailing ? RED : YELLOW}${finding.severity} ${finding.rule}${RESET} ${finding.file}:${finding.line}:${finding.column} ${finding.message} [${finding.analyzers.join(", ")}]`);
    if (isFailing) worstLine ??= line;
    for (const one of finding.excerpt === "" ? [] : finding.excerpt.split("\n")) context.log(one);
    context.log(`    ${finding.advice}`);
  }
  const left = round.findings.length - shown.length;
  if (left > 0) context.log(`… and ${left} more in audit.json`);
  if (round.ignored > 0) context.log(`${round.ignored} findings inside imported packages are left out.`);
  return unmetLine ?? worstLine;
}

/** A model that was asked in the fix round, whether or not what it wrote is used. */
export interface AskedModel {
  name: string;
  tokens: ModelTokens;
}

export function describeOutcome({ report, policy, asked }: { report: AuditReport; policy: AuditPolicy; asked: AskedModel | null }): StageReport {
  const last = report.rounds.at(-1);
  if (last === undefined) throw new Error("An audit has at least one round.");
  const told = last.findings.filter((finding) => finding.severity !== "informational");
  const findings = told.map(
    (finding): Finding => ({
      severity: fails({ policy, finding }) ? "error" : "warning",
      code: finding.rule,
      message: `${finding.severity}: ${finding.message}`,
      subject: finding.file,
      location: { file: finding.file, line: finding.line, column: finding.column, ...(finding.excerpt === "" ? {} : { excerpt: finding.excerpt }) },
    }),
  );
  const ran = last.analyzers.filter((run) => run.status === "ran");
  const notRun = last.analyzers.filter((run) => run.status !== "ran");
  const counts = Object.fromEntries(SEVERITIES.map((severity) => [severity, last.counts[severity]]));
  return makeReport({
    findings,
    facts: {
      passed: report.passed,
      rounds: report.rounds.length,
      ...counts,
      analyzers: ran.map((run) => `${run.name} ${run.version ?? ""}`).join(", "),
      ...(notRun.length === 0 ? {} : { not_run: notRun.map((run) => `${run.name} (${STATUSES[run.status]})`).join(", ") }),
      ...(report.compared === null ? {} : { source_changed: report.passed, fixed: report.compared.fixed.length, remaining: report.compared.remaining.length, introduced: report.compared.introduced.length }),
      ...(asked === null ? {} : { model: asked.name, input_tokens: asked.tokens.input, output_tokens: asked.tokens.output, model_changed: last.rewritten?.files.join(", ") ?? "nothing" }),
      ignored: last.ignored,
    },
  });
}
