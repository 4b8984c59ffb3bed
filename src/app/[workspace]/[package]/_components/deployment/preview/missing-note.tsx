"use client";

import { Ban, CircleDashed, CircleX, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { isFinal } from "~/domain/statuses";
import type { BuildDetail } from "~/server/api/schemas/builds";
import { PreviewNote, PreviewSkeleton } from "./preview-frame";

export interface MissingNoteProps {
  build: BuildDetail;
  /** The stage that makes it. */
  stage: string;
  what: string;
  icon: LucideIcon;
  /** Said where every stage ended well and still made none. */
  children: ReactNode;
}

/** Says what happened instead: still to come, failed before it, skipped, cancelled, or nothing to show. */
export function MissingNote({ build, stage: key, what, icon, children }: MissingNoteProps) {
  const stage = build.stages.find((each) => each.key === key);
  const failed = build.stages.find((each) => each.status === "failed");
  if (!isFinal(build.status)) {
    const running = build.stages.find((each) => each.status === "building");
    return <PreviewSkeleton label={running === undefined ? (build.status === "pending" ? "Waiting to start" : "Starting…") : `${running.title}…`} />;
  }
  if (build.status === "cancelled") return <PreviewNote icon={Ban} title={`No ${what}`}>The build was cancelled before it was made.</PreviewNote>;
  if (failed !== undefined) {
    return (
      <PreviewNote icon={CircleX} tone="failed" title={`${failed.title} failed, so there is no ${what}`}>
        {failed.error === null ? "Its log tells why." : failed.error.message} <a href={`#stage-${failed.key}`} className="text-accent underline underline-offset-3">Go to the error</a>
      </PreviewNote>
    );
  }
  if (stage?.status === "skipped") return <PreviewNote icon={CircleDashed} title={`No ${what}`}>{stage.reason ?? `${stage.title} was skipped.`}</PreviewNote>;
  return <PreviewNote icon={icon} title={`No ${what}`}>{children}</PreviewNote>;
}
