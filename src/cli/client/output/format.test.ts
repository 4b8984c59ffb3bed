import { describe, expect, it } from "vitest";
import { countOf, formatAge, formatBytes, formatDuration } from "./format";
import { createPaint, paintStatus } from "./paint";
import { formatTable } from "./table";

describe("numbers in words", () => {
  it.each([[0, "0 B"], [999, "999 B"], [1000, "1.0 kB"], [999_960, "1.0 MB"], [52_428_800, "52.4 MB"]])("%d bytes are %s", (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
  it.each([[12, "12 ms"], [1500, "1.5 s"], [59_960, "1 min 0 s"], [83_000, "1 min 23 s"], [3_720_000, "1 h 2 min"]])("%d ms are %s", (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
  it.each([[-5, "0 s ago"], [61_000, "1 min ago"], [7_200_000, "2 h ago"], [200_000_000, "2 d ago"]])("%d ms were %s", (ms, text) => {
    expect(formatAge(ms)).toBe(text);
  });
  it("counts one and many", () => {
    expect([countOf(1, "file"), countOf(0, "file"), countOf(2, "match", "matches")]).toEqual(["1 file", "0 files", "2 matches"]);
  });
});

describe("tables", () => {
  it("keeps columns straight whatever is coloured", () => {
    const paint = createPaint({ enabled: true });
    const rows = [["ada/a#1", paintStatus(paint, "failed"), "x"], ["ada/longer#12", paintStatus(paint, "successful"), ""]];
    const table = formatTable({ head: ["BUILD", "STATUS", "ERROR"], rows });
    expect(table).toBe("BUILD          STATUS      ERROR\nada/a#1        \u001b[31mfailed\u001b[39m      x\nada/longer#12  \u001b[32msuccessful\u001b[39m");
  });
});
