import { describe, expect, it } from "vitest";
import { AMOUNT, DURATION, isAmbiguous, parseAmount, parseDuration } from "./numbers";

const readAmount = (text: string) => new RegExp(`^(?:${AMOUNT})`, "iu").exec(text)?.[0];
const readDuration = (text: string) => new RegExp(`^(?:${DURATION})`, "iu").exec(text)?.[0];

describe("amounts", () => {
  it.each([
    ["1 billion", "1000000000"], ["1,000,000", "1000000"], ["1.000.000", "1000000"], ["1 000 000", "1000000"], ["1_000_000", "1000000"], ["1'000'000", "1000000"], ["10,00,000", "1000000"],
    ["21M", "21000000"], ["10k", "10000"], ["2.5 million", "2500000"], ["1,5 million", "1500000"], ["5 crore", "50000000"], ["1e6", "1000000"], ["2.5e9", "2500000000"], ["10^6", "1000000"], ["10**9", "1000000000"], ["5 x 10^6", "5000000"],
    ["half a million", "500000"], ["a quarter of a million", "250000"], ["one and a half million", "1500000"], ["2 and a half million", "2500000"], ["twenty-one million", "21000000"], ["forty two", "42"], ["a dozen", "12"],
    ["two hundred and fifty thousand", "250000"], ["three million two hundred thousand", "3200000"], ["one thousand and one", "1001"], ["hundred thousand", "100000"],
  ])("reads %s", (text, expected) => {
    expect(readAmount(text)).toBe(text);
    expect(parseAmount(text)).toBe(expected);
  });

  it.each(["1.2.3", "1/2 million", "50%", "1,00", "1.000.000,00", "one", "several million"])("reads nothing of %s, not even a part", (text) => {
    expect(readAmount(text)).toBeUndefined();
  });

  it("takes what follows for no part of a number", () => {
    expect(readAmount("one million and six decimals")).toBe("one million");
    expect(readAmount("100, burnable")).toBe("100");
  });

  it("makes no whole number of a part, and none of what can be read in two ways", () => {
    expect(parseAmount("0.5")).toBeNull();
    expect(parseAmount("2.55 hundred")).toBe("255");
    expect(parseAmount("1.000")).toBeNull();
    expect([isAmbiguous("1.000"), isAmbiguous("1.000.000"), isAmbiguous("0.125"), isAmbiguous("1.5")]).toEqual([true, false, false, false]);
  });
});

describe("durations", () => {
  it.each([["7 days", 604_800], ["one week", 604_800], ["4-year", 126_144_000], ["eighteen months", 46_656_000], ["half a year", 15_768_000], ["one and a half years", 47_304_000], ["1.5 years", 47_304_000]])("reads %s", (text, expected) => {
    expect(readDuration(text)).toBe(text);
    expect(parseDuration(text)).toBe(expected);
  });
});
