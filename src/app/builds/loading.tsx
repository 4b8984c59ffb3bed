import { BuildRowSkeletons } from "~/components/builds-table/builds-table-skeleton";
import { Page } from "~/components/shell/page";
import { Skeleton } from "~/components/ui/skeleton";
import { Table, TableBody } from "~/components/ui/table";

export default function BuildsLoading() {
  return (
    <Page>
      <div role="status" aria-label="Loading builds" className="flex flex-col gap-1.5"><Skeleton className="h-6 w-24" /><Skeleton className="h-4 w-60" /></div>
      <div className="flex flex-col gap-3">
        <Skeleton className="h-8" />
        <div className="overflow-hidden rounded-lg border bg-surface pt-8">
          <Table className="table-fixed"><TableBody><BuildRowSkeletons rows={12} /></TableBody></Table>
        </div>
      </div>
    </Page>
  );
}
