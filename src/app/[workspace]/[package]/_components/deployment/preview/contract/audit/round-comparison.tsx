import { CircleCheck, CircleDot, CirclePlus, Wrench, type LucideIcon } from "lucide-react";
import { cn } from "~/components/ui/class-names";
import type { AuditFinding, AuditReport } from "~/pipelines/contract/audit/report";
import { ReasonText } from "../../../reason-text";
import { SeverityBadge } from "./severity-badge";

/** The second round beside the first: what was changed, and what became of each finding. */
export function RoundComparison({ report }: { report: AuditReport }) {
  const [before, after] = report.rounds;
  if (before === undefined || after === undefined || report.compared === null) return null;
  const { fixed, remaining, introduced } = report.compared;
  const pick = (findings: readonly AuditFinding[], ids: readonly string[]) => findings.filter((finding) => ids.includes(finding.id));
  return (
    <div className="flex flex-col">
      <section aria-label="Fixes" className="flex flex-col gap-1.5 border-b px-4 py-3">
        <h3 className="flex items-center gap-2 text-sm font-semibold"><Wrench aria-hidden className="size-3.5 text-muted" />What was changed</h3>
        <ul className="flex flex-col gap-1 pl-5.5 text-sm">
          {after.rewritten === undefined ? null : <li className="break-words">A language model, {after.rewritten.model}, rewrote <span className="font-mono text-xs">{after.rewritten.files.join(", ")}</span></li>}
          {after.fixes.map((fix, index) => <li key={index} className="break-words"><ReasonText text={fix.title} /> <span className="font-mono text-xs text-muted">{fix.file}</span></li>)}
        </ul>
        <p className="pl-5.5 text-xs text-pretty text-muted">The tab Source shows the lines, under “What changed”.{report.passed ? "" : " The changed source did not pass either: nothing is deployed of it."}</p>
      </section>
      <Became title="Fixed" icon={CircleCheck} tone="text-successful" none="None was." findings={pick(before.findings, fixed)} />
      <Became title="Still there" icon={CircleDot} tone="text-stale" none="None is." findings={pick(after.findings, remaining)} />
      <Became title="New" icon={CirclePlus} tone="text-failed" none="The fixes brought none." findings={pick(after.findings, introduced)} />
    </div>
  );
}

interface BecameProps {
  title: string;
  icon: LucideIcon;
  tone: string;
  none: string;
  findings: readonly AuditFinding[];
}

function Became({ title, icon: Icon, tone, none, findings }: BecameProps) {
  return (
    <section aria-label={title} className="flex flex-col gap-1.5 border-b px-4 py-3 last:border-b-0">
      <h3 className="flex items-center gap-2 text-sm font-semibold"><Icon aria-hidden className={cn("size-3.5", tone)} />{title} <span className="font-normal text-muted tabular-nums">{findings.length}</span></h3>
      {findings.length === 0 ? <p className="pl-5.5 text-sm text-muted">{none}</p> : null}
      <ul className="flex flex-col gap-1 pl-5.5">
        {findings.map((finding, index) => (
          <li key={`${finding.id} ${index}`} className="flex flex-wrap items-center gap-2 text-sm"><SeverityBadge severity={finding.severity} /><span className="min-w-0 break-words">{finding.title}</span> <span className="font-mono text-xs text-muted">{finding.file}:{finding.line}</span></li>
        ))}
      </ul>
    </section>
  );
}
