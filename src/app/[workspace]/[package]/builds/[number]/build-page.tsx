"use client";

import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { Page } from "~/components/shell/page";
import { useTRPC } from "~/trpc/client";
import { Deployment } from "../../_components/deployment/deployment";
import { DeploymentProblem } from "../../_components/deployment/deployment-problem";
import { DeploymentSkeleton } from "../../_components/deployment/deployment-skeleton";

/** One build with its own artifacts, log and errors, however old. */
export function BuildPage({ packageName, number }: { packageName: string; number: number }) {
  const trpc = useTRPC();
  const router = useRouter();
  // The page's own subscription keeps it fresh.
  const { data, error, refetch, isFetching, dataUpdatedAt } = useQuery(trpc.builds.get.queryOptions({ package: packageName, number }, { staleTime: Infinity }));
  return (
    <Page>
      {data !== undefined ? (
        <Deployment key={data.build_id} initial={data} fetchedAt={dataUpdatedAt} of="build" isLatest={data.is_latest} locked={data.locked} onCreated={(created, view) => router.push(`/${created.package}/builds/${created.number}${view === undefined ? "" : `?view=${view}`}`)} onEditFile={null} />
      ) : error !== null ? (
        <DeploymentProblem what="build" error={error} packageName={packageName} onRetry={() => void refetch()} retrying={isFetching} />
      ) : (
        <DeploymentSkeleton />
      )}
    </Page>
  );
}
