import { describe, expect, it } from "vitest";
import { formatDuration, formatTickingDuration } from "./format-duration";
import { formatRelativeTime } from "./format-relative-time";

describe("formatDuration", () => {
  it.each([
    [-5, "0 ms"],
    [0, "0 ms"],
    [240.9, "240 ms"],
    [999, "999 ms"],
    [1000, "1.0 s"],
    [4290, "4.2 s"],
    [59_999, "59.9 s"],
    [60_000, "1m 00s"],
    [125_000, "2m 05s"],
    [3_599_999, "59m 59s"],
    [3_720_000, "1h 02m"],
    [86_399_999, "23h 59m"],
    [273_600_000, "3d 04h"],
  ])("%d ms is %s", (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
  it("moves from the first tenth while it runs", () => {
    expect(formatTickingDuration(140)).toBe("0.1 s");
    expect(formatTickingDuration(-900)).toBe("0.0 s");
    expect(formatTickingDuration(61_000)).toBe("1m 01s");
  });
});

describe("formatRelativeTime", () => {
  const now = Date.UTC(2030, 0, 1);
  it.each([
    [0, "just now"],
    [44_000, "just now"],
    [50_000, "1 min ago"],
    [59 * 60_000, "59 min ago"],
    [60 * 60_000, "1 h ago"],
    [47 * 3_600_000, "1 d ago"],
    [40 * 86_400_000, "1 mo ago"],
    [800 * 86_400_000, "2 y ago"],
    [-3 * 3_600_000, "in 3 h"],
  ])("%d ms ago is %s", (ago, text) => {
    expect(formatRelativeTime({ at: now - ago, now })).toBe(text);
  });
});
