/** The audit's own checks over many small contracts, in this process: no sandbox and no other analyzer, so that each costs some milliseconds. */
import { afterAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { AUDIT_RULES, ruleOf } from "~/pipelines/contract/audit/rules";
import { MORE_VULNERABLE, readCorpus } from "./audit-corpus";

const trees = z.object({ compileTrees: z.custom<(options: { own: Map<string, string> }) => { problem?: string; trees: unknown }>((value) => typeof value === "function") });
const checks = z.object({ runChecks: z.custom<(options: { trees: unknown; own: Map<string, Buffer> }) => { crash?: string; findings?: { check: string; bytes: { start: number; length: number } }[] }>((value) => typeof value === "function") });
const places = z.object({ makePlaces: z.custom<(options: { own: Map<string, Buffer>; trees: unknown }) => { ofBytes(place: object): object }>((value) => typeof value === "function") });
// The toolchain is plain JavaScript: its own package, started in the sandbox.
const lib = new URL("../../../toolchains/audit/lib/", import.meta.url);
const { compileTrees } = trees.parse(await import(new URL("compile-tree.mjs", lib).href));
const { runChecks } = checks.parse(await import(new URL("run-checks.mjs", lib).href));
const { makePlaces } = places.parse(await import(new URL("places.mjs", lib).href));

const GRAVE = new Set(AUDIT_RULES.filter(({ severity }) => severity === "critical" || severity === "high").map(({ id }) => id));

function findRules(files: Record<string, string>): string[] {
  const compiled = compileTrees({ own: new Map(Object.entries(files)) });
  expect(compiled.problem).toBeUndefined();
  const { crash, findings = [] } = runChecks({ trees: compiled.trees, own: new Map(Object.entries(files).map(([file, text]) => [file, Buffer.from(text)])) });
  expect(crash).toBeUndefined();
  return findings.map(({ check }) => {
    const rule = ruleOf({ analyzer: "slipway", check });
    if (rule === null) throw new Error(`The check "${check}" has no rule.`);
    return rule.id;
  });
}

const vulnerable = readCorpus("more/vulnerable");
const clean = readCorpus("more/clean");
const outcomes: { isVulnerable: boolean; isFound: boolean }[] = [];

describe("the checks of our own", () => {
  it("are expected to say something of each vulnerable contract", () => {
    expect(Object.keys(MORE_VULNERABLE).map((name) => `contracts/${name}`).sort()).toEqual(Object.keys(vulnerable).sort());
  });

  it.each(Object.entries(MORE_VULNERABLE))("%s is caught as %s", (name, rule) => {
    const found = findRules({ [name]: vulnerable[`contracts/${name}`] ?? "" });
    if (GRAVE.has(rule)) outcomes.push({ isVulnerable: true, isFound: found.some((one) => GRAVE.has(one)) });
    expect(found).toContain(rule);
  });

  it.each(Object.entries(clean))("find nothing grave in %s", (name, text) => {
    const grave = findRules({ [name]: text }).filter((one) => GRAVE.has(one));
    outcomes.push({ isVulnerable: false, isFound: grave.length > 0 });
    expect(grave).toEqual([]);
  });

  it("follow a file that is imported without `contracts/` in front like any other of the release", () => {
    const pragma = "pragma solidity 0.8.37;\n";
    const files = {
      "contracts/Guard.sol": `${pragma}abstract contract Guard { modifier onlyAdmin() { _; } }`,
      "contracts/Safe.sol": `${pragma}import "Guard.sol";\ncontract Safe is Guard { receive() external payable {} function drain() external onlyAdmin { payable(msg.sender).transfer(address(this).balance); } }`,
    };
    expect(findRules(files)).toContain("open-withdraw");
  });

  it("place what they find by UTF-16 units of its line", () => {
    const text = 'pragma solidity 0.8.37; contract Out {\r\n  /* 😀 é */ function end() external { selfdestruct(payable(msg.sender)); }\r\n}';
    const own = new Map([["contracts/Out.sol", Buffer.from(text)]]);
    const { trees: made } = compileTrees({ own: new Map([["contracts/Out.sol", text]]) });
    const found = runChecks({ trees: made, own }).findings?.find(({ check }) => check === "unprotected-selfdestruct");
    const line = text.split("\n")[1] ?? "";
    expect(makePlaces({ own, trees: made }).ofBytes({ file: "contracts/Out.sol", ...found?.bytes })).toMatchObject({ line: 2, end_line: 2, column: line.indexOf("selfdestruct") + 1, length: "selfdestruct(payable(msg.sender))".length });
  });

  it("say so when a contract can't be followed", () => {
    // Each function calls the next one twice: a transaction has more steps than any contract needs.
    const functions = Array.from({ length: 22 }, (_, index) => `function f${index}() internal { ${index === 21 ? "n += 1;" : `f${index + 1}(); f${index + 1}();`} }`);
    const text = `pragma solidity 0.8.37; contract Deep { uint256 n; ${functions.join(" ")} function go() external { f0(); } }`;
    const own = new Map([["contracts/Deep.sol", text]]);
    expect(runChecks({ trees: compileTrees({ own }).trees, own: new Map([["contracts/Deep.sol", Buffer.from(text)]]) }).crash).toContain("Deep calls its own functions too often to be followed");
  });

  it("say so when its calls lie too deep in one another", () => {
    const functions = Array.from({ length: 120 }, (_, index) => `function f${index}() internal { ${index === 119 ? "n += 1;" : `f${index + 1}();`} }`);
    const text = `pragma solidity 0.8.37; contract Deep { uint256 n; ${functions.join(" ")} function go() external { f0(); } }`;
    const own = new Map([["contracts/Deep.sol", text]]);
    expect(runChecks({ trees: compileTrees({ own }).trees, own: new Map([["contracts/Deep.sol", Buffer.from(text)]]) }).crash).toContain("Deep calls its own functions too deep to be followed");
  });
});

afterAll(() => {
  const found = outcomes.filter(({ isFound }) => isFound);
  const right = found.filter(({ isVulnerable }) => isVulnerable).length;
  const all = outcomes.filter(({ isVulnerable }) => isVulnerable).length;
  console.log(`${all} vulnerable and ${outcomes.length - all} clean contracts, the checks of our own alone: recall ${right}/${all}, precision ${right}/${found.length}`);
});
