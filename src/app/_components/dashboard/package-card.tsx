import Link from "next/link";
import { KindIcon, KINDS } from "~/components/status/kind-icon";
import { VisibilityBadge } from "~/components/status/release-badges";
import { StatusBadge } from "~/components/status/status-badge";
import { RelativeTime } from "~/components/time/relative-time";
import { Skeleton } from "~/components/ui/skeleton";
import type { PackageView } from "~/server/api/schemas/packages";

export function PackageCard({ view }: { view: PackageView }) {
  const { icon: Icon } = KINDS[view.kind];
  return (
    <Link href={`/${view.package}`} className="group flex min-w-0 flex-col overflow-hidden rounded-lg border bg-surface transition-colors hover:border-border-strong">
      <div className="flex aspect-[16/9] items-center justify-center overflow-hidden border-b bg-surface-muted has-[img]:bg-black">
        {view.preview_url === null ? (
          <Icon aria-hidden className="size-8 text-border-strong" />
        ) : (
          <img src={view.preview_url} alt="" loading="lazy" className="size-full object-cover" />
        )}
      </div>
      <div className="flex min-w-0 flex-col gap-2 p-3">
        <div className="flex min-w-0 items-center gap-2">
          <KindIcon kind={view.kind} />
          <span className="min-w-0 truncate text-sm font-semibold group-hover:underline">{view.name}</span>
          {view.visibility === "public" ? <VisibilityBadge visibility="public" className="ml-auto" /> : null}
        </div>
        <div className="flex min-w-0 items-center gap-2 text-xs text-muted">
          {view.latest_build === null ? <span>No builds yet</span> : <StatusBadge status={view.latest_build.status} cancelling={view.latest_build.cancelling} />}
          {view.latest_release === null ? null : <span className="min-w-0 truncate tabular-nums">{view.latest_release.version}</span>}
          <RelativeTime at={view.latest_build?.created_at ?? view.updated_at} className="ml-auto shrink-0" />
        </div>
      </div>
    </Link>
  );
}

export function PackageCardSkeleton() {
  return (
    <div className="flex flex-col overflow-hidden rounded-lg border bg-surface">
      <Skeleton className="aspect-[16/9] rounded-none" />
      <div className="flex flex-col gap-2.5 p-3">
        <Skeleton className="h-4.5 w-2/5" />
        <Skeleton className="h-5 w-3/4" />
      </div>
    </div>
  );
}
