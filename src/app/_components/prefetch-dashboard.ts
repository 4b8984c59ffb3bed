import { api, prefetch, prefetchList } from "~/trpc/server";
import { dashboardInputs } from "./dashboard/inputs";

/** Everything that the dashboard shows, at once. */
export async function prefetchDashboard({ workspace }: { workspace: string }): Promise<void> {
  const inputs = dashboardInputs({ workspace });
  await Promise.all([
    prefetch(api.builds.list.queryOptions(inputs.builds)),
    prefetch(api.builds.activity.queryOptions(inputs.activity)),
    prefetchList(api.packages.list.infiniteQueryOptions(inputs.packages, { getNextPageParam: (page) => page.next_cursor })),
  ]);
}
