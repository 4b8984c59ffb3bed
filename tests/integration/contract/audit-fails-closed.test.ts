/** An audit without an analyzer that the policy requires can't pass, whatever happened to it. Each installation here is a real one, broken for real. */
import { describe, expect, it } from "vitest";
import { DEFAULT_AUDIT_SETTINGS, type AuditSettings } from "~/pipelines/contract/audit/policy";
import { auditReport } from "~/pipelines/contract/audit/report";
import { readCorpus } from "./audit-corpus";
import { openInstallations, type Tampered } from "./bare-installation";
import { openContract } from "./contract-harness";

const makeInstallation = openInstallations();

const clean = { "contracts/bank-with-guard.sol": readCorpus("clean")["contracts/bank-with-guard.sol"] ?? "" };

async function auditClean({ audit = DEFAULT_AUDIT_SETTINGS, files = clean, ...tampered }: Tampered & { audit?: AuditSettings; files?: Record<string, string> }) {
  const { run } = openContract({ toolchains: makeInstallation(tampered), audit });
  const stage = (await run({ files, only: ["code_generation", "compilation", "security_audit"] })).security_audit;
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

/** What a Slither that answers does first: takes the line with its arguments, and finds the file that it is to write. */
const ANSWERS = `read line; file=$(printf %s "$line" | sed 's/.*"--json","\\([^"]*\\)".*/\\1/')`;
/** A line break, colours, a NUL, HTML, text that runs backwards. */
const HOSTILE = "<img src=x onerror=alert(1)> \\u001b[2J\\u0000 \\u202egnp.exe \\u0085 ../../../../etc/passwd";
/** The colours of our own, in the log. */
// eslint-disable-next-line no-control-regex -- they begin with one
const COLOUR = /\u001b\[(31|33|0)m/g;
const place = (file: string) => ({ filename_relative: file, start: 60, length: 5, lines: [3] });
const found = (file: string, description: string) => ({ check: "tx-origin", impact: "High", confidence: "High", description, elements: [{ type: "node", source_mapping: place(file) }] });
const answer = (detectors: unknown[]) => JSON.stringify({ success: true, error: null, results: { detectors } });

describe("what an analyzer does badly", () => {
  it.each<[string, Tampered, string, RegExp]>([
    ["Slither prints 200 MB", { slither: "head -c 200000000 /dev/zero; exit 1" }, "slither", /exit code 1 and no answer/],
    ["Slither answers garbage", { slither: `${ANSWERS}; echo '<html>' > "$file"` }, "slither", /JSON/],
    ["Slither answers JSON of another shape", { slither: `${ANSWERS}; echo '{"success":true,"results":{"detectors":[{"check":7}]}}' > "$file"` }, "slither", /undefined|shape/],
    ["Slither answers 200 MB", { slither: `${ANSWERS}; head -c 200000000 /dev/zero > "$file"` }, "slither", /larger than/],
    ["Slither says that it failed", { slither: `${ANSWERS}; echo '{"success":false,"error":"no such detector","results":{}}' > "$file"` }, "slither", /no such detector/],
    ["forge prints 200 MB", { forge: "head -c 200000000 /dev/zero | tr '\\0' x" }, "forge", /larger than/],
    ["forge answers garbage", { forge: "echo '{\"a\":'" }, "forge", /no answer/],
    ["forge answers for no test", { forge: `echo '{"test/Properties.t.sol:Properties":{"test_results":{}}}'` }, "forge", /no answer/],
    ["solhint throws when it is loaded", { solhint: "throw new Error('no parser')" }, "solhint", /no parser/],
    ["solhint ends its thread", { solhint: "exports.processStr = () => process.exit(0)" }, "solhint", /exit code 0/],
    ["solhint needs more memory than there is", { solhint: "exports.processStr = () => { const all = []; for (;;) all.push(new Array(1e5).fill(all.length)); }" }, "solhint", /memory/],
    ["solhint answers another shape", { solhint: "exports.processStr = () => ({ reports: [{ ruleId: 'avoid-tx-origin', message: {}, line: -4, column: 'x' }] })" }, "solhint", /place/],
  ])("is told as a crash when %s", async (_name, tampered, name, why) => {
    const { stage, report } = await auditClean(tampered);
    expect(report.rounds[0]?.analyzers.find((one) => one.name === name)).toMatchObject({ status: "crashed", detail: expect.stringMatching(why) });
    expect(stage.outcome).toMatchObject({ status: "failed", error: { code: "analyzer_failed", message: expect.stringContaining(name) } });
    expect(names(stage)).not.toContain("final/deployable.json");
  }, 180_000);

  it("is told as too slow when solhint does not end", async () => {
    const { report } = await auditClean({ solhint: "exports.processStr = () => { for (;;) {} }", audit: { ...DEFAULT_AUDIT_SETTINGS, analyzerTimeoutMs: 3_000 } });
    expect(report).toMatchObject({ passed: false });
    expect(report.rounds[0]?.analyzers.find((one) => one.name === "solhint")).toMatchObject({ status: "timed_out" });
  }, 180_000);

  it("does not pass when Slither takes all the memory there is", async () => {
    const { run } = openContract({ toolchains: makeInstallation({ slither: "exec tail /dev/zero" }), audit: DEFAULT_AUDIT_SETTINGS });
    const stage = (await run({ files: clean, only: ["code_generation", "compilation", "security_audit"], limits: { security_audit: { memoryMb: 700 } } })).security_audit;
    expect(stage?.outcome).toMatchObject({ status: "failed", error: { code: expect.stringMatching(/^(memory_limit|analyzer_failed)$/) } });
    expect(names(stage ?? { artifacts: [] })).not.toContain("final/deployable.json");
  }, 180_000);

  it("does not lose what is grave among very many trifles", async () => {
    const [file = ""] = Object.keys(clean);
    const trifles = Array.from({ length: 450 }, () => ({ ...found(file, "time"), check: "timestamp" }));
    const { stage, report } = await auditClean({ slither: `${ANSWERS}; cat > "$file" <<'END'\n${answer([...trifles, found(file, "grave")])}\nEND` });
    expect(stage.outcome).toMatchObject({ status: "failed", error: { code: "audit_failed", message: expect.stringContaining("grave") } });
    expect(report.rounds[0]?.analyzers.find(({ name }) => name === "slither")).toMatchObject({ status: "ran", detail: "The 51 least severe of its findings are left out." });
  }, 180_000);

  it("shows what an analyzer says as text, whatever is in it", async () => {
    const [file = ""] = Object.keys(clean);
    const { stage, report } = await auditClean({ slither: `${ANSWERS}; cat > "$file" <<'END'\n${answer([found(file, HOSTILE), found("../../../etc/passwd", "outside"), found(file, "\u0000")]).replaceAll("\\\\u", "\\u")}\nEND` });
    expect(report.rounds[0]).toMatchObject({ ignored: 1, findings: expect.arrayContaining([expect.objectContaining({ rule: "tx-origin", file, message: "<img src=x onerror=alert(1)> [2J gnp.exe ../../../../etc/passwd" })]) });
    const told = [stage.log.replaceAll(COLOUR, ""), JSON.stringify(stage.outcome), ...(await Promise.all(stage.artifacts.map(async (one) => new TextDecoder().decode(await one.read()))))];
    // eslint-disable-next-line no-control-regex -- they are what is looked for
    for (const text of told) expect(text).not.toMatch(/[\u0000-\u0008\u000e-\u001f\u0085\u202e]|\\u00(00|1b)/);
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
