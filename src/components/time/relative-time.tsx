"use client";

import { useNow } from "./clock";
import { formatRelativeTime } from "./format-relative-time";

const EXACT = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "long" });

/** "3 h ago", with the exact local time on hover. `at` is ISO 8601. */
export function RelativeTime({ at, className }: { at: string; className?: string }) {
  const now = useNow("slow");
  const time = Date.parse(at);
  return (
    <time dateTime={at} title={EXACT.format(time)} className={className} suppressHydrationWarning>
      {formatRelativeTime({ at: time, now: Math.max(now, Math.min(time, now + 15_000)) })}
    </time>
  );
}
