"use client";

import { CircleAlert } from "lucide-react";
import { useMemo, useRef, type ReactNode } from "react";
import { useBuildActions, type StartedBuild } from "~/components/builds/use-build-actions";
import { useHotkeys } from "~/components/shell/use-hotkeys";
import { Button } from "~/components/ui/button";
import type { BuildDetail } from "~/server/api/schemas/builds";
import { DeploymentDetailsPanel } from "./details/deployment-details-panel";
import { DeploymentHeader } from "./header/deployment-header";
import { useLineAnchor } from "./live/use-line-anchor";
import { useLiveBuild } from "./live/use-live-build";
import { BuildPreviewContent } from "./preview/build-preview-content";
import { RetentionNote } from "./retention-note";
import { StageSection, type StageSectionHandle } from "./stages/stage-section";

export interface DeploymentProps {
  /** Mount with its id as key: another build is another page. */
  initial: BuildDetail;
  /** When `initial` was fetched, epoch ms. */
  fetchedAt: number;
  of: "release" | "build";
  isLatest: boolean;
  locked: boolean;
  /** Buttons of the release alone. */
  extra?: ReactNode;
  /** A build of the same release has begun; `view` is the tab of its preview to open. */
  onCreated: (created: StartedBuild, view?: string) => void;
  onEditFile: ((place: { file: string; line?: number }) => void) | null;
}

/** Staleness is told of what the release was last made from: of an older build it says nothing. */
function withoutOldStaleness(build: BuildDetail): BuildDetail {
  if (build.is_latest) return build;
  return { ...build, stages: build.stages.map((stage) => ({ ...stage, is_stale: false, stale_reason: null })) };
}

/** A build with everything that came of it, live. The body of the release's page and of the build's. */
export function Deployment({ initial, fetchedAt, of, isLatest, locked, extra, onCreated, onEditFile }: DeploymentProps) {
  const { build: live, messages, getLog, stopped, refetch } = useLiveBuild({ initial, fetchedAt });
  const build = useMemo(() => withoutOldStaleness(live), [live]);
  const actions = useBuildActions({ onCreated: (created) => onCreated(created), onCancelled: () => void refetch() });
  const { anchor, setAnchor } = useLineAnchor();
  const sections = useRef(new Map<string, StageSectionHandle>());
  const lastError = useRef(-1);

  const handles = () => build.stages.flatMap((stage) => sections.current.get(stage.key) ?? []);
  function goToNextError() {
    const failed = build.stages.map((stage, index) => ({ stage, index })).filter(({ stage }) => stage.error !== null);
    const next = failed.find(({ index }) => index > lastError.current) ?? failed[0];
    if (next === undefined) return;
    lastError.current = next.index;
    sections.current.get(next.stage.key)?.goToError();
  }
  /** The section in which the reader is, else the first open one, else the first. */
  function currentSection(): StageSectionHandle | undefined {
    const focused = build.stages.find((stage) => document.getElementById(`stage-${stage.key}`)?.contains(document.activeElement));
    return (focused && sections.current.get(focused.key)) ?? handles().find((handle) => handle.isOpen()) ?? handles()[0];
  }
  const goToMatch = (direction: 1 | -1) => {
    if (!currentSection()?.goToMatch(direction)) handles().some((handle) => handle.goToMatch(direction));
  };
  useHotkeys({
    r: () => build.can_write && actions.rebuild({ build, mode: "stale" }),
    c: () => build.can_write && actions.cancel({ build }),
    e: goToNextError,
    "/": () => currentSection()?.focusSearch(),
    n: () => goToMatch(1),
    N: () => goToMatch(-1),
  });

  return (
    <>
      <DeploymentHeader build={build} actions={actions} of={of} isLatest={isLatest} locked={locked} extra={extra} />
      {stopped === null ? null : (
        <p role="alert" className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md border border-failed/35 bg-failed/5 px-4 py-2 text-sm">
          <CircleAlert aria-hidden className="size-4 text-failed" />
          <span>Live updates have stopped: {stopped} The build itself goes on.</span>
          <Button variant="link" size="sm" onClick={() => window.location.reload()}>Reload the page</Button>
        </p>
      )}
      <RetentionNote removedAt={build.content_removed_at} />
      <div className="grid min-w-0 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20rem] lg:grid-rows-[auto_1fr]">
        <div className="min-w-0"><BuildPreviewContent build={build} onDeploying={(created) => onCreated(created, "deployments")} /></div>
        <div className="min-w-0 lg:col-start-2 lg:row-span-2 lg:row-start-1"><DeploymentDetailsPanel build={build} cancelling={actions.isCancelling(build)} /></div>
        <div className="flex min-w-0 flex-col gap-2.5">
          {build.stages.map((stage) => (
            <StageSection
              key={stage.key}
              ref={(handle) => {
                if (handle === null) sections.current.delete(stage.key);
                else sections.current.set(stage.key, handle);
              }}
              buildId={build.build_id}
              fileStem={`${build.package.replace("/", "-")}-${build.number}`}
              stage={stage}
              message={messages[stage.key]}
              log={getLog(stage.key)}
              picked={anchor?.stage === stage.key ? anchor : null}
              onPick={(range) => setAnchor({ stage: stage.key, ...range })}
              onEditFile={onEditFile}
            />
          ))}
        </div>
      </div>
    </>
  );
}
