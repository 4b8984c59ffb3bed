import { describe, expect, it } from "vitest";
import { backoffMs, parseRetryAfter } from "./wait-time";

describe("waiting", () => {
  const now = Date.UTC(2030, 0, 1);
  it.each([
    ["7", 7_000],
    [" 0 ", 0],
    ["Tue, 01 Jan 2030 00:00:30 GMT", 30_000],
    ["Mon, 31 Dec 2029 00:00:00 GMT", 0],
    ["soon", undefined],
    ["-1 s", undefined],
    [undefined, undefined],
  ])("Retry-After %s is %s ms", (header, ms) => {
    expect(parseRetryAfter(header, now)).toBe(ms);
  });

  it("waits longer each time, to a bound", () => {
    expect([0, 1, 2, 5, 50].map(backoffMs)).toEqual([250, 500, 1000, 5000, 5000]);
  });
});
