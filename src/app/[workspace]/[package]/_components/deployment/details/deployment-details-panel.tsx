"use client";

import { ChevronRight } from "lucide-react";
import { RelativeTime } from "~/components/time/relative-time";
import { formatDuration } from "~/components/time/format-duration";
import { TickingDuration } from "~/components/time/ticking-duration";
import { StatusBadge } from "~/components/status/status-badge";
import { InsecureBadge } from "~/components/status/release-badges";
import { Badge } from "~/components/ui/badge";
import { CopyButton } from "~/components/ui/copy-button";
import { isFinal } from "~/domain/statuses";
import type { BuildDetail } from "~/server/api/schemas/builds";
import { CompareWithGreen } from "./compare-with-green";
import { ContractFigures } from "./contract-figures";
import { DetailRow } from "./detail-row";
import { listToolchain } from "./list-toolchain";
import { Person } from "./person";
import { StageList } from "./stage-list";
import { WaitingNote } from "./waiting-note";

const TRIGGERS: Record<BuildDetail["trigger"], string> = { push: "Push", rebuild: "Rebuild", api: "API", files_changed: "Files changed" };
const MODES: Record<BuildDetail["mode"], string> = { stale: "what was stale", failed: "what failed", all: "everything, no cache" };

export function DeploymentDetailsPanel({ build, cancelling }: { build: BuildDetail; cancelling: boolean }) {
  const toolchain = listToolchain({ stages: build.stages });
  const labels = Object.entries(build.labels);
  return (
    <aside aria-label="Details" className="flex min-w-0 flex-col rounded-lg border bg-surface">
      {build.status === "pending" ? <div className="p-3 pb-0"><WaitingNote build={build} /></div> : null}
      <dl className="flex flex-col px-4 py-2">
        <DetailRow label="Created by">{build.requested_by === null ? <span className="text-muted">Slipway</span> : <Person person={build.requested_by} />}</DetailRow>
        <DetailRow label="Created"><RelativeTime at={build.created_at} /></DetailRow>
        <DetailRow label="Status">
          <StatusBadge variant="plain" status={build.status} cancelling={cancelling} />
          {build.cancelled_in_ms === null ? null : <span className="text-muted">in {formatDuration(build.cancelled_in_ms)}</span>}
          {build.insecure ? <InsecureBadge /> : null}
        </DetailRow>
        <DetailRow label="Duration">
          <TickingDuration startedAt={build.started_at} durationMs={build.duration_ms} />
          {isFinal(build.status) || build.estimated_duration_ms === null ? null : <span className="text-xs text-muted">of about {formatDuration(build.estimated_duration_ms)}</span>}
        </DetailRow>
        <ContractFigures build={build} />
        {build.queue_wait_ms === null ? null : <DetailRow label="Waited">{formatDuration(build.queue_wait_ms)} in the queue</DetailRow>}
        <DetailRow label="Version"><span className="font-mono break-all">{build.version}</span></DetailRow>
        <DetailRow label="Build">
          <span className="tabular-nums">#{build.number}</span>
          <CopyButton text={build.build_id} what="build id" />
        </DetailRow>
        {build.commit_sha === null ? null : (
          <DetailRow label="Commit">
            <code className="font-mono" title={build.commit_sha}>{build.commit_sha.slice(0, 8)}</code>
            <CopyButton text={build.commit_sha} what="commit SHA" />
          </DetailRow>
        )}
        {build.ref === null ? null : <DetailRow label="Branch"><span className="font-mono break-all">{build.ref}</span></DetailRow>}
        <DetailRow label="Trigger">
          {TRIGGERS[build.trigger]}
          {build.trigger === "rebuild" ? <span className="text-xs text-muted">{MODES[build.mode]}</span> : null}
        </DetailRow>
        {labels.length === 0 ? null : (
          <DetailRow label="Labels">
            {labels.map(([name, value]) => <Badge key={name} tone="outline" className="max-w-full"><span className="truncate">{name}={value}</span></Badge>)}
          </DetailRow>
        )}
      </dl>
      <section aria-labelledby="detail-stages" className="flex flex-col gap-1 border-t px-4 py-3">
        <h2 id="detail-stages" className="text-xs font-medium text-muted">Stages</h2>
        <StageList stages={build.stages} />
      </section>
      {build.status === "failed" ? <CompareWithGreen buildId={build.build_id} packageName={build.package} /> : null}
      {toolchain.length === 0 ? null : <Toolchain tools={toolchain} />}
    </aside>
  );
}

function Toolchain({ tools }: { tools: ReturnType<typeof listToolchain> }) {
  return (
    <details className="group border-t px-4 py-3">
      <summary className="flex list-none items-center gap-1 rounded-sm text-xs font-medium text-muted hover:text-foreground [&::-webkit-details-marker]:hidden">
        Toolchain
        <span className="ml-auto font-normal">{tools.length} {tools.length === 1 ? "tool" : "tools"}</span>
        <ChevronRight aria-hidden className="size-3.5 transition-transform group-open:rotate-90" />
      </summary>
      <dl className="flex flex-col pt-1.5 text-xs">
        {tools.map((tool) => (
          <div key={tool.name} className="flex justify-between gap-3 py-0.5">
            <dt className="min-w-0 truncate" title={tool.name}>{tool.name}</dt>
            <dd className="font-mono text-muted">{tool.versions.join(", ")}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
