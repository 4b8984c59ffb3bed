import { expect, it } from "vitest";
import { sortFacts } from "./sort-facts";

it("orders what the database gave in no order", () => {
  const facts = { low: 1, understood: "template\nname", passed: false, critical: 2, analyzers: "solc", high: 0, assumed: "symbol\ndecimals" };
  expect(sortFacts({ facts }).map(([name]) => name)).toEqual(["critical", "high", "low", "analyzers", "passed", "assumed", "understood"]);
});
