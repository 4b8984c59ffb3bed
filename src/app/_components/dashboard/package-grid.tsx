"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Package, Plus } from "lucide-react";
import Link from "next/link";
import { Button } from "~/components/ui/button";
import { EmptyState } from "~/components/ui/empty-state";
import { ErrorState } from "~/components/ui/error-state";
import { useTRPC } from "~/trpc/client";
import { describeError } from "~/trpc/describe-error";
import { dashboardInputs } from "./inputs";
import { PackageCard, PackageCardSkeleton } from "./package-card";

const GRID = "grid grid-cols-1 gap-3 min-[480px]:grid-cols-2 lg:grid-cols-3";

/** The packages of a workspace as cards. */
export function PackageGrid({ workspace, canCreate }: { workspace: string; canCreate: boolean }) {
  const trpc = useTRPC();
  const query = useInfiniteQuery(trpc.packages.list.infiniteQueryOptions(dashboardInputs({ workspace }).packages, { getNextPageParam: (page) => page.next_cursor }));

  if (query.isPending) {
    return <div className={GRID} role="status" aria-label="Loading packages">{Array.from({ length: 6 }, (_, index) => <PackageCardSkeleton key={index} />)}</div>;
  }
  if (query.isError) {
    return <ErrorState className="rounded-lg border bg-surface" title="The packages could not be loaded" message={describeError(query.error).message} safe="Nothing was changed." onRetry={() => void query.refetch()} retrying={query.isRefetching} />;
  }
  const packages = query.data.pages.flatMap((page) => page.packages);
  if (packages.length === 0) {
    return (
      <EmptyState
        className="rounded-lg border border-dashed"
        icon={Package}
        title="No packages yet"
        description={canCreate ? "A package holds releases. Push files to make the first one: it builds by itself." : "There is nothing here that you may see."}
        action={canCreate ? <Button asChild variant="primary"><Link href="/new"><Plus aria-hidden />New package</Link></Button> : undefined}
      />
    );
  }
  return (
    <div className="flex flex-col gap-3">
      <div className={GRID}>{packages.map((view) => <PackageCard key={view.package_id} view={view} />)}</div>
      {query.hasNextPage ? <Button className="self-center" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>Show more</Button> : null}
    </div>
  );
}
