import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { WorkspaceDashboard } from "~/app/_components/dashboard/workspace-dashboard";
import { prefetchDashboard } from "~/app/_components/prefetch-dashboard";
import { HANDLE_PATTERN } from "~/domain/names";
import { HydrateApi } from "~/trpc/server";

interface WorkspacePageProps {
  params: Promise<{ workspace: string }>;
}

export async function generateMetadata({ params }: WorkspacePageProps): Promise<Metadata> {
  return { title: (await params).workspace };
}

export default async function WorkspacePage({ params }: WorkspacePageProps) {
  const { workspace } = await params;
  if (!HANDLE_PATTERN.test(workspace)) notFound();
  await prefetchDashboard({ workspace });
  return <HydrateApi><WorkspaceDashboard workspace={workspace} title={workspace} /></HydrateApi>;
}
