import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { writeContract } from "../templates";
import { HELD_OUT_REFUSED, HELD_OUT_TABLE } from "./held-out-table";
import { PEOPLE_REFUSED, PEOPLE_TABLE } from "./held-out-people";
import { PROMPT_TABLE, REFUSED_TABLE, type ExpectedBehaviour } from "./prompt-table";
import type { ContractSpec } from "./schema";
import { understandPrompt } from "./understand";

/** The spec in the words of the table. */
function behaviourOf(spec: ContractSpec): Partial<Record<keyof ExpectedBehaviour, unknown>> {
  switch (spec.template) {
    case "erc20":
    case "stablecoin":
      return { ...shared(spec), supply: spec.supply, decimals: spec.decimals, cap: spec.cap, permit: spec.permit, votes: spec.votes, freezing: spec.freezable, flashMint: spec.flash_mint, recipient: spec.recipient };
    case "erc721":
      return { ...shared(spec), cap: spec.max_supply, votes: spec.votes, soulbound: spec.soulbound, enumerable: spec.enumerable, baseUri: spec.base_uri, royaltyPercent: spec.royalty_percent, royaltyReceiver: spec.royalty_receiver };
    case "erc1155":
      return { ...shared(spec), baseUri: spec.base_uri, royaltyPercent: spec.royalty_percent };
    case "governor":
      return {
        template: spec.template, name: spec.name, tokenName: spec.token.name, tokenSymbol: spec.token.symbol, supply: spec.token.supply, votingPeriod: spec.voting_period,
        votingDelay: spec.voting_delay, quorumPercent: spec.quorum_percent, timelock: spec.timelock_delay, threshold: spec.proposal_threshold,
      };
    case "vesting":
      return { template: spec.template, name: spec.name, beneficiary: spec.beneficiary, duration: spec.duration, cliff: spec.cliff, start: spec.start };
    case "custom":
      return {};
  }
}

function shared(spec: Exclude<ContractSpec, { template: "governor" | "vesting" | "custom" }>) {
  return {
    template: spec.template, name: spec.name, symbol: spec.symbol, minting: spec.mintable ? "owner" : "nobody", burning: spec.burnable, pausing: spec.pausable,
    upgradeable: spec.upgradeable, access: spec.access, owner: spec.owner,
  };
}

describe("understandPrompt", () => {
  it.each([...PROMPT_TABLE, ...HELD_OUT_TABLE, ...PEOPLE_TABLE].map((row) => [row.prompt, row.expected] as const))("reads: %s", (prompt, expected) => {
    const { spec, unsupported, problems } = understandPrompt({ prompt });
    expect({ unsupported, problems }).toEqual({ unsupported: [], problems: [] });
    if (spec === null) throw new Error("There is no spec.");
    expect(behaviourOf(spec)).toMatchObject(expected);
  });

  it.each(REFUSED_TABLE.map((row) => [row.prompt, row.parts] as const))("refuses: %s", (prompt, parts) => {
    const { spec, unsupported } = understandPrompt({ prompt });
    expect(spec).toBeNull();
    const told = unsupported.map((one) => one.part).join("\n");
    for (const part of parts) expect(told).toContain(part);
  });

  it.each([...HELD_OUT_REFUSED, ...PEOPLE_REFUSED].map((row) => [row.prompt, row] as const))("refuses, held out: %s", (prompt, { part, field }) => {
    const { spec, unsupported, problems } = understandPrompt({ prompt });
    expect(spec).toBeNull();
    if (part !== undefined) expect(unsupported.map((one) => one.part).join("\n")).toContain(part);
    if (field !== undefined) expect(problems.map((one) => one.field)).toContain(field);
  });

  it.each([
    ['ERC-20 token called "The Long Name Of A Community Coin" with permit', "name"],
    ['ERC-20 token called "The Long Name Of A Community Coin" with votes', "name"],
    ['NFT collection called "The Long Name Of A Community Club" with votes', "name"],
    ['Governor called "The Council Of The Long Named People" with a token called "Voice"', "name"],
    ['Governor called "Council" with a token called "The Voice Of The Long Named People"', "token_name"],
  ])("refuses a name that is too long to be signed, as its contract could not be deployed: %s", (prompt, field) => {
    const { spec, problems } = understandPrompt({ prompt });
    expect(spec).toBeNull();
    expect(problems).toEqual([{ field, message: expect.stringContaining("at most 31 bytes") }]);
  });

  it.each([
    ['ERC-20 token called "The Long Name Of A Community Coin", mintable', { permit: false }],
    ['Upgradeable ERC-20 token called "The Long Name Of A Community Coin" with permit', { permit: true }],
    ['Stablecoin called "The Long Name Of A Community Coin"', { permit: false }],
    ['Governor called "The Council Of Thirty Letters"', { token: { name: "The Council Of Thirty Letters" } }],
  ])("keeps a long name where nobody signs it, and assumes nothing that would not fit: %s", (prompt, expected) => {
    const { spec, problems } = understandPrompt({ prompt });
    expect(problems).toEqual([]);
    expect(spec).toMatchObject(expected);
  });

  it("says where each thing comes from, and what it assumed", () => {
    const { understood, assumed } = understandPrompt({ prompt: "A token called Foo with 1 million supply, burnable" });
    expect(understood).toContainEqual({ field: "name", value: "Foo", text: "called Foo" });
    expect(understood).toContainEqual({ field: "supply", value: "1,000,000", text: "with 1 million supply" });
    expect(understood).toContainEqual({ field: "burnable", value: "yes", text: "burnable" });
    expect(assumed.map((one) => `${one.field}=${one.value}`)).toEqual(["symbol=FOO", "decimals=18", "recipient=the deployer"]);
  });

  const TOKEN = "Create an ERC-20 token called HyperKit with 1 billion supply";
  it.each([
    "for my friends who can mint", "my company, which can freeze accounts", "he can mint", "she can pause it", "with a website", "with an online shop", "with history", "write a poem about it", "order a pizza", "tell a story",
    "help me with my thesis", "seasonal burns", "regional transfers", "local minting", "maybe mintable", "probably burnable", "redeemable for wine at the bar", "mintable by our office", "only people of the club can mint",
  ])("asks who or what is meant: %s", (tail) => {
    const { spec, unsupported } = understandPrompt({ prompt: `${TOKEN}, ${tail}` });
    expect(spec).toBeNull();
    expect(unsupported.length).toBeGreaterThan(0);
  });

  it("takes one institution for the owner and says so, and a token's theme for what it is", () => {
    const { spec, assumed } = understandPrompt({ prompt: `${TOKEN}, only the university can mint` });
    expect(spec).toMatchObject({ mintable: true, owner: "$deployer" });
    expect(assumed).toContainEqual({ field: "owner", value: "the deployer", why: expect.stringContaining('"the university" is taken for the owner') });
    expect(understandPrompt({ prompt: "Create a lovely poetry token called Verse with a supply of 1000" }).spec).toMatchObject({ name: "Verse", supply: "1000" });
    expect(understandPrompt({ prompt: `${TOKEN} and an owner who can mint and pause` }).spec).toMatchObject({ mintable: true, pausable: true });
  });

  it("makes one spec of two phrasings", () => {
    const first = understandPrompt({ prompt: "Create an ERC-20 called Foo, symbol FOO, 1 million supply, mintable" });
    const second = understandPrompt({ prompt: "please: a token named Foo (FOO). 1,000,000 tokens. The owner can mint more!" });
    expect(first.spec).not.toBeNull();
    expect(second.spec).toEqual(first.spec);
  });

  it("lets the form overrule the prompt, and refuses what the template has not", () => {
    const prompt = "A token called Foo with 1000 supply, mintable";
    expect(understandPrompt({ prompt, features: { mintable: false, supply: "5", symbol: "F" } }).spec).toMatchObject({ mintable: false, supply: "5", symbol: "F", access: "none" });
    expect(understandPrompt({ prompt, features: { royalty_percent: 5 } })).toMatchObject({ spec: null, unsupported: [{ why: "An ERC-20 token has no royalties: leave it out, or choose another template." }] });
    expect(understandPrompt({ prompt: "make one called Foo with a 5% royalty", template: "erc721" }).spec).toMatchObject({ template: "erc721", name: "Foo", royalty_percent: 5 });
  });

  it.each([
    ["a supply over the cap", "token called Foo with 10 supply capped at 5, mintable", "supply", "more than the cap"],
    ["a feature said both ways", "token called Foo, mintable, 10 supply, and it must not be mintable", "mintable", "said twice"],
    ["two names", 'token called Foo, named "Bar", 10 supply', "name", "said twice"],
    ["a name with a line break", 'token called "Foo\nBar" with 10 supply', "name", "line break"],
    ["an endless name", `token called "${"x".repeat(200)}" with 10 supply`, "name", "more than 64 characters"],
    ["an empty name", 'token called "" with 10 supply', "name", "empty"],
    ["a symbol that is too long", "token called Foo, symbol ABCDEFGHIJKLMNOP, 10 supply", "symbol", "more than 11"],
    ["half a token", "token called Foo with a supply of 2.5", "supply", "whole number"],
    ["an address that is none", "token called Foo with 10 supply minted to 0x1234", "address", "no address"],
    ["an owner's features without an owner", "token called Foo, 10 supply, mintable, without an owner", "access", "owner"],
    ["a royalty without a number", "NFT called Foo with royalties", "royalty_percent", "how many percent"],
    ["an NFT that nobody can mint", "NFT called Foo, not mintable", "mintable", "stays empty"],
    ["a recipient of nothing", `token called Foo, mintable, minted to 0x${"1".repeat(40)}`, "recipient", "no initial supply"],
    ["no kind of contract", "make something nice for me please", "template", "What kind"],
    ["a supply of astronomic size", `token called Foo with a supply of 1${"0".repeat(60)}`, "supply", "at most"],
  ])("says what is wrong: %s", (_name, prompt, field, message) => {
    const { spec, problems } = understandPrompt({ prompt });
    expect(spec).toBeNull();
    expect(problems.find((problem) => problem.field === field)?.message).toContain(message);
  });

  it("says who burns when the owner is to, and refuses it when nobody else is", () => {
    const both = understandPrompt({ prompt: "token called Foo, 100 supply, mintable and burnable by the owner" });
    expect(both.spec).toMatchObject({ burnable: true, mintable: true });
    expect(both.assumed).toContainEqual(expect.objectContaining({ field: "burnable", value: "by each holder" }));
    expect(understandPrompt({ prompt: "token called Foo, 100 supply, only the owner can burn" }).spec).toBeNull();
    expect(understandPrompt({ prompt: "token called Foo, 100 supply, only the owner can mint and burn" }).spec).toBeNull();
    expect(understandPrompt({ prompt: "token called Foo, 100 supply, holders can burn their tokens" }).assumed.map((one) => one.field)).not.toContain("burnable");
  });

  it.each([
    "must allow minting after one year", "mint 100 tokens every day", "transferable only by the owner", "pausable by anyone", "minting stops in 2030", "half of it for the team", "1% for me on every sale",
    "mintable for everyone", "pausable by everyone", "holders can mint", "holders can pause", "the owner can set the name", "tokens go to holders", "all supply goes to holders", "I get some of all transfers", "mint one on every transfer",
    "mintable if holders want it", "transfers go to the owner", "some to me", "freeze all but the owner", "minting needs votes", "paused at start", "starts paused", "mint and burn by minter only", "burn tokens from any account", "supply of 1000 each", "nobody else can burn",
    "capped at 5000 per wallet", "burns half of the supply at launch", "mintable but not by me", "only mintable by 0x1111111111111111111111111111111111111111", "with a burner role", "1/2 million max", "mints 5 tokens when transferred", "for not so nice people",
    "burnable after a week", "the owner can take tokens back", "votes are secret", "only members can hold it", "unless the owner says otherwise", "mintable by clients", "mintable by my friends and family", "so that our treasury grows with trades", "because whales must not own much", "pausable in case of a vote", "the owner can pause if holders want it", "written in Solidity 0.4.11", "in order to punish sellers", "we are charging visitors", "all minted to charity", "some for a charity", "given to the school", "permit for verified people", "capped per wallet at 5",
  ])("never drops a condition in silence: %s", (condition) => {
    const { spec, unsupported, problems } = understandPrompt({ prompt: `Create an ERC-20 token called Foo, symbol FOO, 1000 supply, ${condition}` });
    expect(spec).toBeNull();
    expect(unsupported.length + problems.length).toBeGreaterThan(0);
  });

  it.each([
    ["An ERC-1155 called Foo with burnable supply", "burnable supply"],
    ["An ERC-1155 called Foo, burnable token supply", "burnable token supply"],
  ])("takes the whole of it: %s", (prompt, words) => {
    const { spec, understood } = understandPrompt({ prompt });
    expect(spec).toMatchObject({ burnable: true, supply_tracking: false });
    expect(understood.find((one) => one.field === "burnable")?.text).toContain(words);
  });

  it("drops no fixed supply of what has none", () => {
    expect(understandPrompt({ prompt: "An ERC-1155 called Foo with a fixed supply" })).toMatchObject({ spec: null, unsupported: [{ part: "with a fixed supply" }] });
    expect(understandPrompt({ prompt: "An NFT collection called Foo with a fixed supply" })).toMatchObject({ spec: null, problems: [{ field: "max_supply" }] });
    expect(understandPrompt({ prompt: "An NFT collection called Foo with a fixed supply of 100" }).spec).toMatchObject({ max_supply: "100" });
  });

  it.each([
    ["An ERC-1155 called Foo with supply, burnable", "supply_tracking"],
    ["An ERC-1155 called Foo, pausable, with a total supply", "supply_tracking"],
    ["An NFT collection called Foo with a supply", "max_supply"],
  ])("tells what becomes of a supply without a number: %s", (prompt, field) => {
    const { spec, assumed } = understandPrompt({ prompt });
    expect(spec).not.toBeNull();
    expect(assumed).toContainEqual(expect.objectContaining({ field, why: expect.stringContaining("supply\"") }));
  });

  it.each(["An ERC-1155 called Foo with supply tracking", "An ERC-1155 called Foo that tracks the total supply per id", "An NFT collection called Foo with a max supply of 100", "A token called Foo with 10 supply"])("assumes nothing of a supply that is said: %s", (prompt) => {
    expect(understandPrompt({ prompt }).assumed.filter(({ field }) => field === "supply_tracking" || field === "max_supply")).toEqual([]);
  });

  it("takes no word between a number and what it counts for nothing", () => {
    expect(understandPrompt({ prompt: "1000 unique NFTs called Foo" }).spec).toMatchObject({ max_supply: "1000" });
    expect(understandPrompt({ prompt: "1000 refundable NFTs called Foo" }).spec).toBeNull();
  });

  it("keeps names that could be code as text", () => {
    const { spec } = understandPrompt({ prompt: "token called 'A\"); selfdestruct(x); //' with 10 supply" });
    expect(spec).toMatchObject({ name: 'A"); selfdestruct(x); //', contract: "ASelfdestructX" });
  });

  it("refuses custom without a model", () => {
    expect(understandPrompt({ prompt: "a contract that does my taxes", template: "custom" }).unsupported[0]?.why).toContain("language model");
  });

  it("answers whatever is written, and what it accepts can be written as Solidity", () => {
    const part = fc.constantFrom("ERC20", "NFT", "token", "called", "Foo", '"Bar', "'", "symbol", "(FOO)", "$X", "1.000", "10^6", "two hundred", "million", "supply", "not", "only", "mintable", "burn", "paused", "-", "|", "\n", "{", "}", ":", "=", "5%", "royalty", "DAO", "vesting", "0x12", "years", "each", "\u202e", "\ue000", "📦");
    fc.assert(
      fc.property(fc.oneof(fc.array(part, { maxLength: 25 }).map((parts) => parts.join(" ")), fc.string({ maxLength: 300, unit: "grapheme" })), (prompt) => {
        const { spec, unsupported, problems } = understandPrompt({ prompt });
        if (spec === null) expect(unsupported.length + problems.length).toBeGreaterThan(0);
        else if (spec.template !== "custom") expect(writeContract(spec).files.length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });

  it("says durations, shares and dates for people", () => {
    const { understood } = understandPrompt({ prompt: "governor called Foo, voting period of 36 hours, voting delay 2 days, quorum 4%" });
    expect(understood.map(({ field, value }) => `${field}=${value}`)).toEqual(expect.arrayContaining(["voting_period=36 hours", "voting_delay=2 days", "quorum_percent=4 %"]));
    expect(understandPrompt({ prompt: "vesting wallet called Foo over 10 days, starting 2027-01-31" }).understood).toContainEqual(expect.objectContaining({ field: "start", value: "2027-01-31" }));
  });

  it("tells a slip of the pen, another language, and a number that can be read in two ways", () => {
    expect(understandPrompt({ prompt: "a mintabel token called Foo" }).assumed).toContainEqual({ field: "spelling", value: "mintable", why: '"mintabel" is read as "mintable".' });
    expect(understandPrompt({ prompt: "Erstelle einen ERC20-Token namens Foo mit 5 Stück" }).unsupported[0]?.why).toContain("Only English");
    expect(understandPrompt({ prompt: "token called Foo with 1.000 supply" }).problems[0]?.message).toBe('"1.000" can be read as 1 or as 1,000: write it without the dot.');
  });

  it.each(["not ", "a ", "1,000 ", "(", '"', "no mint or ", "called ", "capped at ", "1 1 1 ", "the only owner can ", "for my little ", "for our big game ", "two hundred and ", "name: a ", "|a|b|\n", "**a ", "swords, ", "stop all ", "'a ", "1.000.", "[x] a\n", "because ", "A, AB ", "we are a ", "Name \u2192 ", "  ", "if the a ", "or traded "])("answers in time when a prompt is %j over and over", (part) => {
    const began = performance.now();
    understandPrompt({ prompt: part.repeat(2000).slice(0, 2000) });
    // Generous: what must not be is a pattern that takes for ever.
    expect(performance.now() - began).toBeLessThan(3_000);
  });
});
