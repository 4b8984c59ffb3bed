"use client";

import { useState } from "react";
import { Button } from "~/components/ui/button";
import { cn } from "~/components/ui/class-names";
import { ErrorState } from "~/components/ui/error-state";
import { auditReport, SEVERITIES, type AuditReport, type AuditRound } from "~/pipelines/contract/audit/report";
import type { ArtifactView } from "~/server/api/schemas/builds";
import { PREVIEW_HEIGHT, PreviewSkeleton } from "../../preview-frame";
import { PreviewScroll } from "../preview-scroll";
import { useArtifactJson } from "../use-artifact-json";
import { AnalyzerList } from "./analyzer-list";
import { AuditVerdict } from "./audit-verdict";
import { FindingList } from "./finding-list";
import { RoundComparison } from "./round-comparison";
import { SeverityBadge } from "./severity-badge";

/** The audit: its verdict, who looked, and what was found in each round. */
export function AuditView({ artifact }: { artifact: ArtifactView }) {
  const { value: report, problem, retry, retrying } = useArtifactJson({ artifact, schema: auditReport });
  const [shown, setShown] = useState<"last" | "first" | "compared">("last");
  if (problem !== null) return <ErrorState className={PREVIEW_HEIGHT} title="The audit could not be loaded" message={problem} safe="The file is kept; it is in the Download menu as well." onRetry={retry} retrying={retrying} />;
  if (report === undefined) return <PreviewSkeleton label="Loading the audit…" />;
  const first = report.rounds[0];
  const round = shown === "first" ? first : report.rounds.at(-1);
  if (first === undefined || round === undefined) return null;
  return (
    <PreviewScroll label="Audit" className="flex flex-col">
      <AuditVerdict report={report} />
      {report.compared === null ? null : (
        <div role="group" aria-label="Round" className="flex flex-wrap gap-1 border-b px-3 py-1.5">
          {([["last", "After the fixes"], ["compared", "What changed"], ["first", "Before the fixes"]] as const).map(([key, title]) => (
            <Button key={key} size="sm" variant="ghost" aria-pressed={shown === key} className={cn(shown === key && "bg-surface-hover text-foreground")} onClick={() => setShown(key)}>{title}</Button>
          ))}
        </div>
      )}
      {shown === "compared" ? <RoundComparison report={report} /> : <Round report={report} round={round} />}
    </PreviewScroll>
  );
}

function Round({ report, round }: { report: AuditReport; round: AuditRound }) {
  const marks = new Map<string, string>();
  const ids = round.round === 1 ? report.compared?.fixed : report.compared?.introduced;
  for (const id of ids ?? []) marks.set(id, round.round === 1 ? "fixed since" : "new in this round");
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b px-4 py-2 text-sm">
        {SEVERITIES.map((severity) => (
          <span key={severity} className={cn("inline-flex items-center gap-1.5", round.counts[severity] === 0 && "text-muted")}>
            <span className="font-semibold tabular-nums">{round.counts[severity]}</span>
            {round.counts[severity] === 0 ? severity : <SeverityBadge severity={severity} />}
          </span>
        ))}
        {round.ignored === 0 ? null : <span className="text-xs text-muted">{round.ignored} in imported packages left out</span>}
      </div>
      <AnalyzerList analyzers={round.analyzers} required={report.policy.required} />
      <FindingList findings={round.findings} marks={marks} />
    </>
  );
}
