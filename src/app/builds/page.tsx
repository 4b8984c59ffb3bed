import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { BuildsTable } from "~/components/builds-table/builds-table";
import { loadFilters, toListInput } from "~/components/builds-table/filters";
import { Page, PageHeader } from "~/components/shell/page";
import { api, HydrateApi, prefetchList } from "~/trpc/server";

export const metadata: Metadata = { title: "Builds" };

export default async function BuildsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const filters = await loadFilters(searchParams);
  await prefetchList(api.builds.list.infiniteQueryOptions(toListInput({ filters, scope: {} }), { getNextPageParam: (page) => page.next_cursor }));
  return (
    <HydrateApi>
      <Page>
        <PageHeader title="Builds" description="Every build that you may see, newest first." />
        <BuildsTable scope={{}} />
      </Page>
    </HydrateApi>
  );
}
