"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { GitCommitHorizontal, Tag } from "lucide-react";
import Link from "next/link";
import { LoadMore } from "~/components/builds-table/load-more";
import { formatBytes } from "~/components/format/format-bytes";
import { LatestBadge, LockedBadge } from "~/components/status/release-badges";
import { StaleBadge } from "~/components/status/stale-badge";
import { StageDots } from "~/components/status/stage-dots";
import { StatusIcon } from "~/components/status/status-icon";
import { RelativeTime } from "~/components/time/relative-time";
import { Button } from "~/components/ui/button";
import { Card } from "~/components/ui/card";
import { EmptyState } from "~/components/ui/empty-state";
import { ErrorState } from "~/components/ui/error-state";
import { Skeleton } from "~/components/ui/skeleton";
import type { ReleaseView } from "~/server/api/schemas/packages";
import { useTRPC } from "~/trpc/client";
import { describeError } from "~/trpc/describe-error";

export function PackageReleases({ name, canWrite }: { name: string; canWrite: boolean }) {
  const trpc = useTRPC();
  const query = useInfiniteQuery(trpc.releases.list.infiniteQueryOptions({ package: name, limit: 30 }, { getNextPageParam: (page) => page.next_cursor }));
  if (query.isError) return <ErrorState className="rounded-lg border bg-surface" title="The releases could not be loaded" message={describeError(query.error).message} onRetry={() => void query.refetch()} retrying={query.isRefetching} />;
  const releases = query.data?.pages.flatMap((page) => page.releases) ?? [];
  return (
    <Card aria-label="Releases">
      {query.isPending ? (
        <div role="status" aria-label="Loading releases" className="divide-y">
          {Array.from({ length: 5 }, (_, index) => <div key={index} className="flex h-14 items-center gap-3 px-4"><Skeleton className="size-4 rounded-full" /><Skeleton className="h-4 w-24" /><Skeleton className="ml-auto h-4 w-28" /></div>)}
        </div>
      ) : null}
      {query.isSuccess && releases.length === 0 ? (
        <EmptyState icon={Tag} title="No releases yet" description="Push files to make the first one. Its build starts by itself." action={canWrite ? <Button asChild variant="primary"><Link href={`/new?package=${name}`}>Push files</Link></Button> : undefined} />
      ) : null}
      <ul className="divide-y">
        {releases.map((release) => <ReleaseRow key={release.release_id} release={release} />)}
      </ul>
      {query.hasNextPage ? <div className="flex justify-center border-t p-2"><LoadMore busy={query.isFetchingNextPage} onLoad={() => void query.fetchNextPage()} /></div> : null}
    </Card>
  );
}

function ReleaseRow({ release }: { release: ReleaseView }) {
  const stale = release.stages.find((stage) => stage.is_stale);
  return (
    <li className="relative flex min-w-0 items-center gap-3 px-4 py-2.5 transition-colors focus-within:bg-surface-hover/60 hover:bg-surface-hover/60">
      <StatusIcon status={release.display_status} />
      <div className="flex min-w-0 flex-1 flex-col gap-0.5">
        <div className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
          <Link href={`/${release.package}/releases/${release.version}`} className="min-w-0 truncate rounded-sm font-medium tabular-nums after:absolute after:inset-0">{release.version}</Link>
          {release.is_latest ? <LatestBadge /> : null}
          {release.locked ? <LockedBadge /> : null}
          {stale === undefined ? null : <StaleBadge reason={stale.stale_reason} />}
        </div>
        {stale !== undefined && stale.stale_reason !== null ? <p className="truncate text-xs text-stale">{stale.title} is {stale.stale_reason.startsWith("stale") ? stale.stale_reason : `stale: ${stale.stale_reason}`}</p> : null}
        <p className="flex min-w-0 items-center gap-2 text-xs text-muted">
          <span className="whitespace-nowrap tabular-nums">{release.file_count} {release.file_count === 1 ? "file" : "files"}, {formatBytes(release.total_size)}</span>
          {release.commit_sha === null ? null : <span className="flex items-center gap-1"><GitCommitHorizontal aria-hidden className="size-3" /><code>{release.commit_sha.slice(0, 7)}</code></span>}
        </p>
      </div>
      <StageDots stages={release.stages} className="relative z-1 max-sm:hidden" />
      <RelativeTime at={release.created_at} className="shrink-0 text-xs whitespace-nowrap text-muted" />
    </li>
  );
}
