import { Page } from "~/components/shell/page";
import { Skeleton } from "~/components/ui/skeleton";

export default function SettingsLoading() {
  return (
    <Page className="max-w-3xl">
      <div role="status" aria-label="Loading settings" className="flex flex-col gap-1.5"><Skeleton className="h-6 w-28" /><Skeleton className="h-4 w-48" /></div>
      <Skeleton className="h-64 rounded-lg" />
      <Skeleton className="h-32 rounded-lg" />
      <Skeleton className="h-28 rounded-lg" />
    </Page>
  );
}
