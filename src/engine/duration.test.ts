import { describe, expect, it } from "vitest";
import { computeBackoff } from "./backoff";
import { delayUntil, parseDuration } from "./duration";
import { makeUlid } from "./ulid";

describe("durations", () => {
  it.each([
    ["10s", 10_000],
    ["1d2h30m10s", 95_410_000],
    ["2w", 1_209_600_000],
    ["500ms", 500],
    ["1.5h", 5_400_000],
    ["1h 30m", 5_400_000],
  ])("%s is %i ms", (text, expected) => {
    expect(parseDuration({ text, where: "here" })).toBe(expected);
  });

  it.each(["", "10", "s", "10 parsecs", "-5s"])("refuses %j", (text) => {
    expect(() => parseDuration({ text, where: "function f, timeouts.start" })).toThrow("function f, timeouts.start");
  });

  it("counts to a date, and past dates as now", () => {
    const nowMs = Date.parse("2025-01-01T00:00:00Z");
    expect(delayUntil({ text: "2025-01-01T00:01:00.000Z", nowMs, where: "here" })).toBe(60_000);
    expect(delayUntil({ text: "2024-01-01T00:00:00Z", nowMs, where: "here" })).toBe(0);
    expect(delayUntil({ text: "5s", nowMs, where: "here" })).toBe(5_000);
    expect(delayUntil({ text: "", nowMs, where: "here" })).toBe(0);
    expect(() => delayUntil({ text: "2025-99-01T00:00:00Z", nowMs, where: "here" })).toThrow("not a date");
  });
});

describe("backoff", () => {
  it("doubles up to its limit and varies by a quarter at most", () => {
    const at = (attempt: number, chance: number) => computeBackoff({ attempt, baseMs: 100, maxMs: 1_000, chance });
    expect([0, 1, 2, 3, 4, 50].map((attempt) => at(attempt, 0))).toEqual([100, 200, 400, 800, 1_000, 1_000]);
    expect(at(2, 1)).toBe(300);
  });
});

describe("ids", () => {
  it("sort by time, differ by chance, and repeat for a seed", () => {
    expect(makeUlid({ timeMs: 1_700_000_000_000 })).toMatch(/^01HF7YAT00[0-9A-HJKMNP-TV-Z]{16}$/);
    expect(makeUlid({ timeMs: 1 }) < makeUlid({ timeMs: 2 })).toBe(true);
    expect(makeUlid({ timeMs: 1 })).not.toBe(makeUlid({ timeMs: 1 }));
    expect(makeUlid({ timeMs: 1, seed: "a:0" })).toBe(makeUlid({ timeMs: 1, seed: "a:0" }));
    expect(makeUlid({ timeMs: 1, seed: "a:0" })).not.toBe(makeUlid({ timeMs: 1, seed: "a:1" }));
  });
});
