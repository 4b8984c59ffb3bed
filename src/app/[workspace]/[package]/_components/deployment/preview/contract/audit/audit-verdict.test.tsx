import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import type { AnalyzerRun, AuditFinding, AuditReport, AuditRound } from "~/pipelines/contract/audit/report";
import { AnalyzerList } from "./analyzer-list";
import { AuditVerdict } from "./audit-verdict";
import { FindingList } from "./finding-list";
import { RoundComparison } from "./round-comparison";

const analyzer = (name: AnalyzerRun["name"], status: AnalyzerRun["status"], detail = ""): AnalyzerRun => ({ name, status, detail, version: status === "missing" ? null : "1.0.0", ms: 10, findings: 0 });
const finding = (number: number, severity: AuditFinding["severity"] = "high"): AuditFinding => ({ id: number.toString(16).padStart(16, "0"), rule: "tx-origin", severity, confidence: "high", title: `Title ${number}`, message: "It is.", advice: "Mend it.", file: "contracts/A.sol", line: 1, end_line: 1, column: 1, excerpt: "", analyzers: ["slipway"] });
const round = (number: number, findings: AuditFinding[], analyzers: AnalyzerRun[]): AuditRound => ({ round: number, fixes: [], analyzers, findings, counts: { critical: 0, high: findings.length, medium: 0, low: 0, informational: 0 }, ignored: 0 });
const report = (rounds: AuditRound[], passed = false): AuditReport => ({ policy: { fail_on: "high", required: ["slither", "slipway"] }, passed, rounds, compared: rounds.length === 2 ? { fixed: [], remaining: [], introduced: [] } : null });
const text = (html: string) => html.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");

describe("the audit's verdict", () => {
  it.each([
    ["missing", "slither is not installed here, and the audit can’t pass without it"],
    ["crashed", "slither crashed, and the audit can’t pass without it"],
    ["timed_out", "slither took too long, and the audit can’t pass without it"],
  ] as const)("says that a required analyzer is %s", (status, words) => {
    const shown = text(renderToStaticMarkup(<AuditVerdict report={report([round(1, [], [analyzer("slither", status), analyzer("slipway", "ran")])])} />));
    expect(shown).toContain("The audit failed");
    expect(shown).toContain(words);
    expect(shown).not.toContain("or worse.");
  });

  it("says how many findings fail it, and that a model's change did not help", () => {
    const ran = [analyzer("slither", "ran"), analyzer("slipway", "ran")];
    const second = { ...round(2, [finding(1), finding(2)], ran), rewritten: { model: "some-model", files: ["contracts/A.sol"] } };
    const shown = text(renderToStaticMarkup(<AuditVerdict report={report([round(1, [finding(1)], ran), second])} />));
    expect(shown).toContain("also after some-model changed the source");
    expect(shown).toContain("2 findings are high or worse.");
    expect(shown).not.toContain("can’t pass without it:");
  });

  it("says nothing is wrong when it passed, whoever did not run", () => {
    const shown = text(renderToStaticMarkup(<AuditVerdict report={{ ...report([round(1, [], [analyzer("slither", "ran"), analyzer("slipway", "ran"), analyzer("forge", "missing")])], true) }} />));
    expect(shown).toContain("The audit passed");
    expect(shown).not.toContain("failed");
  });
});

describe("the audit's parts", () => {
  it("show an analyzer that crashed with its reason as text", () => {
    const html = renderToStaticMarkup(<AnalyzerList analyzers={[analyzer("slither", "crashed", "<img src=x onerror=alert(1)>"), analyzer("forge", "missing")]} required={["slither"]} />);
    expect(html).not.toContain("<img");
    expect(text(html)).toMatch(/slither 1\.0\.0 crashed required &lt;img .*forge not installed here/);
  });

  it("open the first findings of many, and list all", () => {
    const html = renderToStaticMarkup(<FindingList findings={Array.from({ length: 300 }, (_, index) => finding(index))} marks={new Map()} />);
    expect(html.match(/<details/g)).toHaveLength(300);
    expect(html.match(/<details open/g)).toHaveLength(12);
  });

  it("tell which files a model rewrote", () => {
    const second = { ...round(2, [], []), rewritten: { model: "some-model", files: ["contracts/A.sol"] } };
    expect(text(renderToStaticMarkup(<RoundComparison report={report([round(1, [], []), second])} />))).toContain("A language model, some-model, rewrote contracts/A.sol");
  });
});
