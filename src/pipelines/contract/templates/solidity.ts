/** Solidity's literals. Whatever a maker calls a token stays text: it can't end its string or become code. */

/** A string literal. ASCII as it is with `"` and `\` escaped; anything else as a `unicode"…"` literal. */
export function quote(text: string): string {
  const escaped = text.replace(/[\\"]/g, (character) => `\\${character}`);
  // Control characters never get here (the spec refuses them); as hex they could not end the literal either.
  const safe = escaped.replace(/\p{Cc}/gu, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`);
  return /^[\u0020-\u007e]*$/.test(safe) ? `"${safe}"` : `unicode"${safe}"`;
}

/** `1000000` → `1_000_000` */
export function group(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, "_");
}

const UNITS: readonly (readonly [number, string])[] = [
  [604_800, "weeks"],
  [86_400, "days"],
  [3_600, "hours"],
  [60, "minutes"],
];

/** `604800` → `1 weeks` */
export function writeDuration(seconds: number): string {
  const unit = seconds === 0 ? undefined : UNITS.find(([size]) => seconds % size === 0);
  return unit === undefined ? `${group(String(seconds))}` : `${group(String(seconds / unit[0]))} ${unit[1]}`;
}

/** Lines of a body or of a list, four spaces a level. */
export function indent(lines: readonly string[], level = 1): string[] {
  return lines.map((line) => (line === "" ? "" : `${"    ".repeat(level)}${line}`));
}
