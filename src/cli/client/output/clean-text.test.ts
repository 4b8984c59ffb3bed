import { describe, expect, it } from "vitest";
import { cleanText } from "./clean-text";

const ESC = "\u001b";

describe("cleanText", () => {
  it("keeps colours only where they are wanted, and ends them", () => {
    const line = `${ESC}[31mred${ESC}[0m and ${ESC}[38;5;12mblue`;
    expect(cleanText(line, { colours: false })).toBe("red and blue");
    expect(cleanText(line, { colours: true })).toBe(`${line}${ESC}[0m`);
  });

  it.each([
    ["the title", `${ESC}]0;owned\u0007text`],
    ["the clipboard", `${ESC}]52;c;ZXZpbA==${ESC}\\text`],
    ["the screen", `${ESC}[2J${ESC}[Htext`],
    ["the line before", `${ESC}[1Atext`],
    ["a device's answer", `${ESC}P+q544e${ESC}\\text`],
    ["a reset", `${ESC}ctext`],
    ["an 8-bit sequence", "\u009b2Jtext".replace("2J", "")],
    ["an overwritten line", "\r\btext"],
  ])("takes away what would change %s", (_what, line) => {
    for (const colours of [true, false]) expect(cleanText(line, { colours })).toBe("text");
  });

  it("leaves no escape behind that two halves could make", () => {
    expect(cleanText(`${ESC}${ESC}[2J[2Jtext`, { colours: true })).not.toContain(`${ESC}[2J`);
    expect(cleanText(`a\tb\nc é 漢`, { colours: false })).toBe("a\tb\nc é 漢");
  });
});
