/** Every template with everything on, with everything off, and the examples: all compile, none with a warning. */
import { describe, expect, it } from "vitest";
import { EXAMPLES } from "~/pipelines/contract/examples";
import { digestsOf } from "../../support/stage-context";
import { openContract, reportOf } from "./contract-harness";

const contract = openContract({ warm: 1 });
const cold = openContract();

const PROMPTS: readonly string[] = [
  "ERC20 named Full with votes, permit, role-based access control, mintable, burnable, pausable, freezable, flash minting, capped at 10 million, 5 million supply, 9 decimals",
  "Upgradeable ERC20 named UpFull with votes, permit, mintable, burnable, pausable, freezable, flash minting, capped at 10 million, 5 million supply",
  "Upgradeable ERC20 named UpRoles with roles, 5 million supply, votes but without permit",
  "ERC20 named Bare with 5 supply",
  "NFT collection named AllCats, burnable, pausable, enumerable, uri storage, voting, roles, 2.5% royalty, soulbound, max supply 100",
  "Upgradeable NFT collection named UpCats, burnable, pausable, enumerable, uri storage, voting, 2.5% royalty, base URI ipfs://cats/",
  "NFT collection named BareCats",
  "ERC-1155 named Items with supply tracking, burnable, pausable, roles, 5% royalty, URI https://game.example/{id}.json",
  "Upgradeable ERC-1155 named UpItems with supply tracking, burnable, pausable, 5% royalty",
  "A stablecoin named Krone",
  "A DAO named HyperDAO with a token called HyperVote (HVT), 2.5% quorum, a timelock of 2 days and a proposal threshold of 100 tokens",
  "A DAO named PlainDAO",
  "Vesting wallet over 4 years with a 1 year cliff",
  "Vesting wallet over 100 days",
];

describe("templates", () => {
  it.each(PROMPTS)("%s", { timeout: 120_000 }, async (prompt) => {
    const runs = await contract.run({ options: { prompt } });
    expect(runs.code_generation?.outcome.status, runs.code_generation?.log).toBe("successful");
    expect(runs.compilation?.outcome.status, runs.compilation?.log).toBe("successful");
    expect(reportOf(runs.compilation).findings).toEqual([]);
  });
});

describe("a runner that was started ahead", () => {
  it("makes the same bytes as a cold one", { timeout: 120_000 }, async () => {
    const options = { prompt: PROMPTS[3] };
    // The first run leaves a process started ahead; the second takes it.
    await contract.run({ options });
    expect(digestsOf((await contract.run({ options })).compilation)).toEqual(digestsOf((await cold.run({ options })).compilation));
  });
});

describe("examples", () => {
  it.each(EXAMPLES.map((example) => [example.slug, example] as const))("%s", { timeout: 120_000 }, async (_slug, example) => {
    const runs = await contract.run({ files: Object.fromEntries(example.files.map((file) => [file.path, file.content])), options: { ...example.options } });
    expect(runs.compilation?.outcome.status, `${runs.code_generation?.log}${runs.compilation?.log}`).toBe("successful");
    expect(reportOf(runs.compilation)).toMatchObject({ errorCount: 0, warningCount: 0 });
  });
});
