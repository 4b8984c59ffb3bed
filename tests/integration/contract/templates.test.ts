/** Every template with everything on, with everything off, with any of it, and the examples: all compile, none with a warning. */
import fc from "fast-check";
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

const flag = fc.boolean();
const fungible = fc.record({ burnable: flag, pausable: flag, permit: flag, votes: flag, flash_mint: flag, freezable: flag, upgradeable: flag, cap: fc.constantFrom("1000000", null), supply: fc.constantFrom("1", "999999"), decimals: fc.nat(30) });
const collection = fc.record({ burnable: flag, pausable: flag, votes: flag, enumerable: flag, uri_storage: flag, soulbound: flag, upgradeable: flag, royalty_percent: fc.constantFrom(2.5, null), max_supply: fc.constantFrom("7", null), base_uri: fc.constantFrom("ipfs://x/", null) });
const multi = fc.record({ burnable: flag, pausable: flag, supply_tracking: flag, upgradeable: flag, royalty_percent: fc.constantFrom(10, null) });
const governing = fc.record({ access: fc.constantFrom<"ownable" | "roles">("ownable", "roles"), mintable: fc.constant(true) });
const choice = fc.oneof(
  fc.record({ template: fc.constantFrom<"erc20" | "stablecoin">("erc20", "stablecoin"), features: fungible }),
  fc.record({ template: fc.constant("erc721" as const), features: collection }),
  fc.record({ template: fc.constant("erc1155" as const), features: multi }),
);

describe("any features together", () => {
  it("compile without a warning", { timeout: 600_000 }, async () => {
    const property = fc.asyncProperty(choice, governing, async ({ template, features }, access) => {
      const runs = await contract.run({ options: { prompt: 'Make one called "Any"', template, features: { ...features, ...access } } });
      expect(runs.code_generation?.outcome.status, runs.code_generation?.log).toBe("successful");
      expect(runs.compilation?.outcome.status, runs.compilation?.log).toBe("successful");
      expect(reportOf(runs.compilation).findings).toEqual([]);
    });
    await fc.assert(property, { numRuns: 6 });
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
