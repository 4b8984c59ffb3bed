import { Page } from "~/components/shell/page";
import { Skeleton } from "~/components/ui/skeleton";

export default function NewLoading() {
  return (
    <Page>
      <div role="status" aria-label="Loading" className="flex flex-col gap-1.5"><Skeleton className="h-6 w-36" /><Skeleton className="h-4 w-72 max-w-full" /></div>
      <div className="grid min-w-0 grid-cols-1 gap-5 lg:grid-cols-[minmax(0,1fr)_19rem]">
        <Skeleton className="h-72 rounded-lg" />
        <Skeleton className="h-120 rounded-lg" />
      </div>
    </Page>
  );
}
