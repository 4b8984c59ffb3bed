import { describe, expect, it } from "vitest";
import { correctSpelling } from "./correct-spelling";

describe("correctSpelling", () => {
  it.each([["mintabel", "mintable"], ["pausible", "pausable"], ["suply", "supply"], ["simbol", "symbol"], ["milion", "million"], ["colection", "collection"], ["burnabel", "burnable"], ["govenor", "governor"], ["tokn", "token"]])("reads %s as %s, and says so", (wrong, right) => {
    expect(correctSpelling(`a ${wrong} of it`)).toEqual({ text: `a ${right} of it`, slips: [{ wrong, right }] });
  });

  it.each(["taken", "bullion", "testing", "loyalty", "decimal", "minter", "tokens", "created", "upgradable", "owned", "burner", "turning", "total", "voters"])("leaves %s as it is", (word) => {
    expect(correctSpelling(`a ${word} of it`).slips).toEqual([]);
  });

  it.each(["a token called suply", "a token 'milion tokn'", 'named "mintabel"', "the token Suply", "symbol: suply"])("leaves names alone: %s", (prompt) => {
    expect(correctSpelling(prompt)).toEqual({ text: prompt, slips: [] });
  });
});
