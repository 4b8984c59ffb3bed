/**
 * Milliseconds to wait after the failed attempt number `attempt` (from 0): `baseMs * 2^attempt`, at most `maxMs`, less up
 * to a quarter of it by `chance` (0 to 1), so that what failed together does not come back together.
 */
export function computeBackoff(options: { attempt: number; baseMs: number; maxMs: number; chance: number }): number {
  const full = Math.min(options.maxMs, options.baseMs * 2 ** options.attempt);
  return Math.round(full * (1 - options.chance / 4));
}
