import { api, prefetch, prefetchList } from "~/trpc/server";
import { dashboardInputs } from "./dashboard/inputs";

/** The cards are awaited, since they are the page; the rest streams in. */
export async function prefetchDashboard({ workspace }: { workspace: string }): Promise<void> {
  const inputs = dashboardInputs({ workspace });
  void prefetch(api.builds.list.queryOptions(inputs.builds));
  void prefetch(api.builds.activity.queryOptions(inputs.activity));
  await prefetchList(api.packages.list.infiniteQueryOptions(inputs.packages, { getNextPageParam: (page) => page.next_cursor }));
}
