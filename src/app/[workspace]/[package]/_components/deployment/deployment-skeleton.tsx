import { Skeleton } from "~/components/ui/skeleton";
import { PREVIEW_HEIGHT } from "./preview/preview-frame";

/** The shape of a deployment while it loads. */
export function DeploymentSkeleton() {
  return (
    <>
      <div role="status" className="flex flex-col gap-3">
        <span className="sr-only">Loading…</span>
        <Skeleton className="h-5 w-52" />
        <div className="flex flex-wrap justify-between gap-3">
          <Skeleton className="h-8 w-72 max-w-full" />
          <Skeleton className="h-8 w-80 max-w-full" />
        </div>
      </div>
      <div className="grid min-w-0 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex min-w-0 flex-col gap-5">
          <div className="overflow-hidden rounded-lg border bg-surface">
            <div className="flex h-9 items-center gap-4 border-b px-4">{["w-12", "w-20", "w-18", "w-8"].map((width) => <Skeleton key={width} className={`h-3.5 ${width}`} />)}</div>
            <div className={`p-6 ${PREVIEW_HEIGHT}`}><Skeleton className="h-full" /></div>
          </div>
          <div className="flex flex-col gap-2.5">{[0, 1, 2, 3].map((row) => <Skeleton key={row} className="h-11" />)}</div>
        </div>
        <Skeleton className="h-96 max-lg:hidden" />
      </div>
    </>
  );
}
