import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { api, fetchQuietly, HydrateApi, prefetch, prefetchList } from "~/trpc/server";
import { readPackageParams, type PackageParams } from "../../_components/package-params";
import { PackageContent } from "./_components/package-content";
import { loadPackageTab } from "./_components/package-tab";

interface PackagePageProps {
  params: PackageParams;
  searchParams: Promise<SearchParams>;
}

export async function generateMetadata({ params }: PackagePageProps): Promise<Metadata> {
  return { title: (await readPackageParams(params)).name };
}

export default async function PackagePage({ params, searchParams }: PackagePageProps) {
  const { name } = await readPackageParams(params);
  const { tab } = await loadPackageTab(searchParams);
  if (tab === "releases") await prefetchList(api.releases.list.infiniteQueryOptions({ package: name, limit: 30 }, { getNextPageParam: (page) => page.next_cursor }));
  else await prefetchContract({ name });
  return <HydrateApi><PackageContent name={name} /></HydrateApi>;
}

/** The chains of a contract are part of what the overview shows first. */
async function prefetchContract({ name }: { name: string }): Promise<void> {
  const view = await fetchQuietly(api.packages.get.queryOptions({ package: name }));
  if (view?.kind === "contract" && view.latest_build !== null) await prefetch(api.builds.get.queryOptions({ build_id: view.latest_build.build_id }));
}
