/** Links to lines of a stage's log: `#transpilation-L12`, or `#transpilation-L12-L20` for a range. */
import type { LineRange } from "./log-store";

export interface LineAnchor extends LineRange {
  stage: string;
}

/** Reads a location's hash; null when it is not a link to a line. A range given backwards is turned round. */
export function parseLineAnchor({ hash }: { hash: string }): LineAnchor | null {
  const match = /^#?([a-z][a-z0-9_]*)-L(\d{1,9})(?:-L(\d{1,9}))?$/.exec(hash);
  if (!match) return null;
  const [, stage = "", first = "", second] = match;
  const a = Number(first);
  const b = second === undefined ? a : Number(second);
  if (a < 1 || b < 1) return null;
  return { stage, from: Math.min(a, b), to: Math.max(a, b) };
}

/** The hash of a line or a range, with its `#`. */
export function formatLineAnchor({ stage, from, to }: LineAnchor): string {
  const range = from === to ? `L${from}` : `L${from}-L${to}`;
  return `#${stage}-${range}`;
}
