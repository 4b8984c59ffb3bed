"use client";

import { ChevronRight, CircleX, TriangleAlert } from "lucide-react";
import { cn } from "~/components/ui/class-names";
import type { StageView } from "~/server/api/schemas/builds";
import { groupFindings, type FindingGroup } from "./group-findings";
import { sortFacts } from "./sort-facts";
import { formatPlace } from "./stage-error";

type Report = NonNullable<StageView["report"]>;

/** What the stage found, grouped and counted, and its facts. */
export function StageFindings({ report }: { report: Report }) {
  const facts = sortFacts({ facts: report.facts });
  if (report.findings.length === 0 && facts.length === 0) return null;
  const counted = report.errorCount + report.warningCount;
  return (
    <div className="flex flex-col gap-2 border-b px-4 py-3">
      {facts.length === 0 ? null : (
        <dl className="flex flex-wrap gap-x-5 gap-y-1 text-xs">
          {facts.map(([name, value]) => (
            <div key={name} className="flex min-w-0 gap-1.5">
              <dt className="shrink-0 text-muted">{name.replaceAll("_", " ")}</dt>
              <dd className="min-w-0 font-medium break-words whitespace-pre-line tabular-nums">{typeof value === "boolean" ? (value ? "yes" : "no") : String(value)}</dd>
            </div>
          ))}
        </dl>
      )}
      {report.findings.length === 0 ? null : (
        <ul className="flex flex-col gap-1">
          {groupFindings({ findings: report.findings }).map((group) => (
            <li key={`${group.severity}:${group.code}`}><Group group={group} /></li>
          ))}
        </ul>
      )}
      {counted > report.findings.length ? <p className="text-xs text-muted">The first {report.findings.length.toLocaleString("en")} of {counted.toLocaleString("en")} are listed.</p> : null}
    </div>
  );
}

function Group({ group }: { group: FindingGroup }) {
  const isError = group.severity === "error";
  const Icon = isError ? CircleX : TriangleAlert;
  return (
    <details className="group/findings" open={isError && group.findings.length <= 3}>
      <summary className="focus-inset flex list-none items-center gap-2 rounded-sm py-0.5 text-sm select-none [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-3.5 shrink-0 text-muted transition-transform group-open/findings:rotate-90" />
        <Icon role="img" aria-label={group.severity} className={cn("size-3.5 shrink-0", isError ? "text-failed" : "text-stale")} />
        <span className="min-w-0 truncate">{group.code.replaceAll("_", " ")}</span>
        <span className="rounded-full bg-surface-muted px-1.5 text-xs text-muted tabular-nums">{group.findings.length}</span>
      </summary>
      <ul className="mt-1 ml-5.5 flex max-h-72 flex-col gap-1.5 overflow-y-auto border-l py-0.5 pl-3 text-xs">
        {group.findings.map((finding, index) => (
          <li key={index} className="flex flex-col gap-0.5">
            <span className="break-words">{finding.message}</span>
            {finding.subject === undefined && finding.location === undefined ? null : (
              <span className="font-mono break-all text-muted">{[finding.subject, finding.location && formatPlace(finding.location)].filter(Boolean).join(" · ")}</span>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
