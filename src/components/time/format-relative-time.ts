const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * How long ago, short: `just now`, `4 min ago`, `3 h ago`, `2 d ago`, `5 mo ago`, `2 y ago`; `in 3 h` for the future.
 * `at` and `now` are epoch ms.
 */
export function formatRelativeTime({ at, now }: { at: number; now: number }): string {
  const distance = Math.abs(now - at);
  if (distance < 45_000) return "just now";
  const amount = describeDistance(distance);
  return at > now ? `in ${amount}` : `${amount} ago`;
}

function describeDistance(distance: number): string {
  if (distance < HOUR) return `${Math.max(1, Math.floor(distance / MINUTE))} min`;
  if (distance < DAY) return `${Math.floor(distance / HOUR)} h`;
  if (distance < 30 * DAY) return `${Math.floor(distance / DAY)} d`;
  if (distance < 365 * DAY) return `${Math.floor(distance / (30 * DAY))} mo`;
  return `${Math.floor(distance / (365 * DAY))} y`;
}
