import { describe, expect, it } from "vitest";
import type { StoredLine } from "./log-store";
import { findMatchingLines, findNextMatch, markMatches, mergeMatches } from "./search";

const ESC = "\u001b";
const line = (stageLine: number, message: string, stream: StoredLine["stream"] = "stdout"): StoredLine => ({ stageLine, message, stream, createdAt: "2026-01-01T00:00:00Z" });

describe("findMatchingLines", () => {
  const lines = [line(1, "Compiling"), line(2, `${ESC}[31mER${ESC}[1mROR${ESC}[0m here`, "stderr"), line(3, "no error at all")];

  it("ignores case and looks through colours", () => {
    expect(findMatchingLines({ lines, query: "error" })).toEqual([2, 3]);
  });

  it("keeps to the streams asked for", () => {
    expect(findMatchingLines({ lines, query: "error", streams: new Set(["stderr"]) })).toEqual([2]);
  });

  it("finds nothing for nothing", () => {
    expect(findMatchingLines({ lines, query: "" })).toEqual([]);
  });

  it("takes the query as text, not as a pattern", () => {
    expect(findMatchingLines({ lines: [line(1, "a.b"), line(2, "axb")], query: "." })).toEqual([1]);
  });
});

describe("mergeMatches", () => {
  it("keeps order and drops what is there twice", () => {
    expect(mergeMatches({ known: [2, 9, 30], added: [9, 31, 10] })).toEqual([2, 9, 10, 30, 31]);
  });
});

describe("findNextMatch", () => {
  const matches = [5, 10, 20];
  it("goes forward and round", () => {
    expect(findNextMatch({ matches, from: 0, direction: 1 })).toBe(0);
    expect(findNextMatch({ matches, from: 5, direction: 1 })).toBe(1);
    expect(findNextMatch({ matches, from: 20, direction: 1 })).toBe(0);
  });
  it("goes back and round", () => {
    expect(findNextMatch({ matches, from: 20, direction: -1 })).toBe(1);
    expect(findNextMatch({ matches, from: 5, direction: -1 })).toBe(2);
  });
  it("has nowhere to go without matches", () => {
    expect(findNextMatch({ matches: [], from: 1, direction: 1 })).toBe(-1);
  });
});

describe("markMatches", () => {
  it("marks a match that spans two colours", () => {
    expect(markMatches({ text: `x${ESC}[31mer${ESC}[32mror${ESC}[0m y`, query: "ERROR" })).toEqual([
      { text: "x", className: "", marked: false },
      { text: "er", className: "ansi-fg-1", marked: true },
      { text: "ror", className: "ansi-fg-2", marked: true },
      { text: " y", className: "", marked: false },
    ]);
  });

  it("marks every match, also neighbours", () => {
    expect(markMatches({ text: "ababcab", query: "ab" }).map((run) => [run.text, run.marked])).toEqual([
      ["ab", true],
      ["ab", true],
      ["c", false],
      ["ab", true],
    ]);
  });

  it("marks nothing without a query", () => {
    expect(markMatches({ text: "abc", query: "" })).toEqual([{ text: "abc", className: "", marked: false }]);
  });

  it("marks the right place after a letter that grows when lowered", () => {
    expect(markMatches({ text: "İİ x Error", query: "error" }).find((run) => run.marked)?.text).toBe("Error");
  });

  it("loses no text", () => {
    const text = "a needle in a needle stack needle";
    expect(markMatches({ text, query: "needle" }).map((run) => run.text).join("")).toBe(text);
  });
});
