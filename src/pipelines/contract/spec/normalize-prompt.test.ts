import { describe, expect, it } from "vitest";
import { normalizePrompt } from "./normalize-prompt";

describe("normalizePrompt", () => {
  it.each([
    ["quotes and dashes", "“Foo” – ‘Bar’", "\"Foo\" - 'Bar'"],
    ["bold keys", "**Name:** Foo\n__Symbol__: BAR", "Name: Foo\nSymbol: BAR"],
    ["no power for emphasis", "a supply of 10**9 and 10**6", "a supply of 10**9 and 10**6"],
    ["a numbered list", "1. Name - Foo\n2) Supply = 5", "Name: Foo\nSupply: 5"],
    ["one line with a number", "3 Body Problem, a token", "3 Body Problem, a token"],
    ["checked and unchecked boxes", "- [x] burnable\n- [ ] mintable", "burnable\nmintable: no"],
    ["a table with a head that says nothing", "| field | value |\n|---|---|\n| name | Foo |", "name: Foo"],
    ["a table with a head that is the keys", "| name | symbol | supply |\n|---|---|---|\n| Foo | FOO | 5 |", "name: Foo\nsymbol: FOO\nsupply: 5"],
    ["settings in a fence", "```\nname: Foo\n```\ntoken", "name: Foo\ntoken"],
    ["raised digits", "10⁶ tokens", "10^6 tokens"],
  ])("lays out %s", (_name, prompt, expected) => {
    expect(normalizePrompt(prompt)).toBe(expected);
  });

  it("makes lines of JSON, and leaves what is none", () => {
    expect(normalizePrompt('{"name": "A \\"B\\"", "initialSupply": 5, "mintable": true, "features": ["permit", "votes"], "royaltyPercent": 5}').trim().split("\n")).toEqual(['name: "A \\"B\\""', "initial supply: 5", "mintable: yes", "features: permit, votes", "royalty: 5%"]);
    expect(normalizePrompt("a token {like this}")).toBe("a token {like this}");
  });

  it("keeps code in a fence as it is, for it is refused", () => {
    expect(normalizePrompt("token\n```\ncontract Evil { function f() public {} }\n```")).toContain("```");
  });
});
