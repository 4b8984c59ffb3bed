/** An audit without an analyzer that the policy requires can't pass, whatever happened to it. Each installation here is a real one, broken for real. */
import { describe, expect, it } from "vitest";
import { DEFAULT_AUDIT_SETTINGS, type AuditSettings } from "~/pipelines/contract/audit/policy";
import { auditReport } from "~/pipelines/contract/audit/report";
import { readCorpus } from "./audit-corpus";
import { openInstallations } from "./bare-installation";
import { openContract } from "./contract-harness";

const makeInstallation = openInstallations();

const clean = { "contracts/bank-with-guard.sol": readCorpus("clean")["contracts/bank-with-guard.sol"] ?? "" };

async function auditClean({ slither, audit = DEFAULT_AUDIT_SETTINGS }: { slither?: string; audit?: AuditSettings }) {
  const { run } = openContract({ toolchains: makeInstallation({ slither }), audit });
  const stage = (await run({ files: clean, only: ["code_generation", "compilation", "security_audit"] })).security_audit;
  const file = stage?.artifacts.find(({ name }) => name === "audit.json");
  if (stage === undefined || file === undefined) throw new Error(`No audit.json: ${stage?.log ?? "the stage did not run"}`);
  return { stage, report: auditReport.parse(JSON.parse(new TextDecoder().decode(await file.read()))) };
}

const names = (stage: { artifacts: readonly { name: string }[] }) => stage.artifacts.map(({ name }) => name);

describe("an analyzer that is required", () => {
  it.each([
    ["crashes", "echo 'Traceback: no memory' >&2; exit 3", "crashed"],
    ["ends well and gives no answer", "exit 0", "crashed"],
    ["is killed", "kill -9 $$", "crashed"],
  ])("fails the audit when it %s", async (_name, slither, status) => {
    const { stage, report } = await auditClean({ slither });
    expect(stage.outcome).toMatchObject({ status: "failed", error: { code: "analyzer_failed", message: expect.stringContaining("slither") } });
    expect(report).toMatchObject({ passed: false, policy: { required: ["slither", "slipway", "solc"] } });
    expect(report.rounds[0]?.analyzers.find(({ name }) => name === "slither")).toMatchObject({ status, version: "0.11.6" });
    expect(names(stage)).not.toContain("final/deployable.json");
  }, 180_000);

  it("fails the audit when it does not end", async () => {
    const { stage, report } = await auditClean({ slither: "exec sleep 3600", audit: { ...DEFAULT_AUDIT_SETTINGS, analyzerTimeoutMs: 3_000 } });
    expect(report.rounds[0]?.analyzers.find(({ name }) => name === "slither")).toMatchObject({ status: "timed_out" });
    expect(stage.outcome).toMatchObject({ status: "failed", error: { code: "analyzer_failed", message: expect.stringContaining("took too long") } });
  }, 180_000);

  it("fails the audit when it is named and not installed", async () => {
    const { stage } = await auditClean({ audit: { failOn: "high", required: ["slipway", "forge"] } });
    expect(stage.outcome).toMatchObject({ status: "failed", error: { code: "analyzer_failed", message: expect.stringContaining("forge: it is not installed") } });
  }, 180_000);
});

describe("an analyzer that is not required", () => {
  it("is told as missing, and the audit passes with those that are installed", async () => {
    const { stage, report } = await auditClean({});
    expect(stage.outcome).toMatchObject({ status: "successful", report: { facts: { not_run: "slither (not installed), solhint (not installed), forge (not installed)" } } });
    expect(report).toMatchObject({ passed: true, policy: { required: ["slipway", "solc"] } });
    expect(stage.log).toContain("slither: not installed");
    expect(names(stage)).toContain("final/deployable.json");
  }, 180_000);

  it("may crash, and the report says so", async () => {
    const { stage, report } = await auditClean({ slither: "exit 3", audit: { failOn: "high", required: ["slipway", "solc"] } });
    expect(stage.outcome).toMatchObject({ status: "successful", report: { facts: { not_run: expect.stringContaining("slither (crashed)") } } });
    expect(report.passed).toBe(true);
  }, 180_000);
});

describe("the checks of our own alone", () => {
  it("catch the basics", async () => {
    const { NEEDS_OTHERS, VULNERABLE } = await import("./audit-corpus");
    const { run } = openContract({ toolchains: makeInstallation({}) });
    const stage = (await run({ files: readCorpus("vulnerable"), options: { contract: "Bank" }, only: ["code_generation", "compilation", "security_audit"] })).security_audit;
    const file = stage?.artifacts.find(({ name }) => name === "audit.json");
    const report = auditReport.parse(JSON.parse(new TextDecoder().decode(await file?.read())));
    const caught = Object.entries(VULNERABLE).filter(([name, { rule }]) => report.rounds[0]?.findings.some((finding) => finding.file === `contracts/${name}` && finding.rule === rule));
    expect(Object.keys(VULNERABLE).filter((name) => !caught.some(([one]) => one === name))).toEqual(NEEDS_OTHERS);
  }, 300_000);
});
