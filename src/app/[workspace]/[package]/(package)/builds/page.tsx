import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { loadFilters, toListInput } from "~/components/builds-table/filters";
import { api, HydrateApi, prefetchList } from "~/trpc/server";
import { readPackageParams, type PackageParams } from "../../../_components/package-params";
import { PackageBuilds } from "../_components/package-builds";

interface PackageBuildsPageProps {
  params: PackageParams;
  searchParams: Promise<SearchParams>;
}

export async function generateMetadata({ params }: PackageBuildsPageProps): Promise<Metadata> {
  return { title: `Builds of ${(await readPackageParams(params)).name}` };
}

export default async function PackageBuildsPage({ params, searchParams }: PackageBuildsPageProps) {
  const { name } = await readPackageParams(params);
  const filters = await loadFilters(searchParams);
  await prefetchList(api.builds.list.infiniteQueryOptions(toListInput({ filters, scope: { package: name } }), { getNextPageParam: (page) => page.next_cursor }));
  return <HydrateApi><PackageBuilds name={name} /></HydrateApi>;
}
