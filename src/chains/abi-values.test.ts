import { describe, expect, it } from "vitest";
import { readAbiValues, toJsonValue } from "./abi-values";

const read = (type: string, value: unknown, components?: { type: string; name: string }[]) => readAbiValues({ types: [{ type, name: "x", components }], values: [value], field: "args" });

describe("values from JSON", () => {
  it.each([
    ["uint256", "115792089237316195423570985008687907853269984665640564039457584007913129639935", 2n ** 256n - 1n],
    ["uint256", 7, 7n],
    ["int8", "-128", -128],
    ["uint32", 4_294_967_295, 4_294_967_295],
    ["bool", "true", true],
    ["address", "0x52908400098527886e0f7030069857d2e4169ee7", "0x52908400098527886E0F7030069857D2E4169EE7"],
    ["bytes4", "0x01020304", "0x01020304"],
    ["bytes", "0x", "0x"],
    ["uint8[2]", [1, "2"], [1, 2]],
    ["string[][]", [["a"], []], [["a"], []]],
  ])("takes %s %j", (type, value, expected) => {
    expect(read(type, value)).toEqual({ ok: true, values: [expected] });
  });

  it("takes tuples as objects and as lists", () => {
    const parts = [{ type: "uint256", name: "amount" }, { type: "bool", name: "ok" }];
    const expected = { ok: true, values: [{ amount: 1n, ok: false }] };
    expect(read("tuple", { amount: "1", ok: false }, parts)).toEqual(expected);
    expect(read("tuple", ["1", false], parts)).toEqual(expected);
  });

  it.each([
    ["uint8", 256, "args.0", /from 0 to 255/],
    ["uint256", -1, "args.0", /from 0/],
    ["uint256", 1.5, "args.0", /whole number/],
    ["uint256", 9_007_199_254_740_993, "args.0", /write large ones as text/],
    ["int8", 128, "args.0", /-128 to 127/],
    ["address", "0x1234", "args.0", /40 hex digits/],
    ["bytes4", "0x01", "args.0", /4 bytes/],
    ["uint8[2]", [1], "args.0", /list of 2/],
    ["uint8[]", [1, "x"], "args.0.1", /whole number/],
    ["bool", 1, "args.0", /true or false/],
    ["function", "0x", "args.0", /can't be given/],
  ])("refuses %s %j", (type, value, path, message) => {
    expect(read(type, value)).toMatchObject({ ok: false, problems: [{ path, message: expect.stringMatching(message) }] });
  });

  it("says how many there must be", () => {
    expect(readAbiValues({ types: [{ type: "address", name: "to" }], values: [], field: "args" })).toMatchObject({ ok: false, problems: [{ path: "args", message: "must have 1 value (address to); got 0." }] });
  });
});

it("turns decoded values into JSON, numbers into text", () => {
  expect(toJsonValue([2n ** 200n, 7, true, { by: "0x", list: [1n] }])).toEqual([(2n ** 200n).toString(), "7", true, { by: "0x", list: ["1"] }]);
});
