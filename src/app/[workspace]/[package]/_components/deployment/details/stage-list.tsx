"use client";

import { CachedBadge } from "~/components/status/cached-badge";
import { StaleBadge } from "~/components/status/stale-badge";
import { StatusIcon } from "~/components/status/status-icon";
import { STATUS_WORDS } from "~/components/status/status-words";
import { TickingDuration } from "~/components/time/ticking-duration";
import type { StageView } from "~/server/api/schemas/builds";
import { ReasonText } from "../reason-text";

/** Every stage with its status and, where it is stale, why. */
export function StageList({ stages }: { stages: readonly StageView[] }) {
  return (
    <ol className="flex flex-col">
      {stages.map((stage) => (
        <li key={stage.key} className="flex flex-col py-1">
          <a href={`#stage-${stage.key}`} className="group flex min-w-0 items-center gap-2 rounded-sm">
            <StatusIcon decorative status={stage.status} className="size-3.5" />
            <span className="min-w-0 truncate group-hover:underline">{stage.title}</span>
            <span className="sr-only">{STATUS_WORDS[stage.status]}</span>
            {stage.cached ? <CachedBadge reason={stage.reason} className="h-4 px-1.5" /> : null}
            {stage.is_stale ? <StaleBadge reason={stage.stale_reason} className="h-4 px-1.5" /> : null}
            {stage.status === "skipped" ? null : <TickingDuration startedAt={stage.started_at} durationMs={stage.duration_ms} className="ml-auto pl-2 text-xs text-muted" />}
          </a>
          {stage.is_stale && stage.stale_reason !== null ? <p className="pl-5.5 text-xs text-stale"><ReasonText text={stage.stale_reason} /></p> : null}
        </li>
      ))}
    </ol>
  );
}
