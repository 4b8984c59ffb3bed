"use client";

import type { StageStatus } from "~/domain/statuses";
import { cn } from "~/components/ui/class-names";
import { Tooltip } from "~/components/ui/tooltip";
import { CachedMark } from "./cached-badge";
import { StatusIcon } from "./status-icon";
import { STATUS_WORDS } from "./status-words";

export interface StageDot {
  key: string;
  title: string;
  status: StageStatus;
  cached: boolean;
}

/** Inside of the dot, so that no status is told by colour alone: filled, half, crossed, hollow. */
const DOTS: Record<StageStatus, string> = {
  pending: "border-border-strong",
  building: "animate-shimmer border-building bg-building/50",
  successful: "border-successful bg-successful",
  failed: "rotate-45 rounded-[1px] border-failed bg-failed",
  cancelled: "h-0.5 rounded-none border-cancelled bg-cancelled",
  skipped: "h-px border-x-0 border-t border-b-0 border-dashed border-skipped",
};

function describe(stage: StageDot): string {
  return `${stage.title}: ${STATUS_WORDS[stage.status].toLowerCase()}${stage.cached ? ", cached" : ""}`;
}

/** One small mark per stage, in order. Hover tells each; a screen reader hears them as one sentence. */
export function StageDots({ stages, className }: { stages: readonly StageDot[]; className?: string }) {
  return (
    <Tooltip
      content={
        <ul className="flex flex-col gap-1 py-0.5">
          {stages.map((stage) => (
            <li key={stage.key} className="flex items-center gap-1.5">
              <StatusIcon decorative status={stage.status} className="size-3 text-current" />
              {stage.title}
              {stage.cached ? <CachedMark className="text-current" /> : null}
            </li>
          ))}
        </ul>
      }
    >
      <span role="img" aria-label={stages.map(describe).join("; ")} className={cn("inline-flex h-4 items-center gap-1", className)}>
        {stages.map((stage) => (
          <span key={stage.key} className="flex size-2.5 items-center justify-center">
            <span className={cn("size-2 rounded-full border", DOTS[stage.status], stage.cached && stage.status === "successful" && "border-cached bg-cached")} />
          </span>
        ))}
      </span>
    </Tooltip>
  );
}
