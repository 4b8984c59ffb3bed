"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Upload } from "lucide-react";
import Link from "next/link";
import { Page, PageHeader } from "~/components/shell/page";
import { Button } from "~/components/ui/button";
import { useTRPC } from "~/trpc/client";
import { useMe } from "~/trpc/use-me";
import { ActivityCard } from "./activity-card";
import { Examples } from "./examples";
import { dashboardInputs } from "./inputs";
import { PackageGrid } from "./package-grid";
import { RecentBuilds } from "./recent-builds";

/** One workspace at a glance. Its own people get examples as long as it is empty. */
export function WorkspaceDashboard({ workspace, title }: { workspace: string; title: string }) {
  const trpc = useTRPC();
  const me = useMe();
  const packages = useInfiniteQuery(trpc.packages.list.infiniteQueryOptions(dashboardInputs({ workspace }).packages, { getNextPageParam: (page) => page.next_cursor }));
  const membership = me?.workspaces.find((each) => each.slug === workspace);
  const canCreate = membership !== undefined && membership.role !== "viewer";
  const total = packages.data?.pages[0]?.total;

  if (total === 0 && canCreate) return <FirstVisit />;
  return (
    <Page>
      <PageHeader title={title} description={total === undefined ? " " : `${total} ${total === 1 ? "package" : "packages"} in ${workspace}`} />
      <div className="grid min-w-0 grid-cols-1 gap-5 lg:grid-cols-[minmax(0,1fr)_20.5rem]">
        <section aria-label="Packages" className="min-w-0"><PackageGrid workspace={workspace} canCreate={canCreate} /></section>
        <div className="flex min-w-0 flex-col gap-5">
          <RecentBuilds workspace={workspace} />
          {membership !== undefined || me?.user?.role === "admin" ? <ActivityCard workspace={workspace} /> : null}
        </div>
      </div>
    </Page>
  );
}

function FirstVisit() {
  return (
    <Page className="max-w-4xl gap-8 sm:pt-14">
      <PageHeader
        title="Build your first package"
        description="Pick an example and watch its stages build live, or push files of your own. Nothing to set up."
        actions={<Button asChild variant="primary" size="lg"><Link href="/new"><Upload aria-hidden />Push your own files</Link></Button>}
      />
      <section aria-label="Examples" className="flex flex-col gap-3">
        <h2 className="text-sm font-semibold">Examples</h2>
        <Examples />
      </section>
    </Page>
  );
}
