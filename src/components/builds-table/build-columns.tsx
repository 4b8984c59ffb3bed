"use client";

import { createColumnHelper } from "@tanstack/react-table";
import { GitBranch, GitCommitHorizontal } from "lucide-react";
import Link from "next/link";
import { InsecureBadge } from "~/components/status/release-badges";
import { StageDots } from "~/components/status/stage-dots";
import { StatusBadge } from "~/components/status/status-badge";
import { StatusIcon } from "~/components/status/status-icon";
import { STATUS_WORDS } from "~/components/status/status-words";
import { RelativeTime } from "~/components/time/relative-time";
import { TickingDuration } from "~/components/time/ticking-duration";
import { CopyButton } from "~/components/ui/copy-button";
import type { BuildSummary } from "~/server/api/schemas/builds";
import { TRIGGERS } from "./trigger-words";

const column = createColumnHelper<BuildSummary>();

function BuildCell({ build, showPackage }: { build: BuildSummary; showPackage: boolean }) {
  const error = build.status === "failed" ? build.error : null;
  return (
    <div className="flex min-w-0 flex-col">
      <div className="flex min-w-0 items-center gap-2">
        <StatusIcon decorative status={build.status} className="md:hidden" />
        <Link data-row-link href={`/${build.package}/builds/${build.number}`} className="min-w-0 truncate rounded-sm font-medium after:absolute after:inset-0">
          {showPackage ? <>{build.package} </> : null}
          <span className="tabular-nums">#{build.number}</span>
        </Link>
        {build.insecure ? <InsecureBadge className="max-sm:hidden" /> : null}
      </div>
      {error === null ? null : <span className="truncate font-mono text-xs text-failed" title={error.message}>{error.message}</span>}
      <span className="flex min-w-0 items-center gap-2 text-xs text-muted md:hidden">
        <span className="shrink-0">{build.cancelling ? STATUS_WORDS.cancelling : STATUS_WORDS[build.status]}</span>
        <span className="truncate tabular-nums">{build.version}</span>
        <StageDots stages={build.stages} className="max-[480px]:hidden" />
        <RelativeTime at={build.created_at} className="whitespace-nowrap" />
      </span>
    </div>
  );
}

function ReleaseCell({ build }: { build: BuildSummary }) {
  return (
    <div className="flex min-w-0 flex-col">
      <Link href={`/${build.package}/releases/${build.version}`} className="relative z-1 w-fit max-w-full truncate rounded-sm tabular-nums hover:underline">{build.version}</Link>
      <span className="flex min-w-0 items-center gap-1 text-xs text-muted">
        {build.ref === null ? null : <span className="flex min-w-0 items-center gap-1"><GitBranch aria-hidden className="size-3 shrink-0" /><span className="truncate">{build.ref}</span></span>}
        {build.commit_sha === null ? null : (
          <span className="relative z-1 flex items-center gap-0.5">
            <GitCommitHorizontal aria-hidden className="size-3 shrink-0" />
            <code>{build.commit_sha.slice(0, 7)}</code>
            <CopyButton text={build.commit_sha} what="commit" className="size-5" />
          </span>
        )}
      </span>
    </div>
  );
}

function TriggerCell({ build }: { build: BuildSummary }) {
  const { label, icon: Icon } = TRIGGERS[build.trigger];
  return (
    <div className="flex min-w-0 flex-col">
      <span className="flex items-center gap-1.5"><Icon aria-hidden className="size-3.5 shrink-0 text-muted" />{label}</span>
      <span className="truncate text-xs text-muted">{build.requested_by === null ? "by itself" : `by ${build.requested_by.handle}`}</span>
    </div>
  );
}

export function createBuildColumns({ showPackage }: { showPackage: boolean }) {
  return [
    column.accessor("status", { header: "Status", cell: ({ row }) => <StatusBadge status={row.original.status} cancelling={row.original.cancelling} className="align-middle" /> }),
    column.display({ id: "build", header: "Build", cell: ({ row }) => <BuildCell build={row.original} showPackage={showPackage} /> }),
    column.display({ id: "release", header: "Release", cell: ({ row }) => <ReleaseCell build={row.original} /> }),
    column.accessor("trigger", { header: "Trigger", cell: ({ row }) => <TriggerCell build={row.original} /> }),
    column.accessor("stages", { header: "Stages", cell: ({ row }) => <StageDots stages={row.original.stages} className="relative z-1" /> }),
    column.display({ id: "duration", header: "Duration", cell: ({ row }) => <TickingDuration startedAt={row.original.started_at} durationMs={row.original.duration_ms} /> }),
    column.accessor("created_at", { id: "age", header: "Age", cell: ({ row }) => <RelativeTime at={row.original.created_at} className="relative z-1 whitespace-nowrap text-muted" /> }),
  ];
}
