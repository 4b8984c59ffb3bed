"use client";

import { cn } from "~/components/ui/class-names";
import { useNow } from "./clock";
import { formatDuration, formatTickingDuration } from "./format-duration";

export interface TickingDurationProps {
  /** ISO 8601; null while it has not started. */
  startedAt: string | null;
  /** The measured length once it is over: then it stands still. */
  durationMs: number | null;
  className?: string;
}

/** A length of time that runs while the thing runs. A dash before it starts. */
export function TickingDuration({ startedAt, durationMs, className }: TickingDurationProps) {
  const classes = cn("tabular-nums whitespace-nowrap", className);
  if (durationMs !== null) return <span className={classes}>{formatDuration(durationMs)}</span>;
  if (startedAt === null) return <span className={cn(classes, "text-muted")} aria-label="not started">–</span>;
  return <RunningDuration startedAt={startedAt} className={classes} />;
}

function RunningDuration({ startedAt, className }: { startedAt: string; className: string }) {
  const now = useNow("fast");
  return <span className={className} suppressHydrationWarning>{formatTickingDuration(now - Date.parse(startedAt))}</span>;
}
