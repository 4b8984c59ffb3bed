/** Amounts and durations in the words people use. */

import { WORD } from "./patterns";

/** Powers of ten. */
const SCALES: Readonly<Record<string, number>> = {
  hundred: 2, k: 3, thousand: 3, lakh: 5, lac: 5, m: 6, mm: 6, mn: 6, mil: 6, mio: 6, million: 6, crore: 7, b: 9, bn: 9, bil: 9, billion: 9, t: 12, tn: 12, trillion: 12, quadrillion: 15,
};
const ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"];
const TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
/** Each word's own value; "twenty-one" is put together. */
const VALUES: ReadonlyMap<string, number> = new Map([...ONES.map((word, value) => [word, value] as const), ...TENS.map((word, index) => [word, (index + 2) * 10] as const), ["a", 1], ["an", 1]]);

const SCALE = "(?:hundred|thousand|lakh|lac|crore|million|billion|trillion|quadrillion)s?";
const SHORT = "(?:k|mm|mn|mio|mil|m|bn|bil|b|tn|t)";
const BIG = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen";
const SMALL = `(?:(?:${TENS.join("|")})(?:[ -](?:${ONES.slice(1, 10).join("|")}))?|${BIG}|${ONES.slice(0, 10).join("|")})`;
/** No other number goes on here: what can't be read whole is not read in part. */
const ENDS = "(?![\\d]|[.,_'][\\d]|\\s?(?:\\^|\\*\\*|%)|\\s?/\\s?\\d)";
const POWER = "\\s?(?:\\^|\\*\\*)\\s?\\d{1,2}";
const DIGITS = [
  "\\d{1,3}(?:\\.\\d{3}){2,}",
  "\\d{1,2}(?:,\\d{2})+,\\d{3}",
  `\\d{1,3},\\d{1,2}(?=\\s*(?:${SHORT}|${SCALE})\\b)`,
  "\\d{1,3}(?:[,_'\u00a0 ]\\d{3})+(?:\\.\\d+)?",
  `\\d+(?:\\.\\d+)?(?:e\\+?\\d{1,2}|\\s?[x*\u00d7]\\s?10${POWER}|${POWER})?`,
].map((form) => `${form}${ENDS}`).join("|");
/** Not a part of the number: "one million and six decimals". */
const OTHER = "(?!\\s*(?:decimals?|percent|per cent|roles?|seconds?|minutes?|hours?|days?|weeks?|months?|years?))";
const SPELLED = `(?:(?:(?:an? |one )?(?:half|quarter)(?: of)?(?: an?)?|an?|${SMALL}(?: and a half)?)(?:[ -]+(?:${SCALE}|dozen)\\b)+|hundred (?:thousand|million|billion|trillion))(?:(?:,? and |,? |-)${SMALL}(?:[ -]+${SCALE})*(?!-|${WORD})${OTHER})*`;

/**
 * Regex source of an amount, one group free of captures: `1 billion`, `1,000,000`, `1.000.000`, `21M`, `10k`, `2.5 million`, `10^6`,
 * `two hundred and fifty thousand`, `half a million`, `twelve`; not a word below ten alone.
 */
export const AMOUNT = `(?:(?:${DIGITS})(?: and a half)?(?:\\s*(?:${SHORT}|${SCALE})\\b)*|${SPELLED}|(?:${TENS.join("|")})(?:[ -](?:${ONES.slice(1, 10).join("|")}))?(?!-|${WORD})|(?:${BIG})(?!-|${WORD}))`;

/** A number as digits and a power of ten: no rounding. */
interface Scaled {
  digits: bigint;
  power: number;
}

/** Whole tokens as text. Null: no number, or one with a fraction of a token left, or one that can be read in two ways. */
export function parseAmount(text: string): string | null {
  const clean = text.toLowerCase().replace(/\s+/g, " ").trim();
  if (isAmbiguous(clean)) return null;
  const parsed = /^\d/.test(clean) ? parseDigits(clean) : parseSpelled(clean);
  if (parsed === null) return null;
  const { digits, power } = parsed;
  if (power >= 0) return (digits * 10n ** BigInt(power)).toString();
  const divisor = 10n ** BigInt(-power);
  return digits % divisor === 0n ? (digits / divisor).toString() : null;
}

/** `1.000` is one in English and a thousand elsewhere. */
export function isAmbiguous(text: string): boolean {
  return /^[1-9]\d{0,2}\.\d{3}$/.test(text.trim());
}

function parseDigits(text: string): Scaled | null {
  const [, head, tail = ""] = /^(\d[\d.,_'\u00a0 ]*(?:e\+?\d{1,2}|(?: ?[x*\u00d7] ?10)? ?(?:\^|\*\*) ?\d{1,2})?)(.*)$/.exec(text) ?? [];
  if (head === undefined) return null;
  const raised = /^(\d+(?:\.\d+)?) ?(?:([x*\u00d7]) ?10 ?)?(?:\^|\*\*) ?(\d{1,2})$/.exec(head.trim());
  const number = raised === null ? parseGrouped(head.trim()) : raise({ base: raised[1] ?? "", isScientific: raised[2] !== undefined, exponent: Number(raised[3]) });
  return number === null ? null : scale({ number, words: tail });
}

function raise({ base, isScientific, exponent }: { base: string; isScientific: boolean; exponent: number }): Scaled | null {
  if (isScientific) {
    const number = parsePlain(base);
    return number === null ? null : { ...number, power: number.power + exponent };
  }
  return /^\d{1,4}$/.test(base) ? { digits: BigInt(base) ** BigInt(exponent), power: 0 } : null;
}

function parseGrouped(text: string): Scaled | null {
  const [, mantissa = "", exponent = "0"] = /^(.*?)(?:e\+?(\d{1,2}))?$/.exec(text) ?? [];
  const isDotted = /^\d{1,3}(?:\.\d{3}){2,}$/.test(mantissa);
  // A comma before one or two digits at the end is a decimal comma; everywhere else it groups.
  const plain = isDotted ? mantissa.replaceAll(".", "") : /^\d{1,3},\d{1,2}$/.test(mantissa) ? mantissa.replace(",", ".") : mantissa.replace(/[,_'\u00a0 ]/g, "");
  const number = parsePlain(plain);
  return number === null ? null : { ...number, power: number.power + Number(exponent) };
}

function parsePlain(text: string): Scaled | null {
  if (!/^\d+(\.\d+)?$/.test(text)) return null;
  const [whole = "0", fraction = ""] = text.split(".");
  return { digits: BigInt(`${whole}${fraction}`), power: -fraction.length };
}

function scale({ number, words }: { number: Scaled; words: string }): Scaled | null {
  let { digits, power } = number;
  const half = words.replace(/^ ?and a half/, "");
  if (half !== words) {
    digits = digits * 10n + 5n * 10n ** BigInt(Math.max(0, -power));
    power -= 1;
  }
  for (const word of half.trim().split(" ").filter((one) => one !== "")) {
    const size = SCALES[word] ?? SCALES[word.replace(/s$/, "")];
    if (size === undefined) return null;
    power += size;
  }
  return { digits, power };
}

/** `two hundred and fifty thousand`: hundreds gather in a group, a larger scale closes it. */
function parseSpelled(text: string): Scaled | null {
  const part = /^(?:an? |one )?(half|quarter)(?: of)?(?: an?)? (.+)$/.exec(text);
  if (part !== null) return scaleSpelled({ number: part[1] === "half" ? { digits: 5n, power: -1 } : { digits: 25n, power: -2 }, words: part[2] ?? "" });
  const andHalf = /^(.+?) and a half (.+)$/.exec(text);
  if (andHalf !== null) {
    const whole = VALUES.get(andHalf[1] ?? "");
    return whole === undefined ? null : scaleSpelled({ number: { digits: BigInt(whole * 10 + 5), power: -1 }, words: andHalf[2] ?? "" });
  }
  let total = 0n;
  let group = 0n;
  for (const word of text.split(/[\s,-]+/).filter((one) => one !== "" && one !== "and")) {
    const value = VALUES.get(word);
    const size = SCALES[word.replace(/s$/, "")];
    if (value !== undefined) group += BigInt(value);
    else if (word === "dozen") group = (group === 0n ? 1n : group) * 12n;
    else if (size === undefined) return null;
    else if (size === 2) group = (group === 0n ? 1n : group) * 100n;
    else {
      // "one hundred thousand million" scales again what is there.
      const before = group === 0n ? total : group;
      total = (group === 0n ? 0n : total) + (before === 0n ? 1n : before) * 10n ** BigInt(size);
      group = 0n;
    }
  }
  return { digits: total + group, power: 0 };
}

function scaleSpelled({ number, words }: { number: Scaled; words: string }): Scaled | null {
  return words === "dozen" ? { digits: number.digits * 12n, power: number.power } : scale({ number, words });
}

const UNITS: Readonly<Record<string, number>> = { second: 1, sec: 1, minute: 60, min: 60, hour: 3_600, hr: 3_600, day: 86_400, week: 604_800, month: 2_592_000, year: 31_536_000, yr: 31_536_000 };
const UNIT = "(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|yrs?)\\b";

/** `7 days`, `one week`, `4-year`, `half a year`; `48h` is not: units are words. */
export const DURATION = `(?:(?:${DIGITS}|half an?|an?|${SMALL})(?: and a half)?[\\s-]*${UNIT})`;

/** Seconds; a month has 30 days and a year 365. Null: no duration, or a fraction of a second. */
export function parseDuration(text: string): number | null {
  const [, count = "", unit] = /^(.*?)[\s-]*([a-z]+?)s?$/.exec(text.toLowerCase().trim()) ?? [];
  const size = UNITS[unit ?? ""];
  if (size === undefined) return null;
  const number = /^half an?$/.test(count) ? { digits: 5n, power: -1 } : /^\d/.test(count) ? parseDigits(count) : /and a half$/.test(count) ? parseSpelledHalf(count) : parseSpelled(count);
  if (number === null) return null;
  const seconds = number.power >= 0 ? Number(number.digits) * 10 ** number.power * size : (Number(number.digits) * size) / 10 ** -number.power;
  return Number.isInteger(seconds) ? seconds : null;
}

function parseSpelledHalf(text: string): Scaled | null {
  const whole = VALUES.get(text.replace(/ and a half$/, ""));
  return whole === undefined ? null : { digits: BigInt(whole * 10 + 5), power: -1 };
}
