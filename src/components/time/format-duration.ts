const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function pad(value: number): string {
  return String(value).padStart(2, "0");
}

/**
 * A length of time in at most two units: `240 ms`, `4.2 s`, `2m 05s`, `1h 02m`, `3d 04h`.
 * Rounds down, so that a running clock never shows a second that has not passed. Negative counts as 0.
 */
export function formatDuration(milliseconds: number): string {
  const ms = Math.max(0, Math.floor(milliseconds));
  if (ms < SECOND) return `${ms} ms`;
  if (ms < MINUTE) return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)}m ${pad(Math.floor((ms % MINUTE) / SECOND))}s`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)}h ${pad(Math.floor((ms % HOUR) / MINUTE))}m`;
  return `${Math.floor(ms / DAY)}d ${pad(Math.floor((ms % DAY) / HOUR))}h`;
}

/** The same for a clock that runs: tenths of a second from the start, so that it moves from the first frame. */
export function formatTickingDuration(milliseconds: number): string {
  const ms = Math.max(0, Math.floor(milliseconds));
  return ms < SECOND ? `${(Math.floor(ms / 100) / 10).toFixed(1)} s` : formatDuration(ms);
}
