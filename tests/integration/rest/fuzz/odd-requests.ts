/** Requests that are almost right, and some that are nothing like it. */
import fc from "fast-check";

export const ODD_TEXTS = [
  "", " ", "\u0000", "a\u0000b", "\ud800", "x\udfffy", "💥", "e\u0301", "\u202eabc", "\ufeff", "\u{10ffff}", "İ", "a".repeat(300), "x".repeat(70_000),
  "../../etc/passwd", "/abs", "a//b", "C:\\x", "__proto__", "constructor", "toString", "%00", "'; DROP TABLE build; --", "1e309", "NaN", "2026-13-45T99:00:00Z", "latest", "*", "a/b/c", "@", "$1",
];
const ODD_NUMBERS = [0, -0, -1, 1.5, 100, 1e21, 1e308, 5e-324, 2 ** 31 - 1, 2 ** 31, 2 ** 53, -(2 ** 63)];
/** Stands for a value of so many levels, which could not be printed when it fails. */
const DEEP = ["deep 20", "deep 100", "deep 2000"];
const nest = (depth: number): unknown => Array.from({ length: depth }).reduce<unknown>((inner, _each, index) => (index % 2 === 0 ? [inner] : { a: inner }), 1);

/** `JSON.parse` makes `__proto__` a field like any other; an object literal does not. */
const PROTOTYPES: unknown[] = ['{"__proto__": {"polluted": true}}', '{"constructor": {"prototype": {"polluted": true}}}', '{"toString": 1, "hasOwnProperty": null}'].map((text) => JSON.parse(text));

const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<unknown>(...ODD_TEXTS) },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(...ODD_NUMBERS, null, true, false) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>([], {}, [[]], ...DEEP, ...PROTOTYPES) },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.dictionary(fc.oneof(fc.constantFrom(...ODD_TEXTS.slice(0, 20)), fc.string({ maxLength: 10 })), fc.constantFrom("v", 1, null, "\u0000"), { maxKeys: 5 }) },
);

/** What is done to one field, or to the text of the whole body. */
export type Twist =
  | { kind: "replace"; at: number; value: unknown }
  | { kind: "remove"; at: number }
  | { kind: "repeat"; at: number; times: number }
  | { kind: "add"; name: string; value: unknown }
  | { kind: "whole"; value: unknown }
  | { kind: "cut"; share: number }
  | { kind: "raw"; text: string }
  | { kind: "none" };

const twist: fc.Arbitrary<Twist> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ kind: fc.constant("replace" as const), at: fc.nat(1_000), value: oddValue }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("remove" as const), at: fc.nat(1_000) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("repeat" as const), at: fc.nat(1_000), times: fc.constantFrom(2, 3, 200) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("add" as const), name: fc.constantFrom("__proto__", "constructor", "extra", "files", "id", "\u0000", "release_id", "build_id", "package"), value: oddValue }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("whole" as const), value: oddValue }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("cut" as const), share: fc.double({ min: 0, max: 0.99, noNaN: true }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("raw" as const), text: fc.constantFrom("", "{", "null", "[]", "nul", "{}{}", '{"a":1,"a":2}', "\ufeff{}", '{"a": 1e999}', '{"a": "\\ud800"}', '{"a": "\u0001"}', "[".repeat(50_000), '{"a":'.repeat(20_000), "a=b&c=d", "--x\r\n\r\n--x--") }) },
  { weight: 1, arbitrary: fc.constant<Twist>({ kind: "none" }) },
);

export const oddTwists = fc.array(twist, { minLength: 1, maxLength: 2 });

export interface OddRequest {
  twists: Twist[];
  contentType: string | undefined;
  headers: Record<string, string>;
  /** In place of the first part of the path that is open. */
  part: string | undefined;
}

const JSON_TYPE = "application/json";

export const oddRequest: fc.Arbitrary<OddRequest> = fc.record({
  twists: oddTwists,
  contentType: fc.oneof(
    { weight: 12, arbitrary: fc.constant(JSON_TYPE) },
    { weight: 2, arbitrary: fc.constantFrom(undefined, "text/plain", "application/json; charset=utf-16", "APPLICATION/JSON", "multipart/form-data", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "application/octet-stream", ";;;") },
  ),
  headers: fc.oneof(
    { weight: 6, arbitrary: fc.constant({}) },
    {
      weight: 1,
      arbitrary: fc.constantFrom<Record<string, string>>(
        { "idempotency-key": "a b" }, { "idempotency-key": "x".repeat(300) }, { "idempotency-key": "same" }, { "idempotency-key": "__proto__" }, { "x-request-id": "<script>" }, { "x-request-id": "x".repeat(500) },
        { accept: "*/*;q=nonsense" }, { accept: "text/event-stream" }, { "content-encoding": "gzip" }, { "x-forwarded-for": "not an address" }, { "if-none-match": '"' }, { range: "bytes=-1-" }, { expect: "x" }, { "last-event-id": "-1" },
      ),
    },
  ),
  part: fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constantFrom("%00", "%", "%ff", "%2e%2e", "..%2f..", "%F0%9F%92%A5", "__proto__", "x".repeat(2_000), "%20", "a%2Fb", "null", "*") }),
});

function expand(value: unknown): unknown {
  return typeof value === "string" && DEEP.includes(value) ? nest(Number(value.split(" ")[1])) : value;
}

/** Deeper inside nothing of ours is. */
const PLACES_DEEP = 8;

/** Every place of a value, outermost first. */
function placesOf(value: unknown, path: readonly string[] = []): string[][] {
  const inner = typeof value === "object" && value !== null && path.length < PLACES_DEEP ? Object.entries(value).flatMap(([key, item]) => placesOf(item, [...path, key])) : [];
  return path.length === 0 ? inner : [[...path], ...inner];
}

/** The copy of `value` with what `change` makes of the place (`undefined`: gone). */
function changeAt(value: unknown, path: readonly string[], change: (old: unknown) => unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return change(value);
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => (String(index) === key ? [changeAt(item, rest, change)].filter((each) => each !== undefined) : [item]));
  const entries = Object.entries(value ?? {}).flatMap(([name, item]) => {
    const changed: unknown = name === key ? changeAt(item, rest, change) : item;
    return changed === undefined ? [] : [[name, changed] as const];
  });
  return Object.fromEntries(entries);
}

/** The body's text. */
export function twistBody(valid: Record<string, unknown>, twists: readonly Twist[]): string {
  let value: unknown = valid;
  for (const each of twists) {
    const places = placesOf(value);
    const place = "at" in each ? places[each.at % Math.max(1, places.length)] : undefined;
    if (each.kind === "raw") return each.text;
    if (each.kind === "cut") return JSON.stringify(value).slice(0, Math.floor(JSON.stringify(value).length * each.share));
    if (each.kind === "whole") value = expand(each.value);
    if (each.kind === "add" && typeof value === "object" && value !== null && !Array.isArray(value)) value = Object.fromEntries([...Object.entries(value), [each.name, expand(each.value)]]);
    if (place === undefined) continue;
    if (each.kind === "replace") value = changeAt(value, place, () => expand(each.value));
    if (each.kind === "remove") value = changeAt(value, place, () => undefined);
    if (each.kind === "repeat") value = changeAt(value, place, (old) => Array.from({ length: each.times }, () => old));
  }
  return JSON.stringify(value) ?? "";
}
