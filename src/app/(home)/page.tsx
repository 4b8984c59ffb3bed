import { api, fetchQuietly, HydrateApi } from "~/trpc/server";
import { Home } from "../_components/home";
import { prefetchDashboard } from "../_components/prefetch-dashboard";

export default async function HomePage() {
  const me = await fetchQuietly(api.me.get.queryOptions());
  const workspace = me?.workspaces[0]?.slug;
  if (workspace !== undefined) await prefetchDashboard({ workspace });
  return <HydrateApi><Home /></HydrateApi>;
}
