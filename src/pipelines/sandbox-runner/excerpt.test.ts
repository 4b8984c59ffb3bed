import { describe, expect, it } from "vitest";
import { makeExcerpt } from "./excerpt";

const text = ["one", "two", "const three: number = \"x\"", "four", "five", "six"].join("\n");

describe("makeExcerpt", () => {
  it("numbers the lines around the place and puts carets under it", () => {
    expect(makeExcerpt({ text, line: 3, column: 7, length: 5 })).toBe(
      ["  1 | one", "  2 | two", "> 3 | const three: number = \"x\"", "    |       ^^^^^", "  4 | four", "  5 | five"].join("\n"),
    );
  });

  it("shows a source's control characters as one character each, so that they steer nothing and columns stay", () => {
    expect(makeExcerpt({ text: "/* \u0000\u001b[2J\u202e */ bad();", line: 1, column: 15, length: 3 })).toBe(["> 1 | /* \ufffd\ufffd[2J\ufffd */ bad();", "    |               ^^^"].join("\n"));
  });

  it("stays inside of the file at its first and last line", () => {
    expect(makeExcerpt({ text, line: 1, column: 1 })).toBe(["> 1 | one", "    | ^", "  2 | two", "  3 | const three: number = \"x\""].join("\n"));
    expect(makeExcerpt({ text, line: 6, column: 2, length: 40 })).toBe(["  4 | four", "  5 | five", "> 6 | six", "    |  ^^"].join("\n"));
  });

  it("is empty for a line that the file does not have", () => {
    expect(makeExcerpt({ text, line: 7, column: 1 })).toBe("");
  });

  it("shows the part of a long line that matters, with the caret below it", () => {
    const long = `${"a".repeat(400)}HERE${"b".repeat(400)}`;
    const [line = "", carets = ""] = makeExcerpt({ text: long, line: 1, column: 401, length: 4 }).split("\n");
    expect(line.length).toBeLessThan(200);
    expect(carets.indexOf("^^^^")).toBe(line.indexOf("HERE"));
  });

  it("colours the place when asked to", () => {
    expect(makeExcerpt({ text, line: 2, column: 1, colour: true })).toContain("\u001b[31m> 2 | \u001b[0mtwo");
  });
});
