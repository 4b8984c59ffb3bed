"use client";

import { CircleStop, Link2, Terminal } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import type { BuildActions } from "~/components/builds/use-build-actions";
import { DownloadMenu } from "~/components/downloads/download-menu";
import { Breadcrumb } from "~/components/shell/breadcrumb";
import { KindIcon } from "~/components/status/kind-icon";
import { InsecureBadge, LatestBadge, LockedBadge } from "~/components/status/release-badges";
import { StaleBadge } from "~/components/status/stale-badge";
import { StatusBadge } from "~/components/status/status-badge";
import { TickingDuration } from "~/components/time/ticking-duration";
import { Button } from "~/components/ui/button";
import { copyText } from "~/components/ui/copy-button";
import { toast } from "~/components/ui/toast";
import { Tooltip } from "~/components/ui/tooltip";
import type { BuildDetail } from "~/server/api/schemas/builds";
import { makeInstallCommand } from "./install-command";
import { RebuildButton } from "./rebuild-button";

export interface DeploymentHeaderProps {
  build: BuildDetail;
  actions: BuildActions;
  /** `release` names the version, `build` the number. */
  of: "release" | "build";
  isLatest: boolean;
  locked: boolean;
  /** The release's own buttons: edit files, lock. */
  extra?: ReactNode;
}

export function DeploymentHeader({ build, actions, of, isLatest, locked, extra }: DeploymentHeaderProps) {
  const [workspace = "", name = ""] = build.package.split("/");
  const home = `/${build.package}`;
  const cancelling = actions.isCancelling(build);
  const running = build.status === "pending" || build.status === "building";
  const stale = build.stages.filter((stage) => stage.is_stale);
  const trail = of === "release" ? [{ label: build.version }] : [{ label: "builds", href: `${home}/builds` }, { label: `#${build.number}` }];
  return (
    <header className="flex flex-col gap-3">
      <Breadcrumb crumbs={[{ label: workspace, href: `/${workspace}` }, { label: name, href: home }, ...trail]} />
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-3">
        <div className="flex min-w-0 flex-wrap items-center gap-x-2.5 gap-y-1.5">
          <KindIcon kind={build.kind} className="size-5" />
          <h1 className="min-w-0 text-xl font-semibold tracking-tight break-words">
            {build.package}{" "}
            <span className="font-normal text-muted">{of === "release" ? build.version : `build #${build.number}`}</span>
          </h1>
          <StatusBadge status={build.status} cancelling={cancelling} />
          {running ? <TickingDuration startedAt={build.started_at} durationMs={build.duration_ms} className="text-sm text-muted" /> : null}
          {isLatest ? <LatestBadge /> : null}
          {locked ? <LockedBadge /> : null}
          {stale.length > 0 && !running ? <StaleBadge reason={stale[0]?.stale_reason ?? null} /> : null}
          {build.insecure ? <InsecureBadge /> : null}
          {of === "build" ? <Link href={`${home}/releases/${encodeURIComponent(build.version)}`} className="text-sm text-accent underline-offset-3 hover:underline">Release {build.version}</Link> : null}
        </div>
        <div className="flex flex-wrap items-center gap-2">
          {extra}
          <DownloadMenu build={build} artifacts={build.artifacts} />
          <CopyActions build={build} />
          {build.can_write && running ? (
            <Button variant="danger" onClick={() => actions.cancel({ build })} disabled={!actions.canCancel(build)} busy={cancelling} aria-keyshortcuts="c" title="Cancel this build (c)">
              {cancelling ? null : <CircleStop aria-hidden />}
              {cancelling ? "Cancelling…" : "Cancel"}
            </Button>
          ) : null}
          {build.can_write && !running ? <RebuildButton build={build} actions={actions} /> : null}
        </div>
      </div>
    </header>
  );
}

function CopyActions({ build }: { build: BuildDetail }) {
  async function copy(text: string, what: string) {
    if (await copyText({ text })) toast.success(`${what} copied`);
    else toast.error(`The ${what.toLowerCase()} could not be copied`, { description: "The browser refused." });
  }
  const install = () => copy(makeInstallCommand({ origin: window.location.origin, buildId: build.build_id, packageName: build.package, version: build.version }), "Install command");
  return (
    <>
      <Tooltip content="Copy install command">
        <Button size="icon" aria-label="Copy install command" disabled={build.artifacts.length === 0} onClick={() => void install()}>
          <Terminal aria-hidden />
        </Button>
      </Tooltip>
      <Tooltip content="Copy a link to this page">
        <Button size="icon" aria-label="Share link" onClick={() => void copy(window.location.href, "Link")}>
          <Link2 aria-hidden />
        </Button>
      </Tooltip>
    </>
  );
}
