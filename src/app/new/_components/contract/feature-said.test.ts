import { describe, expect, it } from "vitest";
import { understandPrompt } from "~/pipelines/contract/spec/understand";
import { isFeatureSaid } from "./feature-said";

const read = (prompt: string) => {
  const understanding = understandPrompt({ prompt });
  return (feature: string) => isFeatureSaid({ understanding, feature });
};

describe("isFeatureSaid", () => {
  it("follows the spec", () => {
    const has = read("ERC-20 token called HyperKit with 1 billion supply, mintable and not pausable");
    expect(["mintable", "pausable", "burnable"].map(has)).toEqual([true, false, false]);
  });

  it("follows what was understood and assumed while something else is in the way", () => {
    expect(understandPrompt({ prompt: "NFT collection called Odd with symbol ODDODDODDODD, burnable, enumerable, not pausable" }).spec).toBeNull();
    const has = read("NFT collection called Odd with symbol ODDODDODDODD, burnable, enumerable, not pausable");
    expect(["mintable", "burnable", "enumerable", "pausable", "votes"].map(has)).toEqual([true, true, true, false, false]);
  });
});
