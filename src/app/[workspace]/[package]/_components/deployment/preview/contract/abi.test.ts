import { describe, expect, it } from "vitest";
import { abiSchema, describeType, groupAbi, hintOf, readArguments } from "./abi";

const abi = abiSchema.parse([
  { type: "constructor", inputs: [{ name: "owner", type: "address" }] },
  { type: "function", name: "balanceOf", stateMutability: "view", inputs: [{ name: "who", type: "address" }], outputs: [{ name: "", type: "uint256" }] },
  { type: "function", name: "totalSupply", stateMutability: "view", inputs: [], outputs: [{ name: "", type: "uint256" }] },
  { type: "function", name: "mint", stateMutability: "payable", inputs: [{ name: "to", type: "tuple[]", components: [{ name: "who", type: "address" }, { name: "amount", type: "uint256" }] }], outputs: [] },
  { type: "event", name: "Transfer", inputs: [{ name: "from", type: "address", indexed: true }] },
  { type: "error", name: "Nope", inputs: [] },
]);

describe("groupAbi", () => {
  it("tells what reads from what changes the chain, and writes the types of tuples out", () => {
    const groups = groupAbi({ abi });
    expect(groups.read.map(({ signature }) => signature)).toEqual(["totalSupply()", "balanceOf(address)"]);
    expect(groups.write.map(({ signature, payable }) => [signature, payable])).toEqual([["mint((address,uint256)[])", true]]);
    expect([groups.events[0]?.signature, groups.events[0]?.inputs[0]?.indexed, groups.errors[0]?.signature]).toEqual(["Transfer(address)", true, "Nope()"]);
  });
});

describe("readArguments", () => {
  const inputs = [{ name: "who", type: "address" }, { name: "amount", type: "uint8" }, { name: "all", type: "uint256[]" }, { name: "note", type: "string" }];
  const ADDRESS = "0x00000000000000000000000000000000000000aa";

  it("takes what was typed as the types want it", () => {
    expect(readArguments({ inputs, texts: [` ${ADDRESS} `, "255", "[1, \"20000000000000000000\"]", " as it is "] })).toEqual({ ok: true, args: [ADDRESS, "255", [1, "20000000000000000000"], " as it is "] });
  });

  it("names each problem at its input", () => {
    const read = readArguments({ inputs, texts: ["0x12", "256", "[1, -1]", ""] });
    expect(read.ok ? [] : [...read.problems]).toEqual([
      [0, "must be an address: 0x and 40 hex digits."],
      [1, "must be from 0 to 255 (uint8)."],
      [2, expect.stringMatching(/^1 must be from 0 to /)],
    ]);
    const noJson = readArguments({ inputs: [{ type: "uint256[]" }], texts: ["1, 2"] });
    expect(noJson.ok ? undefined : noJson.problems.get(0)).toBe("must be JSON, such as [1, 2].");
  });
});

describe("a tuple", () => {
  const pair = { name: "pair", type: "tuple", components: [{ name: "id", type: "uint256" }, { name: "notes", type: "tuple[2]", components: [{ name: "", type: "string" }] }] };

  it("is told by its parts, as a type and as what to type", () => {
    expect(describeType(pair)).toBe("(uint256 id, (string)[2] notes)");
    expect(describeType({ type: "uint8[]" })).toBe("uint8[]");
    expect([pair, { type: "tuple", components: [{ type: "bool" }] }, { type: "bytes4" }].map(hintOf)).toEqual(['{"id": …, "notes": …}', "[…]", "0x…"]);
  });
});
