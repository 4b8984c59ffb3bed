import { describe, expect, it } from "vitest";
import { parseAnsi, stripAnsi } from "./ansi";

const ESC = "\u001b";

describe("parseAnsi: styles", () => {
  it("leaves a plain line as one run", () => {
    expect(parseAnsi({ text: "hello <b>world</b>\tok" })).toEqual([{ text: "hello <b>world</b>\tok", className: "" }]);
  });

  it("has nothing for an empty line", () => {
    expect(parseAnsi({ text: "" })).toEqual([]);
  });

  it("reads the sixteen colours, normal and bright", () => {
    expect(parseAnsi({ text: `${ESC}[31mred${ESC}[0m ${ESC}[92mgreen${ESC}[39m ${ESC}[103mon yellow` })).toEqual([
      { text: "red", className: "ansi-fg-1" },
      { text: " ", className: "" },
      { text: "green", className: "ansi-fg-10" },
      { text: " ", className: "" },
      { text: "on yellow", className: "ansi-bg-11" },
    ]);
  });

  it("reads the 256 palette: the first sixteen as theme colours, the cube and the greys as exact ones", () => {
    expect(parseAnsi({ text: `${ESC}[38;5;9ma${ESC}[38;5;208mb${ESC}[48;5;244mc` })).toEqual([
      { text: "a", className: "ansi-fg-9" },
      { text: "b", className: "ansi-fg-custom", color: "rgb(255 135 0)" },
      { text: "c", className: "ansi-fg-custom ansi-bg-custom", color: "rgb(255 135 0)", background: "rgb(128 128 128)" },
    ]);
  });

  it("reads true colour in both notations", () => {
    const expected = [{ text: "x", className: "ansi-fg-custom", color: "rgb(1 2 3)" }];
    expect(parseAnsi({ text: `${ESC}[38;2;1;2;3mx` })).toEqual(expected);
    expect(parseAnsi({ text: `${ESC}[38:2::1:2:3mx` })).toEqual(expected);
    expect(parseAnsi({ text: `${ESC}[38:2:1:2:3mx` })).toEqual(expected);
  });

  it("goes on with the codes after an extended colour", () => {
    expect(parseAnsi({ text: `${ESC}[38;5;208;1mx` })[0]?.className).toBe("ansi-fg-custom ansi-bold");
  });

  it("drops colours out of range without losing the rest", () => {
    expect(parseAnsi({ text: `${ESC}[38;5;999;1mx` })).toEqual([{ text: "x", className: "ansi-bold" }]);
    expect(parseAnsi({ text: `${ESC}[38;2;1;2;300;3mx` })).toEqual([{ text: "x", className: "ansi-italic" }]);
  });

  it("turns the attributes on and off", () => {
    const text = `${ESC}[1;2;3;4;9mall${ESC}[22;24mless${ESC}[23;29mnone`;
    expect(parseAnsi({ text })).toEqual([
      { text: "all", className: "ansi-bold ansi-dim ansi-italic ansi-underline ansi-strike" },
      { text: "less", className: "ansi-italic ansi-strike" },
      { text: "none", className: "" },
    ]);
  });

  it("swaps colours for inverse, also when one or both are the default", () => {
    expect(parseAnsi({ text: `${ESC}[7mx` })[0]?.className).toBe("ansi-inverse");
    expect(parseAnsi({ text: `${ESC}[7;31mx` })[0]?.className).toBe("ansi-fg-surface ansi-bg-1");
    expect(parseAnsi({ text: `${ESC}[7;31;42mx` })[0]?.className).toBe("ansi-fg-2 ansi-bg-1");
    expect(parseAnsi({ text: `${ESC}[7mx${ESC}[27my` })[1]?.className).toBe("");
  });

  it("reads an empty parameter as a reset", () => {
    expect(parseAnsi({ text: `${ESC}[31mx${ESC}[my` })[1]).toEqual({ text: "y", className: "" });
  });
});

describe("parseAnsi: what is not a style", () => {
  it("reduces links to their text", () => {
    expect(stripAnsi({ text: `see ${ESC}]8;;https://evil.example/${ESC}\\the docs${ESC}]8;;${ESC}\\ now` })).toBe("see the docs now");
    expect(stripAnsi({ text: `${ESC}]8;id=1;file:///etc/passwd\u0007here${ESC}]8;;\u0007` })).toBe("here");
  });

  it("drops window titles and device strings", () => {
    expect(stripAnsi({ text: `${ESC}]0;title\u0007a${ESC}P1;2q~~${ESC}\\b` })).toBe("ab");
  });

  it("hides no output behind a string that never ends", () => {
    expect(stripAnsi({ text: `a${ESC}]0;rest of the line` })).toBe("a0;rest of the line");
  });

  it("strips cursor moves, modes, charsets and stray escapes", () => {
    expect(stripAnsi({ text: `${ESC}[2J${ESC}[?25l${ESC}[10;20Ha${ESC}(Bb${ESC}7c${ESC}` })).toBe("abc");
    expect(stripAnsi({ text: `a${ESC}[` })).toBe("a");
    expect(stripAnsi({ text: `a${ESC}[31` })).toBe("a");
  });

  it("strips control characters but keeps tabs", () => {
    expect(stripAnsi({ text: "a\u0000b\u0007c\td\u007f" })).toBe("abc\td");
  });

  it("lets a carriage return overwrite, as a progress bar does", () => {
    expect(stripAnsi({ text: "progress 10%\rprogress 99%" })).toBe("progress 99%");
    expect(stripAnsi({ text: "abcdef\rXY" })).toBe("XYcdef");
    expect(stripAnsi({ text: `abcdef\r${ESC}[KXY` })).toBe("XY");
    expect(stripAnsi({ text: `abcdef${ESC}[2K\rXY` })).toBe("XY");
    expect(stripAnsi({ text: "abc\b\bX" })).toBe("aXc");
  });

  it("keeps the line before a trailing carriage return", () => {
    expect(stripAnsi({ text: "windows line\r" })).toBe("windows line");
  });

  it("keeps the colours of what an overwrite leaves standing", () => {
    expect(parseAnsi({ text: `${ESC}[31mabcdef${ESC}[0m\r12` })).toEqual([
      { text: "12", className: "" },
      { text: "cdef", className: "ansi-fg-1" },
    ]);
  });

  it("keeps markup as text", () => {
    expect(parseAnsi({ text: `${ESC}[31m<img src=x onerror=alert(1)>${ESC}[0m` })).toEqual([{ text: "<img src=x onerror=alert(1)>", className: "ansi-fg-1" }]);
  });

  it("gets through a hostile line before the test's own time limit", { timeout: 10_000 }, () => {
    const text = `${ESC}]`.repeat(8_000) + "\r".repeat(8_000) + `${ESC}[31m`.repeat(8_000) + "end";
    expect(stripAnsi({ text })).toBe("end");
  });
});
