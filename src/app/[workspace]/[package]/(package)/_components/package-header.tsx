"use client";

import { useQuery } from "@tanstack/react-query";
import { Upload } from "lucide-react";
import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";
import { DownloadMenu } from "~/components/downloads/download-menu";
import { Breadcrumb } from "~/components/shell/breadcrumb";
import { KindIcon } from "~/components/status/kind-icon";
import { VisibilityBadge } from "~/components/status/release-badges";
import { Button } from "~/components/ui/button";
import { cn } from "~/components/ui/class-names";
import { Skeleton } from "~/components/ui/skeleton";
import { useTRPC } from "~/trpc/client";
import { lastSuccessfulBuild } from "./last-successful-build";

export function PackageHeader({ name }: { name: string }) {
  const trpc = useTRPC();
  const [workspace = "", shortName = ""] = name.split("/");
  const view = useQuery(trpc.packages.get.queryOptions({ package: name })).data;
  const green = useQuery(trpc.builds.list.queryOptions(lastSuccessfulBuild({ name }))).data?.builds[0];
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-3">
        <div className="flex min-w-0 flex-col gap-1">
          <Breadcrumb crumbs={[{ label: workspace, href: `/${workspace}` }, { label: shortName }]} />
          <div className="flex min-w-0 flex-wrap items-center gap-2">
            {view === undefined ? <Skeleton className="size-5" /> : <KindIcon kind={view.kind} className="size-5" />}
            <h1 className="min-w-0 text-xl font-semibold tracking-tight break-words">{shortName}</h1>
            {view === undefined ? null : <VisibilityBadge visibility={view.visibility} />}
          </div>
          {view === undefined || view.description === "" ? null : <p className="max-w-2xl text-sm text-pretty text-muted">{view.description}</p>}
        </div>
        <div className="flex flex-wrap items-center gap-2">
          {green === undefined ? null : <DownloadMenu build={green} />}
          {view?.can_write === true ? <Button asChild variant="primary"><Link href={`/new?package=${name}`}><Upload aria-hidden />New release</Link></Button> : null}
        </div>
      </div>
      <PackageTabs name={name} canWrite={view?.can_write === true} releases={view?.release_count} builds={view?.build_count} />
    </div>
  );
}

interface PackageTabsProps {
  name: string;
  canWrite: boolean;
  releases: number | undefined;
  builds: number | undefined;
}

function PackageTabs({ name, canWrite, releases, builds }: PackageTabsProps) {
  const isBuilds = usePathname().endsWith("/builds");
  const tab = useSearchParams().get("tab");
  const links = [
    { label: "Overview", href: `/${name}`, current: !isBuilds && (tab === null || tab === "overview"), count: undefined },
    { label: "Releases", href: `/${name}?tab=releases`, current: !isBuilds && tab === "releases", count: releases },
    { label: "Builds", href: `/${name}/builds`, current: isBuilds, count: builds },
    ...(canWrite ? [{ label: "Settings", href: `/${name}?tab=settings`, current: !isBuilds && tab === "settings", count: undefined }] : []),
  ];
  return (
    <nav aria-label="Package" className="flex gap-4 overflow-x-auto border-b [scrollbar-width:none]">
      {links.map((link) => (
        <Link
          key={link.label}
          href={link.href}
          aria-current={link.current ? "page" : undefined}
          className={cn("focus-inset -mb-px inline-flex h-9 shrink-0 items-center gap-1.5 border-b-2 border-transparent text-sm font-medium text-muted transition-colors hover:text-foreground", link.current && "border-accent text-foreground")}
        >
          {link.label}
          {link.count === undefined ? null : <span className="rounded-full bg-surface-muted px-1.5 text-xs font-normal text-muted tabular-nums">{link.count}</span>}
        </Link>
      ))}
    </nav>
  );
}
