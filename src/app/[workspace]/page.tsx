import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { WorkspaceDashboard } from "~/app/_components/dashboard/workspace-dashboard";
import { prefetchDashboard } from "~/app/_components/prefetch-dashboard";
import { HANDLE_PATTERN } from "~/domain/names";
import { api, fetchQuietly, HydrateApi } from "~/trpc/server";

interface WorkspacePageProps {
  params: Promise<{ workspace: string }>;
}

export async function generateMetadata({ params }: WorkspacePageProps): Promise<Metadata> {
  return { title: (await params).workspace };
}

export default async function WorkspacePage({ params }: WorkspacePageProps) {
  const { workspace } = await params;
  if (!HANDLE_PATTERN.test(workspace)) notFound();
  const [own, packages] = await Promise.all([
    fetchQuietly(api.workspaces.get.queryOptions({ workspace })),
    fetchQuietly(api.packages.list.queryOptions({ workspace, limit: 1 })),
    prefetchDashboard({ workspace }),
  ]);
  // Somebody else's workspace is what they show of it; when that is nothing, it does not exist.
  if (own === undefined && packages?.total === 0) notFound();
  return <HydrateApi><WorkspaceDashboard workspace={workspace} title={workspace} /></HydrateApi>;
}
