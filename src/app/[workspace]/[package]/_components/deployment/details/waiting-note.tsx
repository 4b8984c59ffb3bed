"use client";

import { useNow } from "~/components/time/clock";
import { formatDuration, formatTickingDuration } from "~/components/time/format-duration";
import type { BuildDetail } from "~/server/api/schemas/builds";

/** Why am I waiting? Place in the queue, what is ahead, and when it will probably start. */
export function WaitingNote({ build }: { build: BuildDetail }) {
  const now = useNow("fast");
  const { queue } = build;
  if (build.status !== "pending") return null;
  return (
    <div className="flex flex-col gap-0.5 rounded-md bg-surface-muted px-3 py-2 text-sm">
      <p className="font-medium">
        {queue === null ? "Waiting to start" : `Number ${queue.position} in the queue`}
        <span className="ml-2 font-normal text-muted tabular-nums" suppressHydrationWarning>{formatTickingDuration(now - Date.parse(build.created_at))}</span>
      </p>
      {queue === null ? null : <p className="text-xs text-pretty text-muted">{queue.ahead}</p>}
      {queue === null || queue.estimated_start_ms === null ? null : (
        <p className="text-xs text-muted">{queue.estimated_start_ms < 1000 ? "Starts in a moment." : `Starts in about ${formatDuration(queue.estimated_start_ms)}.`}</p>
      )}
    </div>
  );
}
