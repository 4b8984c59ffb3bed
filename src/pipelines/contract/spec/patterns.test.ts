import { expect, it } from "vitest";
import { pattern, WORD } from "./patterns";

it("takes each letter and digit as a part of a word, whatever the case is that is asked for", () => {
  const all = [...Array(0x250).keys()].map((code) => String.fromCodePoint(code)).filter((one) => /[\p{L}\p{Nd}_]/u.test(one));
  for (const flags of ["u", "iu"]) expect(all.filter((one) => !pattern(`^${WORD}$`, flags).test(one))).toEqual([]);
  for (const sign of [" ", "-", "'", ".", "$", "\ue000", "\u2192", "\u{1f41f}"]) expect(pattern(`^${WORD}$`).test(sign)).toBe(false);
});
