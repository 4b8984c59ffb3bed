"use client";

import { useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { ErrorState } from "~/components/ui/error-state";
import { useTRPC } from "~/trpc/client";
import { describeError } from "~/trpc/describe-error";
import { PackageOverview } from "./package-overview";
import { PackageOverviewSkeleton } from "./package-overview-skeleton";
import { PackageReleases } from "./package-releases";
import { PackageSettings } from "./package-settings";
import { packageTabParser } from "./package-tab";

export function PackageContent({ name }: { name: string }) {
  const trpc = useTRPC();
  const [{ tab }] = useQueryStates(packageTabParser);
  const query = useQuery(trpc.packages.get.queryOptions({ package: name }));
  if (query.isPending) return <PackageOverviewSkeleton />;
  if (query.isError) return <ErrorState title="The package could not be loaded" message={describeError(query.error).message} safe="Nothing was changed." onRetry={() => void query.refetch()} retrying={query.isRefetching} />;
  if (tab === "releases") return <PackageReleases name={name} canWrite={query.data.can_write} />;
  if (tab === "settings" && query.data.can_write) return <PackageSettings view={query.data} />;
  return <PackageOverview view={query.data} />;
}
