import { describe, expect, it } from "vitest";
import { parseRange } from "./parse-range";

describe("ranges", () => {
  it.each([
    [undefined, 10, null],
    ["bytes=0-0", 10, { start: 0, end: 0 }],
    ["bytes=2-", 10, { start: 2, end: 9 }],
    ["bytes=-3", 10, { start: 7, end: 9 }],
    ["bytes=-99", 10, { start: 0, end: 9 }],
    ["bytes=5-100", 10, { start: 5, end: 9 }],
    ["bytes=9-9", 10, { start: 9, end: 9 }],
    ["bytes=10-", 10, "unsatisfiable"],
    ["bytes=-0", 10, "unsatisfiable"],
    ["bytes=0-", 0, "unsatisfiable"],
    ["bytes=3-2", 10, null],
    ["bytes=-", 10, null],
    ["bytes=0-1,4-5", 10, null],
    ["items=0-1", 10, null],
  ] as const)("%s of %d bytes", (header, size, range) => {
    expect(parseRange({ header, size })).toEqual(range);
  });
});
