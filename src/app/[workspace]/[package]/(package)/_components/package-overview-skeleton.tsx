import { Skeleton } from "~/components/ui/skeleton";

export function PackageOverviewSkeleton() {
  return (
    <div role="status" aria-label="Loading the package" className="grid grid-cols-1 gap-5 lg:grid-cols-[minmax(0,1fr)_18rem]">
      <div className="flex flex-col gap-5"><Skeleton className="h-96 rounded-lg" /><Skeleton className="h-64 rounded-lg" /></div>
      <div className="flex flex-col gap-5"><Skeleton className="h-52 rounded-lg" /><Skeleton className="h-44 rounded-lg" /></div>
    </div>
  );
}
