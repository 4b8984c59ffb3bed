"use client";

import { ArrowRight, FileText, ImageOff } from "lucide-react";
import Link from "next/link";
import { KINDS } from "~/components/status/kind-icon";
import { LatestBadge } from "~/components/status/release-badges";
import { StageDots } from "~/components/status/stage-dots";
import { StatusBadge } from "~/components/status/status-badge";
import { RelativeTime } from "~/components/time/relative-time";
import { TickingDuration } from "~/components/time/ticking-duration";
import { SafeMarkdown } from "~/components/markdown/markdown";
import { Avatar } from "~/components/ui/avatar";
import { Button } from "~/components/ui/button";
import { Card, CardContent, CardHeader, CardTitle } from "~/components/ui/card";
import { EmptyState } from "~/components/ui/empty-state";
import type { PackageView } from "~/server/api/schemas/packages";
import { ContractGlance } from "./contract-glance";

export function PackageOverview({ view }: { view: PackageView & { readme: string | null } }) {
  return (
    <div className="grid min-w-0 grid-cols-1 gap-5 lg:grid-cols-[minmax(0,1fr)_18rem]">
      <div className="flex min-w-0 flex-col gap-5">
        <LatestPreview view={view} />
        <Card aria-labelledby="readme">
          <CardHeader><CardTitle id="readme">README</CardTitle></CardHeader>
          {view.readme === null ? (
            <EmptyState className="py-8" icon={FileText} title="No README" description="Add a README.md to the package's files and it shows up here." />
          ) : (
            <CardContent className="sm:p-6"><SafeMarkdown text={view.readme} /></CardContent>
          )}
        </Card>
      </div>
      <div className="flex min-w-0 flex-col gap-5">
        <LatestBuild view={view} />
        <About view={view} />
      </div>
    </div>
  );
}

function LatestPreview({ view }: { view: PackageView }) {
  const release = view.latest_release;
  const href = release === null ? null : `/${view.package}/releases/${release.version}`;
  return (
    <Card aria-label="Latest release">
      <CardHeader>
        <div className="flex min-w-0 flex-wrap items-center gap-2">
          <CardTitle>{release === null ? "No release yet" : release.version}</CardTitle>
          {release === null ? null : <><LatestBadge /><StatusBadge status={release.display_status} /></>}
        </div>
        {href === null ? null : <Button asChild size="sm"><Link href={href}>Open the release<ArrowRight aria-hidden /></Link></Button>}
      </CardHeader>
      {href === null || release === null ? <NoPicture kind={view.kind} /> : <Glance view={view} href={href} version={release.version} />}
      {view.preview_url === null || release === null || release.display_status === "successful" ? null : <p className="px-4 py-2 text-xs text-muted">The picture is of the last successful build.</p>}
    </Card>
  );
}

function Glance({ view, href, version }: { view: PackageView; href: string; version: string }) {
  if (view.kind === "contract" && view.latest_build !== null) return <ContractGlance buildId={view.latest_build.build_id} href={href} />;
  if (view.preview_url === null) return <NoPicture kind={view.kind} />;
  return (
    <Link href={href} aria-label={`Open release ${version}`} className="focus-inset flex max-h-112 items-center justify-center overflow-hidden bg-black last:rounded-b-lg">
      <img src={view.preview_url} alt={`Preview of ${view.package}`} className="max-h-112 w-full object-contain" />
    </Link>
  );
}

function NoPicture({ kind }: { kind: PackageView["kind"] }) {
  if (kind === "circuit") return <EmptyState icon={ImageOff} title="No preview yet" description="The picture of the last successful build will be here." />;
  const { icon, title } = KINDS[kind];
  return <EmptyState icon={icon} title={`A ${title.toLowerCase()} has no picture`} description="What its builds made is on the page of each release." />;
}

function LatestBuild({ view }: { view: PackageView }) {
  const build = view.latest_build;
  if (build === null) return null;
  return (
    <Card aria-labelledby="latest-build">
      <CardHeader>
        <CardTitle id="latest-build">Latest build</CardTitle>
        <Link href={`/${view.package}/builds`} className="rounded-sm text-xs text-muted hover:text-foreground hover:underline">All {view.build_count}</Link>
      </CardHeader>
      <CardContent className="flex flex-col gap-2.5">
        <div className="flex items-center justify-between gap-2">
          <Link href={`/${view.package}/builds/${build.number}`} className="rounded-sm font-medium tabular-nums hover:underline">#{build.number}</Link>
          <StatusBadge status={build.status} cancelling={build.cancelling} />
        </div>
        {build.status === "failed" && build.error !== null ? <p className="line-clamp-3 font-mono text-xs break-words text-failed">{build.error.message}</p> : null}
        <div className="flex items-center justify-between gap-2 text-xs text-muted">
          <StageDots stages={build.stages} />
          <TickingDuration startedAt={build.started_at} durationMs={build.duration_ms} />
          <RelativeTime at={build.created_at} />
        </div>
      </CardContent>
    </Card>
  );
}

function About({ view }: { view: PackageView }) {
  const labels = Object.entries(view.labels);
  return (
    <Card aria-labelledby="about">
      <CardHeader><CardTitle id="about">About</CardTitle></CardHeader>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-2 p-4 [&>dd]:text-right [&>dt]:text-muted">
        <dt>Kind</dt><dd>{KINDS[view.kind].title}</dd>
        {view.owner === null ? null : <><dt>Owner</dt><dd className="flex min-w-0 items-center justify-end gap-1.5"><Avatar name={view.owner.name} image={view.owner.image} /><span className="truncate">{view.owner.handle}</span></dd></>}
        <dt>Releases</dt><dd className="tabular-nums">{view.release_count}</dd>
        <dt>Builds</dt><dd className="tabular-nums">{view.build_count}</dd>
        <dt>Created</dt><dd><RelativeTime at={view.created_at} /></dd>
        {labels.map(([key, value]) => <div key={key} className="contents [&>dd]:text-right [&>dt]:text-muted"><dt className="truncate">{key}</dt><dd className="truncate" title={value}>{value}</dd></div>)}
      </dl>
    </Card>
  );
}
