import { PackageOverviewSkeleton } from "./_components/package-overview-skeleton";

export default function PackageLoading() {
  return <PackageOverviewSkeleton />;
}
