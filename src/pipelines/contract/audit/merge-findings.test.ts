import { describe, expect, it } from "vitest";
import { mergeFindings } from "./merge-findings";
import type { RawFinding } from "./runner-result";

const texts = new Map([["contracts/Bank.sol", Array.from({ length: 30 }, (_, index) => `line ${index + 1}`).join("\n")]]);

function raw(change: Partial<RawFinding> & Pick<RawFinding, "check">): RawFinding {
  return { confidence: null, message: "It is so.", file: "contracts/Bank.sol", line: 10, end_line: 10, column: 3, length: 4, scope: { name: "Bank.withdraw", line: 8, end_line: 12 }, fix: null, ...change };
}

describe("mergeFindings", () => {
  it("makes one finding of what two analyzers say of one place, in our words and with all names", () => {
    const merged = mergeFindings({ texts, found: [{ analyzer: "slither", findings: [raw({ check: "reentrancy-eth", message: "Reentrancy in it", confidence: "medium" })] }, { analyzer: "slipway", findings: [raw({ check: "reentrancy", message: "It calls out." })] }] });
    expect(merged).toMatchObject([{ rule: "reentrancy", severity: "high", message: "It calls out.", analyzers: ["slipway", "slither"], line: 10 }]);
  });

  it("joins what is about a function as a whole although the places differ", () => {
    const found = [{ analyzer: "slipway" as const, findings: [raw({ check: "reentrancy" })] }, { analyzer: "forge" as const, findings: [raw({ check: "ether-reentered", line: 8, end_line: 8 })] }];
    expect(mergeFindings({ texts, found })).toHaveLength(1);
  });

  it("keeps two places of one function apart where the rule is about a statement", () => {
    const found = [{ analyzer: "slipway" as const, findings: [raw({ check: "unchecked-send" }), raw({ check: "unchecked-send", line: 11, end_line: 11 })] }];
    const merged = mergeFindings({ texts, found });
    expect(merged.map(({ line }) => line)).toEqual([10, 11]);
    expect(new Set(merged.map(({ id }) => id)).size).toBe(2);
  });

  it("gives a weakness the same id when lines are added above it or its own line changes", () => {
    const idOf = (line: number) => mergeFindings({ texts, found: [{ analyzer: "slipway", findings: [raw({ check: "reentrancy", line, end_line: line })] }] })[0]?.id;
    expect(idOf(10)).toBe(idOf(17));
  });

  it("gives another function's weakness another id", () => {
    const idOf = (name: string) => mergeFindings({ texts, found: [{ analyzer: "slipway", findings: [raw({ check: "reentrancy", scope: { name, line: 8, end_line: 12 } })] }] })[0]?.id;
    expect(idOf("Bank.withdraw")).not.toBe(idOf("Bank.deposit"));
  });

  it("ranks by severity, then by confidence", () => {
    const found = [{ analyzer: "slither" as const, findings: [raw({ check: "timestamp", line: 1, end_line: 1 }), raw({ check: "weak-prng", confidence: "medium", line: 2, end_line: 2 }), raw({ check: "suicidal", line: 20, end_line: 20, scope: { name: "Bank.close", line: 19, end_line: 21 } })] }];
    expect(mergeFindings({ texts, found }).map(({ severity }) => severity)).toEqual(["critical", "high", "low"]);
  });

  it("leaves out what has no rule, and calls what the compiler says a warning of the compiler", () => {
    const found = [{ analyzer: "slither" as const, findings: [raw({ check: "naming-convention" })] }, { analyzer: "solc" as const, findings: [raw({ check: "1878" }), raw({ check: "9999" })] }];
    expect(mergeFindings({ texts, found }).map(({ rule, severity }) => [rule, severity])).toEqual([["compiler-warning", "informational"]]);
  });

  it("shows the place", () => {
    expect(mergeFindings({ texts, found: [{ analyzer: "slipway", findings: [raw({ check: "tx-origin" })] }] })[0]?.excerpt).toContain("> 10 | line 10");
  });
});
