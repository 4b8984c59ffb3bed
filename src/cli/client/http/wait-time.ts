/** How long to wait before asking again. */

/** Longer waits are the caller's to decide. */
export const LONGEST_WAIT_MS = 60_000;

/** `Retry-After` in ms: seconds or a date; undefined when there is none or it makes no sense. */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** 250 ms, doubling to 5 s. `attempt` counts from 0. */
export function backoffMs(attempt: number): number {
  return Math.min(5_000, 250 * 2 ** Math.min(attempt, 10));
}
