import type { Metadata } from "next";
import { api, HydrateApi, prefetch } from "~/trpc/server";
import { ReleasePage } from "./release-page";

interface Props {
  params: Promise<{ workspace: string; package: string; version: string }>;
}

async function readParams({ params }: Props) {
  const { workspace, package: name, version } = await params;
  return { packageName: `${decodeURIComponent(workspace)}/${decodeURIComponent(name)}`, version: decodeURIComponent(version) };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { packageName, version } = await readParams(props);
  return { title: `${packageName} ${version}` };
}

export default async function Page(props: Props) {
  const { packageName, version } = await readParams(props);
  await prefetch(api.releases.get.queryOptions({ package: packageName, version }));
  return (
    <HydrateApi>
      <ReleasePage packageName={packageName} version={version} />
    </HydrateApi>
  );
}
