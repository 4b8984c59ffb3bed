import { encodeAbiParameters, parseAbiParameters, type Hex } from "viem";
import { describe, expect, it } from "vitest";
import { isSoundEncoding } from "./check-encoding";

const word = (value: number | bigint): string => BigInt(value).toString(16).padStart(64, "0");
const TREES = parseAbiParameters("(uint256 amount, string note, (address by, bytes[] proofs)[2] pairs)[], bool, uint8[3], bytes4");

describe("isSoundEncoding", () => {
  it("takes what an encoder makes, however it is nested", () => {
    const pair = { by: "0x00000000000000000000000000000000000000aa", proofs: ["0x", "0x1234", `0x${"ab".repeat(100)}`] } as const;
    const empty = { by: "0x00000000000000000000000000000000000000bb", proofs: [] } as const;
    const data = encodeAbiParameters(TREES, [[{ amount: 7n, note: "x".repeat(70), pairs: [pair, empty] }, { amount: 8n, note: "", pairs: [empty, pair] }], true, [1, 2, 3], "0x12345678"]);
    expect(isSoundEncoding({ types: TREES, data })).toBe(true);
    expect(isSoundEncoding({ types: TREES, data: `${data}00` })).toBe(true);
    expect(isSoundEncoding({ types: TREES, data: data.slice(0, -64) as Hex })).toBe(false);
  });

  it("takes text without the zeros behind it, as old contracts answer it", () => {
    expect(isSoundEncoding({ types: [{ type: "string" }], data: `0x${word(32)}${word(3)}616263` })).toBe(true);
  });

  it.each<[string, string, string]>([
    ["many pointers to one value", "bytes[]", word(32) + word(100) + word(3_200).repeat(100) + word(3_000) + "41".repeat(3_000)],
    ["lists that are one and the same", "bytes[][]", word(32) + word(2) + word(64).repeat(2) + word(1) + word(32) + word(3) + "414243".padEnd(64, "0")],
    ["a length without end", "uint256[]", word(32) + word(2n ** 255n)],
    ["a pointer out of the answer", "string", word(4_000) + word(3)],
    ["a list of fixed length that is not there", "uint256[100000000]", word(1)],
    ["half a word", "uint256", "41"],
  ])("refuses %s", (_, type, data) => {
    expect(isSoundEncoding({ types: [{ type }], data: `0x${data}` })).toBe(false);
  });
});
