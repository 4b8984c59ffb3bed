/** Amounts and durations in the words people use. */

const SCALES: Readonly<Record<string, number>> = {
  hundred: 2, k: 3, thousand: 3, m: 6, mm: 6, mn: 6, mil: 6, million: 6, millions: 6, b: 9, bn: 9, billion: 9, billions: 9, t: 12, tn: 12, trillion: 12, trillions: 12,
};
const WORDS: Readonly<Record<string, string>> = {
  a: "1", an: "1", zero: "0", one: "1", two: "2", three: "3", four: "4", five: "5", six: "6", seven: "7", eight: "8", nine: "9", ten: "10", eleven: "11", twelve: "12",
  fifteen: "15", twenty: "20", "twenty-one": "21", thirty: "30", forty: "40", fifty: "50", sixty: "60", seventy: "70", eighty: "80", ninety: "90", "half a": "0.5",
};

const WORD = Object.keys(WORDS).filter((word) => word !== "a" && word !== "an").sort((a, b) => b.length - a.length).join("|");
const SCALE = "(?:hundred|thousand|million|billion|trillion)s?";
const DIGITS = "\\d{1,3}(?:[,_'\u2019\u00a0 ]\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?(?:e\\d{1,2})?";

/** Regex source of an amount, one group free of captures: `1 billion`, `1,000,000`, `21M`, `10k`, `2.5 million`, `one million`; not a bare `one`. */
export const AMOUNT = `(?:(?:${DIGITS})(?:\\s*(?:k|mm|mn|mil|m|bn|b|tn|t|${SCALE})\\b)*|(?:an?|${WORD})(?:\\s+${SCALE})+)`;

/** The digits, as text and a power of ten. Null: no number, or one with a fraction of a token left. */
export function parseAmount(text: string): string | null {
  const clean = text.toLowerCase().replace(/\s+/g, " ").trim();
  const [, head, tail = ""] = /^(half a|[a-z-]+(?= )|zero|[a-z-]+$|[\d][\d.,_'\u2019\u00a0 ]*(?:e\d{1,2})?)(.*)$/.exec(clean) ?? [];
  if (head === undefined) return null;
  const [, mantissa, exponent = "0"] = /^(.*?)(?:e(\d{1,2}))?$/.exec(WORDS[head] ?? head.replace(/[,_'\u2019\u00a0 ]/g, "")) ?? [];
  if (mantissa === undefined || !/^\d+(\.\d+)?$/.test(mantissa)) return null;
  let power = Number(exponent);
  for (const word of tail.trim().split(" ").filter((one) => one !== "")) {
    const scale = SCALES[word] ?? SCALES[word.replace(/s$/, "")];
    if (scale === undefined) return null;
    power += scale;
  }
  const [whole = "0", fraction = ""] = mantissa.split(".");
  const kept = fraction.replace(/0+$/, "");
  if (kept.length > power) return null;
  return BigInt(`${whole}${kept}${"0".repeat(power - kept.length)}`).toString();
}

const UNITS: Readonly<Record<string, number>> = { second: 1, sec: 1, minute: 60, min: 60, hour: 3_600, hr: 3_600, day: 86_400, week: 604_800, month: 2_592_000, year: 31_536_000, yr: 31_536_000 };

/** `7 days`, `one week`, `4-year`, `48h` is not: units are words. */
export const DURATION = `(?:(?:${DIGITS}|an?|${WORD})[\\s-]*(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|yrs?)\\b)`;

/** Seconds; a month has 30 days and a year 365. Null: no duration, or a fraction of a second. */
export function parseDuration(text: string): number | null {
  const [, count, unit] = /^(.*?)[\s-]*([a-z]+?)s?$/.exec(text.toLowerCase().trim()) ?? [];
  const size = UNITS[unit ?? ""];
  const number = Number(WORDS[count ?? ""] ?? (count ?? "").replace(/[,_ ]/g, ""));
  if (size === undefined || !Number.isFinite(number)) return null;
  const seconds = number * size;
  return Number.isInteger(seconds) ? seconds : null;
}
