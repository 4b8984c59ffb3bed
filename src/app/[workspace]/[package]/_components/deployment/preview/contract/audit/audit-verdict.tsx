import { CircleCheck, CircleX } from "lucide-react";
import { Badge } from "~/components/ui/badge";
import { cn } from "~/components/ui/class-names";
import { fails } from "~/pipelines/contract/audit/policy";
import type { AnalyzerName, AnalyzerRun, AuditReport } from "~/pipelines/contract/audit/report";

const WHY: Record<AnalyzerRun["status"] | "silent", string> = { ran: "", missing: "is not installed here", crashed: "crashed", timed_out: "took too long", silent: "gave no answer" };

/** Passed or failed, and by what: findings, or an analyzer that had to run and did not. */
export function AuditVerdict({ report }: { report: AuditReport }) {
  const { policy, passed } = report;
  const Icon = passed ? CircleCheck : CircleX;
  const rule = policy.fail_on === "none" ? "No finding fails it" : `Findings that are ${policy.fail_on}${policy.fail_on === "critical" ? "" : " or worse"} fail it`;
  return (
    <div className="flex flex-col gap-1 border-b px-4 py-3">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-semibold">
        <Icon aria-hidden className={cn("size-4 shrink-0", passed ? "text-successful" : "text-failed")} />
        {passed ? "The audit passed" : "The audit failed"}
        <Rounds report={report} />
      </p>
      {passed ? null : <ul className="flex flex-col gap-0.5 pl-6 text-sm text-pretty break-words">{explain(report).map((why) => <li key={why}>{why}</li>)}</ul>}
      <p className="text-xs text-pretty text-muted">
        {rule}{policy.required.length === 0 ? "." : `, and it can’t pass without ${policy.required.join(", ")}.`} Passing means that these analyzers found nothing worse; it is no proof.
      </p>
    </div>
  );
}

function Rounds({ report: { rounds, passed } }: { report: AuditReport }) {
  const second = rounds[1];
  if (second === undefined) return null;
  const fixes = second.fixes.length;
  const who = second.rewritten === undefined ? `${fixes === 1 ? "one fix" : `${fixes} fixes`}` : `${second.rewritten.model} changed the source`;
  return <Badge tone="stale">{passed ? `after ${who}` : `also after ${who}`}</Badge>;
}

function explain({ policy, rounds }: AuditReport): string[] {
  const last = rounds.at(-1);
  if (last === undefined) return [];
  const unmet = policy.required.flatMap((name: AnalyzerName) => {
    const status = last.analyzers.find((one) => one.name === name)?.status ?? "silent";
    return status === "ran" ? [] : [`${name} ${WHY[status]}, and the audit can’t pass without it: what the others found is not the whole.`];
  });
  const failing = last.findings.filter((finding) => fails({ policy, finding })).length;
  return [...unmet, ...(failing === 0 ? [] : [`${failing === 1 ? "One finding is" : `${failing} findings are`} ${policy.fail_on}${policy.fail_on === "critical" ? "" : " or worse"}.`])];
}
