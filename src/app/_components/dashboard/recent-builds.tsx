"use client";

import { useQuery } from "@tanstack/react-query";
import { Hammer } from "lucide-react";
import Link from "next/link";
import { StageDots } from "~/components/status/stage-dots";
import { StatusIcon } from "~/components/status/status-icon";
import { RelativeTime } from "~/components/time/relative-time";
import { TickingDuration } from "~/components/time/ticking-duration";
import { Card, CardHeader, CardTitle } from "~/components/ui/card";
import { EmptyState } from "~/components/ui/empty-state";
import { ErrorState } from "~/components/ui/error-state";
import { Skeleton } from "~/components/ui/skeleton";
import type { BuildSummary } from "~/server/api/schemas/builds";
import { useTRPC } from "~/trpc/client";
import { describeError } from "~/trpc/describe-error";
import { dashboardInputs } from "./inputs";

export function RecentBuilds({ workspace }: { workspace: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.builds.list.queryOptions(dashboardInputs({ workspace }).builds));
  return (
    <Card aria-labelledby="recent-builds">
      <CardHeader>
        <CardTitle id="recent-builds">Recent builds</CardTitle>
        <Link href="/builds" className="rounded-sm text-xs text-muted hover:text-foreground hover:underline">All builds</Link>
      </CardHeader>
      {query.isPending ? <RowSkeletons /> : null}
      {query.isError ? <ErrorState title="The builds could not be loaded" message={describeError(query.error).message} safe="Builds that run go on." onRetry={() => void query.refetch()} retrying={query.isRefetching} /> : null}
      {query.data?.builds.length === 0 ? <EmptyState icon={Hammer} title="Nothing was built yet" description="Push files to a package and its build shows up here, live." /> : null}
      <ul className="divide-y">
        {query.data?.builds.map((build) => <RecentBuild key={build.build_id} build={build} />)}
      </ul>
    </Card>
  );
}

function RecentBuild({ build }: { build: BuildSummary }) {
  const name = build.package.split("/")[1] ?? build.package;
  return (
    <li>
      <Link href={`/${build.package}/builds/${build.number}`} className="focus-inset flex min-w-0 items-start gap-2.5 px-4 py-2 transition-colors hover:bg-surface-hover/60">
        <StatusIcon status={build.status} className="mt-0.5" />
        <span className="flex min-w-0 flex-1 flex-col">
          <span className="flex min-w-0 items-baseline gap-1.5">
            <span className="truncate font-medium">{name}</span>
            <span className="shrink-0 text-muted tabular-nums">#{build.number}</span>
          </span>
          {build.status === "failed" && build.error !== null ? (
            <span className="truncate font-mono text-xs text-failed" title={build.error.message}>{build.error.message}</span>
          ) : (
            <StageDots stages={build.stages} />
          )}
        </span>
        <span className="flex shrink-0 flex-col items-end text-xs text-muted">
          <TickingDuration startedAt={build.started_at} durationMs={build.duration_ms} className="text-sm text-foreground" />
          <RelativeTime at={build.created_at} />
        </span>
      </Link>
    </li>
  );
}

function RowSkeletons() {
  return (
    <div role="status" aria-label="Loading builds" className="divide-y">
      {Array.from({ length: 5 }, (_, index) => (
        <div key={index} className="flex items-center gap-2.5 px-4 py-2">
          <Skeleton className="size-4 rounded-full" />
          <div className="flex h-9 flex-1 flex-col justify-center gap-1.5"><Skeleton className="h-3.5 w-2/5" /><Skeleton className="h-2.5 w-1/4" /></div>
          <Skeleton className="h-3.5 w-12" />
        </div>
      ))}
    </div>
  );
}
