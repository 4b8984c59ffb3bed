import { EngineError } from "./errors";

const UNITS: Record<string, number> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

const DURATION = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d|w))+$/;
const PART = /(\d+(?:\.\d+)?)(ms|s|m|h|d|w)/g;

/**
 * Milliseconds in a duration as the SDK writes it: `"1d2h30m10s"`, `"10s"`, `"500ms"`.
 * @throws EngineError when the text is not a duration.
 */
export function parseDuration({ text, where }: { text: string; where: string }): number {
  const compact = text.replaceAll(" ", "");
  if (!DURATION.test(compact)) {
    throw new EngineError(`${where}: "${text}" is not a duration; write it like "10s", "5m" or "1d2h"`);
  }
  let total = 0;
  for (const [, amount = "0", unit = "ms"] of compact.matchAll(PART)) total += Number(amount) * (UNITS[unit] ?? 1);
  return Math.round(total);
}

/**
 * Milliseconds from now until the moment named by a duration or an ISO date (both are what `step.sleep`,
 * `sleepUntil` and time limits send). Past moments give 0.
 * @throws EngineError when the text is neither.
 */
export function delayUntil({ text, nowMs, where }: { text: string; nowMs: number; where: string }): number {
  if (/^\d{4}-/.test(text)) {
    const at = Date.parse(text);
    if (Number.isNaN(at)) throw new EngineError(`${where}: "${text}" is not a date; use ISO 8601`);
    return Math.max(0, at - nowMs);
  }
  // An empty text is how the SDK writes a wait of 0 ms.
  return text === "" ? 0 : parseDuration({ text, where });
}
