import { ChevronRight, ShieldCheck } from "lucide-react";
import { Badge } from "~/components/ui/badge";
import { SEVERITIES, type AuditFinding, type Severity } from "~/pipelines/contract/audit/report";
import { ReasonText } from "../../../reason-text";
import { SeverityBadge } from "./severity-badge";

/** What is worth reading first is open. */
const OPEN: readonly Severity[] = ["critical", "high", "medium"];
/** More than these are a list to look through first: all closed but the first few. */
const MAX_OPEN = 12;

/** Findings by severity, the worst first. `marks`: what became of some of them, by id. */
export function FindingList({ findings, marks }: { findings: readonly AuditFinding[]; marks: ReadonlyMap<string, string> }) {
  if (findings.length === 0) return <p className="flex items-center gap-2 px-4 py-4 text-sm text-muted"><ShieldCheck aria-hidden className="size-4 text-successful" />Nothing was found.</p>;
  const opened = new Set(findings.filter(({ severity }) => OPEN.includes(severity)).slice(0, MAX_OPEN));
  return SEVERITIES.map((severity) => {
    const group = findings.filter((finding) => finding.severity === severity);
    if (group.length === 0) return null;
    return (
      <section key={severity} aria-label={`${severity} findings`} className="flex flex-col divide-y border-b last:border-b-0">
        {group.map((finding, index) => <Finding key={`${finding.id} ${index}`} finding={finding} mark={marks.get(finding.id)} isOpen={opened.has(finding)} />)}
      </section>
    );
  });
}

function Finding({ finding, mark, isOpen }: { finding: AuditFinding; mark: string | undefined; isOpen: boolean }) {
  return (
    <details open={isOpen} className="group/finding px-4 py-2.5">
      <summary className="flex list-none flex-wrap items-center gap-x-2 gap-y-1 rounded-sm text-sm [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-3.5 shrink-0 text-muted transition-transform group-open/finding:rotate-90" />
        <SeverityBadge severity={finding.severity} />
        <span className="min-w-0 font-medium break-words">{finding.title}</span>
        {mark === undefined ? null : <Badge tone="accent">{mark}</Badge>}
        <span className="font-mono text-xs break-all text-muted">{finding.file}:{finding.line}</span>
      </summary>
      <div className="flex min-w-0 flex-col gap-2 pt-2 pl-5.5 text-sm">
        <p className="text-pretty break-words"><ReasonText text={finding.message} /></p>
        {finding.excerpt === "" ? null : (
          <pre tabIndex={0} role="region" aria-label={`Source around line ${finding.line} of ${finding.file}`} className="focus-inset overflow-x-auto rounded-md bg-surface-muted px-3 py-2 font-mono text-xs leading-5">{finding.excerpt}</pre>
        )}
        <p className="text-pretty break-words"><span className="font-medium">Advice: </span><ReasonText text={finding.advice} /></p>
        <p className="text-xs text-muted"><span className="font-mono">{finding.rule}</span> · {finding.confidence} confidence · found by {finding.analyzers.join(", ")}</p>
      </div>
    </details>
  );
}
