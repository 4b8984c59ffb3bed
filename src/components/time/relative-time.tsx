"use client";

import { useNow } from "./clock";
import { formatRelativeTime } from "./format-relative-time";

const EXACT = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "long" });

/** "3 h ago", with the exact local time on hover. `at` is ISO 8601. */
export function RelativeTime({ at, className }: { at: string; className?: string }) {
  const now = useNow("slow");
  const time = Date.parse(at);
  // The clock may lag behind by its pace: what just happened is not in the future.
  const ahead = time > now && time - now < 30_000;
  return (
    <time dateTime={at} title={EXACT.format(time)} className={className} suppressHydrationWarning>
      {formatRelativeTime({ at: time, now: ahead ? time : now })}
    </time>
  );
}
