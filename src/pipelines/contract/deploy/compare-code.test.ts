import { expect, it } from "vitest";
import { compareCode } from "./compare-code";

// 4 bytes of code, an immutable of 2, 3 bytes of metadata and its length.
const compiled = "0x60806040" + "0000" + "a26469" + "0003";
const immutableReferences = { "7": [{ start: 4, length: 2 }] };
const compare = (onChain: string | undefined) => compareCode({ onChain, compiled, immutableReferences });

it.each([
  ["same", "0x60806040beefa264690003"],
  ["same", compiled],
  ["missing", "0x"],
  ["missing", undefined],
  ["metadata differs", "0x60806040beefa264680003"],
  ["code differs", "0x60806041beefa264690003"],
  ["code differs", "0x60806040beefa26469000300"],
])("%s: %s", (expected, onChain) => {
  expect(compare(onChain)).toBe(expected);
});
