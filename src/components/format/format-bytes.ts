const UNITS = ["KB", "MB", "GB", "TB"] as const;

/** A size in powers of 1024 with three digits at most: `812 B`, `4.2 KB`, `18 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  let value = bytes;
  let unit: string = "B";
  for (const next of UNITS) {
    if (value < 1023.5) break;
    value /= 1024;
    unit = next;
  }
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}
