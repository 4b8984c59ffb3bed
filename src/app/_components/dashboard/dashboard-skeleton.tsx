import { Page } from "~/components/shell/page";
import { Skeleton } from "~/components/ui/skeleton";
import { PackageCardSkeleton } from "./package-card";

export function DashboardSkeleton() {
  return (
    <Page>
      <div role="status" aria-label="Loading" className="flex flex-col gap-1.5">
        <Skeleton className="h-6 w-32" />
        <Skeleton className="h-4 w-44" />
      </div>
      <div className="grid grid-cols-1 gap-5 lg:grid-cols-[minmax(0,1fr)_20.5rem]">
        <div className="grid grid-cols-1 gap-3 min-[480px]:grid-cols-2 lg:grid-cols-3">
          {Array.from({ length: 6 }, (_, index) => <PackageCardSkeleton key={index} />)}
        </div>
        <div className="flex flex-col gap-5">
          <Skeleton className="h-80 rounded-lg" />
          <Skeleton className="h-64 rounded-lg" />
        </div>
      </div>
    </Page>
  );
}
