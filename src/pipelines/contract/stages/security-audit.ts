/**
 * Audits the compiled sources, mends what can be mended for certain, and audits again.
 *
 * States: round 1 → passed | nothing to mend: failed | mended and compiled → round 2 → passed | failed. An analyzer that the
 * policy requires and that did not run to its end fails the stage in either round, whatever the others found.
 */
import { LIMIT_PRESETS } from "~/executors/limits";
import { defineStage, type StageArtifact, type StageContext, type StageFailure, type StageOutcome } from "../../define";
import { findInstalledAnalyzers, openAuditToolchain } from "../audit-toolchain";
import { applyFixes, type FixedSources } from "../audit/apply-fixes";
import { describePolicy, fails, findUnmet, resolvePolicy, timeoutOf, type AuditSettings } from "../audit/policy";
import { describeOutcome, logRound } from "../audit/present";
import { compareRounds, type AuditPolicy, type AuditReport } from "../audit/report";
import { runRound, type Round } from "../audit/run-round";
import { writeSarif } from "../audit/sarif";
import { compileSources, readDeployable } from "../compile-sources";
import { compiledSchema, deployableSchema, type Deployable } from "../deployable";
import type { ContractOptions } from "../options";
import { artifactNameOf, readGeneratedCode, type GeneratedCode } from "../sources";
import { writeCanonicalJson } from "../spec/schema";
import { COMPILE_TOOLS } from "../toolchain";
import type { SandboxToolchain, ToolchainOptions } from "~/pipelines/sandbox-runner/toolchain";

const JSON_TYPE = "application/json";
const encode = (value: unknown) => new TextEncoder().encode(writeCanonicalJson(value));

/** Several programs at once: the compiler twice, Python, forge. */
const LIMITS = { ...LIMIT_PRESETS.compile, wallMs: 300_000, cpuSeconds: 120, memoryMb: 2_048, pids: 160 };

export interface SecurityAuditOptions extends ToolchainOptions {
  settings: AuditSettings;
  /** Compiles what was mended. */
  compileToolchain: SandboxToolchain;
}

export function makeSecurityAudit(options: SecurityAuditOptions) {
  const toolchain = openAuditToolchain(options);
  const findPolicy = () => resolvePolicy({ settings: options.settings, installed: findInstalledAnalyzers(options) });
  return defineStage<ContractOptions>({
    key: "security_audit",
    title: "Security audit",
    needs: ["code_generation", "compilation"],
    version: 1,
    inputs: () => false,
    optionKeys: ["contract"],
    toolchain: () => {
      const { slipway, slither, solhint, forge } = findInstalledAnalyzers(options);
      return {
        ...options.compileToolchain.versions(COMPILE_TOOLS),
        "audit checks": slipway ?? "none",
        slither: slither ?? "none",
        solhint: solhint ?? "none",
        forge: forge ?? "none",
        "audit policy": describePolicy(findPolicy()),
      };
    },
    limits: LIMITS,
    retries: 1,
    run: (context) => runAudit({ context, toolchain, compileToolchain: options.compileToolchain, policy: findPolicy(), timeoutMs: timeoutOf(options.settings) }),
  });
}

interface AuditRun {
  context: StageContext<ContractOptions>;
  toolchain: SandboxToolchain;
  compileToolchain: SandboxToolchain;
  policy: AuditPolicy;
  timeoutMs: number;
}

interface Target {
  deployable: Deployable;
  /** As in `bytecode/<key>.json`. */
  key: string;
}

async function runAudit(run: AuditRun): Promise<StageOutcome> {
  const { context, toolchain, policy } = run;
  const code = await readGeneratedCode(context.needs.code_generation);
  const target = await readTarget(context);
  context.log(`Auditing ${code.sources.length} source ${code.sources.length === 1 ? "file" : "files"}; policy: ${describePolicy(policy)}`);
  const first = await runRound({ context, toolchain, number: 1, sources: code.sources, deployable: target?.deployable ?? null, fixes: [], timeoutMs: run.timeoutMs });
  if (!first.ok) return { status: "failed", error: first.error };
  const line = logRound({ context, policy, round: first.round });
  const unmet = findUnmet({ policy, analyzers: first.round.analyzers });
  const failing = first.merged.filter((finding) => fails({ policy, finding }));
  if (unmet.length > 0 || failing.length === 0) {
    return settle({ run, code, rounds: [first], target, logLine: line, sources: code.sources });
  }
  const fixed = await applyFixes({ sources: code.sources, findings: failing });
  if (fixed === null) {
    context.log("None of it can be mended for certain: the source is left as it is.");
    return settle({ run, code, rounds: [first], target, logLine: line, sources: code.sources });
  }
  return auditAgain({ run, code, first, fixed, target, logLine: line });
}

async function auditAgain(options: { run: AuditRun; code: GeneratedCode; first: Round; fixed: FixedSources; target: Target | null; logLine: number | undefined }): Promise<StageOutcome> {
  const { run, code, first, fixed, target } = options;
  const { context, toolchain, compileToolchain, policy } = run;
  context.progress(50, "Mending and auditing again");
  for (const fix of fixed.fixes) context.log(`Mended ${fix.file}: ${fix.title} (${fix.rule})`);
  const asItWas = () => settle({ run, code, rounds: [first], target, logLine: options.logLine, sources: code.sources });
  const compiled = await compileSources({ context, toolchain: compileToolchain, sources: fixed.sources });
  if (compiled.status === "ended") return { status: "failed", error: compiled.error };
  if (compiled.compiled === null) {
    const error = compiled.diagnostics.find((one) => one.severity === "error");
    context.log(`The mended source does not compile, so it is not used: ${error?.message ?? "no reason was given"}`);
    return asItWas();
  }
  const again = target === null ? null : { key: target.key, deployable: await readDeployable({ compiled: compiled.compiled, key: target.key, args: argumentsOf(target.deployable) }) };
  const described = compiled.compiled.contracts.find((one) => one.key === target?.key);
  if (described !== undefined && (described.size_bytes > described.size_limit || described.initcode_bytes > described.initcode_limit)) {
    context.log(`The mended ${described.name} is too large for a chain, so it is not used.`);
    return asItWas();
  }
  const second = await runRound({ context, toolchain, number: 2, sources: fixed.sources, deployable: again?.deployable ?? null, fixes: fixed.fixes, timeoutMs: run.timeoutMs });
  if (!second.ok) return { status: "failed", error: second.error };
  const line = logRound({ context, policy, round: second.round });
  return settle({ run, code, rounds: [first, second], target: again, logLine: line, sources: fixed.sources });
}

const argumentsOf = ({ upgradeable, constructor_args: args }: Deployable) => (upgradeable === null ? args : upgradeable.initializer.args);

/** Judges the last round, and puts the reports and, when it passed, what is deployed. */
async function settle(options: { run: AuditRun; code: GeneratedCode; rounds: readonly Round[]; target: Target | null; logLine: number | undefined; sources: GeneratedCode["sources"] }): Promise<StageOutcome> {
  const { run, code, rounds, target, sources } = options;
  const { context, policy } = run;
  const [first, second] = rounds;
  const last = second ?? first;
  if (first === undefined || last === undefined) throw new Error("An audit has at least one round.");
  const unmet = findUnmet({ policy, analyzers: last.round.analyzers });
  const passed = unmet.length === 0 && !last.merged.some((finding) => fails({ policy, finding }));
  const report: AuditReport = { policy, passed, rounds: rounds.map(({ round }) => round), compared: second === undefined ? null : compareRounds({ before: first.round, after: second.round }) };
  await context.artifacts.put({ name: "audit.json", mediaType: JSON_TYPE, content: encode(report) });
  await context.artifacts.put({ name: "audit.sarif", mediaType: "application/sarif+json", content: new TextEncoder().encode(writeSarif({ report })) });
  const isChanged = second !== undefined;
  if (passed) {
    const paths = code.sources.map((source) => source.path);
    for (const source of sources) {
      await context.artifacts.put({ name: `final/source/${artifactNameOf({ path: source.path, paths }).replace(/^contracts\//, "")}`, mediaType: "text/plain; charset=utf-8", content: await source.read() });
    }
    if (target !== null) await context.artifacts.put({ name: "final/deployable.json", mediaType: JSON_TYPE, content: encode(target.deployable) });
    if (isChanged) context.log(`\u001b[33mThe source was changed by the audit: what is deployed is the mended one, in final/source/.\u001b[0m`);
    context.log("Passed");
  }
  const stageReport = describeOutcome({ report, policy });
  if (passed) return { status: "successful", report: stageReport };
  const error = explainFailure({ unmet, report, policy, logLine: options.logLine });
  return { status: "failed", error, report: stageReport };
}

function explainFailure(options: { unmet: readonly { name: string; why: string }[]; report: AuditReport; policy: AuditPolicy; logLine: number | undefined }): StageFailure {
  const { unmet, report, policy, logLine } = options;
  const [missing] = unmet;
  if (missing !== undefined) {
    const others = unmet.length === 1 ? "" : ` (also ${unmet.slice(1).map(({ name }) => name).join(", ")})`;
    return { code: "analyzer_failed", message: `The audit can't pass without ${missing.name}${others}: it ${missing.why.slice(0, 300)}`, ...(logLine === undefined ? {} : { logLine }) };
  }
  const failing = (report.rounds.at(-1)?.findings ?? []).filter((finding) => fails({ policy, finding }));
  const [worst] = failing;
  if (worst === undefined) throw new Error("An audit that failed has a finding that made it.");
  const rest = failing.length === 1 ? "" : ` (and ${failing.length - 1} more)`;
  return {
    code: "audit_failed",
    message: `${worst.file}:${worst.line} ${worst.severity}: ${worst.message}${rest}`,
    location: { file: worst.file, line: worst.line, column: worst.column, ...(worst.excerpt === "" ? {} : { excerpt: worst.excerpt }) },
    ...(logLine === undefined ? {} : { logLine }),
  };
}

async function readTarget(context: StageContext<ContractOptions>): Promise<Target | null> {
  const artifacts = context.needs.compilation?.artifacts ?? [];
  const compiled = artifacts.find((artifact) => artifact.name === "compiled.json");
  if (compiled === undefined) throw new Error("compilation handed on no compiled.json.");
  const { primary } = compiledSchema.parse(await readJson(compiled));
  if (primary === null) return null;
  // Where two files have a contract of one name, the option says which: by its key.
  const keys = [context.options.contract, primary].filter((key) => key !== undefined);
  const named = keys.map((key) => artifacts.find((artifact) => artifact.name === `bytecode/${key}.json`)).find((artifact) => artifact !== undefined);
  if (named === undefined) throw new Error(`compilation handed on no bytecode/${primary}.json.`);
  return { deployable: deployableSchema.parse(await readJson(named)), key: named.name.slice("bytecode/".length, -".json".length) };
}

async function readJson(artifact: StageArtifact): Promise<unknown> {
  return JSON.parse(new TextDecoder().decode(await artifact.read()));
}
