import { describe, expect, it } from "vitest";
import { describePolicy, fails, findUnmet, resolvePolicy } from "./policy";
import { AUDIT_RULES, ruleOf, SLITHER_CHECKS } from "./rules";
import { ANALYZERS, compareRounds, type AuditFinding, type AuditRound } from "./report";

const installed = { slither: "0.11.6", slipway: "1.0.0", solc: "0.8.37" };

describe("the policy", () => {
  it("requires what is installed unless it names the analyzers", () => {
    expect(resolvePolicy({ settings: { failOn: "high", required: "installed" }, installed }).required).toEqual(["slither", "slipway", "solc"]);
    expect(resolvePolicy({ settings: { failOn: "high", required: ["forge"] }, installed }).required).toEqual(["forge"]);
  });

  it.each([
    ["high", "critical", true],
    ["high", "high", true],
    ["high", "medium", false],
    ["low", "low", true],
    ["low", "informational", false],
    ["critical", "high", false],
    ["none", "critical", false],
  ] as const)("fail_on %s and a %s finding: %s", (failOn, severity, expected) => {
    expect(fails({ policy: { fail_on: failOn, required: [] }, finding: { severity } })).toBe(expected);
  });

  it.each(["missing", "crashed", "timed_out"] as const)("is not met by a required analyzer that is %s", (status) => {
    const analyzers = [{ name: "slither" as const, version: null, status, detail: "", ms: 0, findings: 0 }];
    expect(findUnmet({ policy: { fail_on: "none", required: ["slither"] }, analyzers })).toMatchObject([{ name: "slither" }]);
    expect(findUnmet({ policy: { fail_on: "none", required: [] }, analyzers })).toEqual([]);
  });

  it("is not met by an analyzer of which nothing was heard", () => {
    expect(findUnmet({ policy: { fail_on: "high", required: ["forge"] }, analyzers: [] })).toEqual([{ name: "forge", why: "gave no answer" }]);
  });

  it("is part of the fingerprint: other words for another policy", () => {
    const words = [describePolicy({ fail_on: "high", required: ["solc"] }), describePolicy({ fail_on: "low", required: ["solc"] }), describePolicy({ fail_on: "high", required: [] }), describePolicy({ fail_on: "none", required: [] })];
    expect(new Set(words).size).toBe(4);
  });
});

describe("the vocabulary", () => {
  it("gives each check one rule, and each rule another name", () => {
    const checks = AUDIT_RULES.flatMap((rule) => ANALYZERS.flatMap((analyzer) => (rule.checks[analyzer] ?? []).map((check) => `${analyzer} ${check}`)));
    expect(new Set(checks).size).toBe(checks.length);
    expect(new Set(AUDIT_RULES.map(({ id }) => id)).size).toBe(AUDIT_RULES.length);
  });

  it("knows every check of Slither that is run", () => {
    expect(SLITHER_CHECKS.length).toBeGreaterThan(30);
    expect(SLITHER_CHECKS.filter((check) => ruleOf({ analyzer: "slither", check }) === null)).toEqual([]);
  });
});

describe("compareRounds", () => {
  it("tells what is fixed, what is left and what is new", () => {
    const finding = (id: string): AuditFinding => ({ id, rule: "tx-origin", severity: "high", confidence: "high", title: "", message: "", advice: "", file: "A.sol", line: 1, end_line: 1, column: 1, excerpt: "", analyzers: ["slipway"] });
    const round = (...ids: string[]): AuditRound => ({ round: 1, fixes: [], analyzers: [], ignored: 0, counts: { critical: 0, high: ids.length, medium: 0, low: 0, informational: 0 }, findings: ids.map(finding) });
    expect(compareRounds({ before: round("a", "b"), after: round("b", "c") })).toEqual({ fixed: ["a"], remaining: ["b"], introduced: ["c"] });
  });
});
