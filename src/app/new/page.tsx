import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { parsePackageName } from "~/domain/names";
import { api, fetchQuietly } from "~/trpc/server";
import { NewPackage } from "./_components/new-package";

export const metadata: Metadata = { title: "New package" };

export default async function NewPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { package: into } = await searchParams;
  const me = await fetchQuietly(api.me.get.queryOptions());
  if (me === undefined) throw new Error("It could not be found out who is signed in.");
  const workspaces = me.workspaces.filter((each) => each.role !== "viewer").map((each) => each.slug);
  const target = typeof into === "string" ? parsePackageName(into) : null;
  // An admin may add to any workspace.
  const known = target === null || workspaces.includes(target.workspace) ? workspaces : [target.workspace, ...workspaces];
  const kept = target === null ? undefined : await fetchQuietly(api.packages.get.queryOptions({ package: `${target.workspace}/${target.name}` }));
  return <NewPackage kinds={kept === undefined ? me.kinds : [kept.kind]} workspaces={known} into={target} />;
}
