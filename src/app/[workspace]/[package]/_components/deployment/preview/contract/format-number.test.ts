import { expect, it } from "vitest";
import { groupDigits, shortenCoins } from "./format-number";

it("separates thousands of numbers of any size", () => {
  expect(["0", "999", "1000", "-1234567", "1000000000000000000000000000"].map(groupDigits)).toEqual(["0", "999", "1,000", "-1,234,567", "1,000,000,000,000,000,000,000,000,000"]);
  expect(groupDigits("0x12")).toBe("0x12");
});

it("shortens amounts of coins without saying nothing", () => {
  expect(shortenCoins("0.001234567891")).toBe("0.00123456");
  expect(shortenCoins("12.3456789")).toBe("12.3456");
  expect(shortenCoins("0.000000000000000001")).toBe("0.000000000000000001");
  expect(shortenCoins("12345678.9")).toBe("12,345,678.9");
  expect(shortenCoins("3")).toBe("3");
});
