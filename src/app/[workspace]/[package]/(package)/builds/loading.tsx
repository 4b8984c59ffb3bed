import { BuildRowSkeletons } from "~/components/builds-table/builds-table-skeleton";
import { Skeleton } from "~/components/ui/skeleton";
import { Table, TableBody } from "~/components/ui/table";

export default function PackageBuildsLoading() {
  return (
    <div role="status" aria-label="Loading builds" className="flex flex-col gap-3">
      <Skeleton className="h-8" />
      <div className="overflow-hidden rounded-lg border bg-surface pt-8">
        <Table className="table-fixed"><TableBody><BuildRowSkeletons rows={12} /></TableBody></Table>
      </div>
    </div>
  );
}
