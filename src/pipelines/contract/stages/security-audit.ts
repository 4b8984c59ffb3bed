/**
 * Audits the compiled sources, mends what can be mended for certain, asks a model for the rest where one is configured, and
 * audits again.
 *
 * States: round 1 → passed | nothing to mend: failed | mended → compiled → round 2 → passed | failed. What does not compile
 * (or is no longer the same contract) is not used: without it nothing is mended, and round 1 decides. An analyzer that the
 * policy requires and that did not run to its end fails the stage in either round, whatever the others found.
 */
import { LIMIT_PRESETS } from "~/executors/limits";
import { defineStage, type SourceFile, type StageArtifact, type StageContext, type StageFailure, type StageOutcome } from "../../define";
import { findInstalledAnalyzers, openAuditToolchain } from "../audit-toolchain";
import { applyFixes, type FixedSources } from "../audit/apply-fixes";
import { compileFixed, type AuditTarget } from "../audit/compile-fixed";
import { fixWithModel } from "../audit/fix-with-model";
import type { MergedFinding } from "../audit/merge-findings";
import { describePolicy, fails, findUnmet, resolvePolicy, timeoutOf, type AuditSettings } from "../audit/policy";
import { describeOutcome, logRound, type AskedModel } from "../audit/present";
import { compareRounds, type AuditPolicy, type AuditReport, type AuditRound } from "../audit/report";
import { runRound, type Round } from "../audit/run-round";
import { writeSarif } from "../audit/sarif";
import { compiledSchema, deployableSchema } from "../deployable";
import type { ContractModel } from "../model/define";
import type { ContractOptions } from "../options";
import { artifactNameOf, readGeneratedCode, type GeneratedCode } from "../sources";
import { writeCanonicalJson } from "../spec/schema";
import { COMPILE_TOOLS } from "../toolchain";
import type { SandboxToolchain, ToolchainOptions } from "~/pipelines/sandbox-runner/toolchain";

const JSON_TYPE = "application/json";
const YELLOW = "\u001b[33m";
const RESET = "\u001b[0m";
const encode = (value: unknown) => new TextEncoder().encode(writeCanonicalJson(value));

/** Several programs at once: the compiler twice, Python, forge. */
const LIMITS = { ...LIMIT_PRESETS.compile, wallMs: 300_000, cpuSeconds: 120, memoryMb: 2_048, pids: 160 };

export interface SecurityAuditOptions extends ToolchainOptions {
  settings: AuditSettings;
  /** Compiles what was mended. */
  compileToolchain: SandboxToolchain;
  /** Mends what no mechanical edit does; undefined: nobody does. */
  model: ContractModel | undefined;
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
        ...(options.model === undefined ? {} : { model: options.model.name }),
      };
    },
    limits: LIMITS,
    retries: 1,
    run: (context) => runAudit({ context, toolchain, compileToolchain: options.compileToolchain, policy: findPolicy(), timeoutMs: timeoutOf(options.settings), model: options.model }),
  });
}

interface AuditRun {
  context: StageContext<ContractOptions>;
  toolchain: SandboxToolchain;
  compileToolchain: SandboxToolchain;
  policy: AuditPolicy;
  timeoutMs: number;
  model: ContractModel | undefined;
}

interface Settling {
  run: AuditRun;
  code: GeneratedCode;
  rounds: readonly Round[];
  target: AuditTarget | null;
  logLine: number | undefined;
  /** Those of the last round. */
  sources: readonly SourceFile[];
  asked: AskedModel | null;
}

async function runAudit(run: AuditRun): Promise<StageOutcome> {
  const { context, toolchain, policy } = run;
  const code = await readGeneratedCode(context.needs.code_generation);
  const target = await readTarget(context);
  context.log(`Auditing ${code.sources.length} source ${code.sources.length === 1 ? "file" : "files"}; policy: ${describePolicy(policy)}`);
  const first = await runRound({ context, toolchain, number: 1, sources: code.sources, deployable: target?.deployable ?? null, fixes: [], timeoutMs: run.timeoutMs });
  if (!first.ok) return { status: "failed", error: first.error };
  const asItWas: Settling = { run, code, rounds: [first], target, logLine: logRound({ context, policy, round: first.round }), sources: code.sources, asked: null };
  const unmet = findUnmet({ policy, analyzers: first.round.analyzers });
  const failing = first.merged.filter((finding) => fails({ policy, finding }));
  if (unmet.length > 0 || failing.length === 0) return settle(asItWas);
  const { proposals, asked } = await proposeFixes({ run, sources: code.sources, failing });
  if (proposals.length === 0) {
    if (asked === null) context.log("None of it can be mended for certain: the source is left as it is.");
    return settle({ ...asItWas, asked });
  }
  return auditAgain({ proposals, first, asItWas: { ...asItWas, asked } });
}

interface Proposal extends FixedSources {
  rewritten?: AuditRound["rewritten"];
}

/** The first that compiles is audited: mechanical edits with what the model made of the rest, else those edits alone. */
async function proposeFixes(options: { run: AuditRun; sources: readonly SourceFile[]; failing: readonly MergedFinding[] }): Promise<{ proposals: readonly Proposal[]; asked: AskedModel | null }> {
  const { run, sources, failing } = options;
  const { context, model } = run;
  const mechanical = await applyFixes({ sources, findings: failing });
  for (const fix of mechanical?.fixes ?? []) context.log(`Mended ${fix.file}: ${fix.title} (${fix.rule})`);
  const proposals: Proposal[] = mechanical === null ? [] : [mechanical];
  const left = failing.filter(({ id }) => mechanical?.fixes.some((fix) => fix.finding === id) !== true);
  if (model === undefined || left.length === 0) return { proposals, asked: null };
  context.progress(40, `Asking ${model.name} to mend the rest`);
  const { fixed, tokens } = await fixWithModel({ context, model, sources: mechanical?.sources ?? sources, findings: left });
  if (fixed !== null) proposals.unshift({ sources: fixed.sources, fixes: [...(mechanical?.fixes ?? []), ...fixed.fixes], rewritten: { model: model.name, files: [...fixed.rewritten] } });
  return { proposals, asked: { name: model.name, tokens } };
}

async function auditAgain({ proposals, first, asItWas }: { proposals: readonly Proposal[]; first: Round; asItWas: Settling }): Promise<StageOutcome> {
  const { run, target } = asItWas;
  const { context, toolchain, compileToolchain, policy } = run;
  context.progress(50, "Mending and auditing again");
  for (const { sources, fixes, rewritten } of proposals) {
    const who = rewritten === undefined ? "The mended source" : `The source that ${rewritten.model} wrote`;
    const compiled = await compileFixed({ context, toolchain: compileToolchain, sources, target });
    if (!compiled.ok) {
      context.log(`${YELLOW}${who} ${compiled.why}. It is not used.${RESET}`);
      continue;
    }
    if (rewritten !== undefined) context.log(`${YELLOW}A language model, ${rewritten.model}, changed the source: ${rewritten.files.join(", ")}${RESET}`);
    const second = await runRound({ context, toolchain, number: 2, sources, deployable: compiled.target?.deployable ?? null, fixes, rewritten, timeoutMs: run.timeoutMs });
    if (second.ok) return settle({ ...asItWas, rounds: [first, second], target: compiled.target, logLine: logRound({ context, policy, round: second.round }), sources });
    if (rewritten === undefined) return { status: "failed", error: second.error };
    // Who writes the source must not end the audit with it: the first round says what is wrong.
    context.log(`${YELLOW}${who} could not be audited: ${second.error.message} It is not used.${RESET}`);
    return settle(asItWas);
  }
  return settle(asItWas);
}

/** Judges the last round, and puts the reports and, when it passed, what is deployed. */
async function settle(options: Settling): Promise<StageOutcome> {
  const { run, code, rounds, target, sources, asked } = options;
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
  // What was mended and did not pass is kept too, to be looked at; nothing is made of it.
  const paths = code.sources.map((source) => source.path);
  for (const source of sources.filter((one) => passed || !code.sources.some(({ path, sha256 }) => path === one.path && sha256 === one.sha256))) {
    await context.artifacts.put({ name: `${passed ? "final" : "mended"}/source/${artifactNameOf({ path: source.path, paths }).replace(/^contracts\//, "")}`, mediaType: "text/plain; charset=utf-8", content: await source.read() });
  }
  if (passed) {
    if (target !== null) await context.artifacts.put({ name: "final/deployable.json", mediaType: JSON_TYPE, content: encode(target.deployable) });
    if (isChanged) context.log(`${YELLOW}The source was changed by the audit${last.round.rewritten === undefined ? "" : `, by ${last.round.rewritten.model}`}: what is deployed is the mended one, in final/source/.${RESET}`);
    context.log("Passed");
  }
  const stageReport = describeOutcome({ report, policy, asked });
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

async function readTarget(context: StageContext<ContractOptions>): Promise<AuditTarget | null> {
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
