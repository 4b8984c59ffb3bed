import { describe, expect, it } from "vitest";
import { ChainsConfigError, DEFAULT_CHAINS, loadChains, parseChains } from "./chain-config";

const sepolia = { id: 11_155_111, name: "Sepolia", rpc_url: "https://rpc.example.com/v2/very-secret", explorer_url: "https://sepolia.example/", signer: "deployer", testnet: true };
const parse = (chains: unknown) => parseChains({ text: JSON.stringify({ chains }), file: "chains.json" });
const problemsOf = (chains: unknown): string => {
  try {
    parse(chains);
  } catch (error) {
    if (error instanceof ChainsConfigError) return error.message;
  }
  throw new Error("It was taken.");
};

describe("chains.json", () => {
  it("describes chains at an address and local ones", () => {
    const [remote, local] = parse([sepolia, { id: 31_337, name: "Mine", embedded: true, port: 8545 }]);
    expect(remote).toMatchObject({ id: 11_155_111, testnet: true, unit: "ETH", explorerUrl: "https://sepolia.example", signer: "deployer", confirmations: 1, receiptTimeoutMs: 180_000, rpc: { kind: "url", url: sepolia.rpc_url } });
    expect(local).toMatchObject({ id: 31_337, testnet: true, signer: null, rpc: { kind: "embedded", port: 8545 } });
  });

  it.each([
    ["no testnet flag", [{ ...sepolia, testnet: undefined }], "chains.0.testnet: must be true or false"],
    ["no signer", [{ ...sepolia, signer: undefined }], "chains.0.signer"],
    ["a bad id", [{ ...sepolia, id: 0 }], "chains.0.id: must be a whole number"],
    ["an address of another kind", [{ ...sepolia, rpc_url: "ftp://very-secret" }], "chains.0.rpc_url"],
    ["a misspelt field", [{ ...sepolia, explorer: "https://x.example" }], "chains.0"],
    ["a chain twice", [sepolia, { ...sepolia, name: "Again" }], "11155111 is listed twice"],
    ["a key in the place of a signer's name", [{ ...sepolia, signer: `0x${"ab".repeat(32)}` }], "chains.0.signer"],
  ])("names %s, and repeats no value", (_, chains, words) => {
    const problems = problemsOf(chains);
    expect(problems).toContain(words);
    expect(problems).not.toMatch(/very-secret|abab/);
  });

  it("names every problem at once", () => {
    expect(problemsOf([{ ...sepolia, id: "x", name: "" }]).split("\n")).toHaveLength(3);
  });

  it("says that it is no JSON, or no list", () => {
    expect(() => parseChains({ text: "{", file: "f" })).toThrow(/not JSON/);
    expect(() => parseChains({ text: "[]", file: "f" })).toThrow(/chains/);
  });

  it("without a file there are the local chains, unless the file was asked for", async () => {
    expect(await loadChains({ file: "/nowhere/chains.json", required: false })).toBe(DEFAULT_CHAINS);
    await expect(loadChains({ file: "/nowhere/chains.json", required: true })).rejects.toThrow(/is not there/);
  });
});
