import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { api, HydrateApi, prefetch } from "~/trpc/server";
import { BuildPage } from "./build-page";

interface Props {
  params: Promise<{ workspace: string; package: string; number: string }>;
}

async function readParams({ params }: Props) {
  const { workspace, package: name, number } = await params;
  return { packageName: `${decodeURIComponent(workspace)}/${decodeURIComponent(name)}`, number: /^[1-9]\d{0,8}$/.test(number) ? Number(number) : null };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { packageName, number } = await readParams(props);
  return { title: `${packageName} #${number ?? "?"}` };
}

export default async function Page(props: Props) {
  const { packageName, number } = await readParams(props);
  if (number === null) notFound();
  await prefetch(api.builds.get.queryOptions({ package: packageName, number }));
  return (
    <HydrateApi>
      <BuildPage packageName={packageName} number={number} />
    </HydrateApi>
  );
}
