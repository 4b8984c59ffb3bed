import { Page } from "~/components/shell/page";
import { Skeleton } from "~/components/ui/skeleton";

export default function NewLoading() {
  return (
    <Page>
      <div role="status" aria-label="Loading" className="flex flex-col gap-1.5"><Skeleton className="h-6 w-36" /><Skeleton className="h-4 w-72 max-w-full" /></div>
      <div className="flex flex-col gap-2">
        <Skeleton className="h-4 w-10" />
        <div className="grid grid-cols-1 gap-2 sm:grid-cols-2 lg:max-w-3xl"><Skeleton className="h-15.5 rounded-md" /><Skeleton className="h-15.5 rounded-md" /></div>
      </div>
      <div className="grid min-w-0 grid-cols-1 gap-5 lg:grid-cols-[minmax(0,1fr)_19rem]">
        <Skeleton className="h-56 rounded-lg" />
        <Skeleton className="h-92 rounded-lg" />
      </div>
    </Page>
  );
}
