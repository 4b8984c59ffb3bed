/** Solidity → ABI, bytecode, metadata, storage layout, sizes and gas estimates. */
import { LIMIT_PRESETS } from "~/executors/limits";
import { readFileText } from "~/pipelines/sandbox-runner/read-file-text";
import { makeReport } from "~/pipelines/sandbox-runner/report";
import { firstFailure, showDiagnostics } from "~/pipelines/sandbox-runner/show-diagnostics";
import type { SandboxToolchain } from "~/pipelines/sandbox-runner/toolchain";
import { defineStage, type StageContext, type StageFailure, type StageOutcome } from "../../define";
import { checkArguments, chooseContract } from "../choose-contract";
import { compileSources, describeCompiled, readDeployable, type CompiledSources } from "../compile-sources";
import type { Deployable } from "../deployable";
import type { ContractOptions } from "../options";
import { checkSizes, readGeneratedCode, type GeneratedCode } from "../sources";
import { writeCanonicalJson } from "../spec/schema";
import { writeContract } from "../templates";
import { COMPILE_TOOLS } from "../toolchain";

const JSON_TYPE = "application/json";
const encode = (value: unknown) => new TextEncoder().encode(writeCanonicalJson(value));

export function makeCompilation({ toolchain }: { toolchain: SandboxToolchain }) {
  return defineStage<ContractOptions>({
    key: "compilation",
    title: "Compilation",
    needs: ["code_generation"],
    version: 4,
    inputs: () => false,
    optionKeys: ["contract", "constructor_args"],
    toolchain: () => toolchain.versions(COMPILE_TOOLS),
    limits: LIMIT_PRESETS.compile,
    retries: 1,
    run: (context) => runCompilation({ context, toolchain }),
  });
}

async function runCompilation(options: { context: StageContext<ContractOptions>; toolchain: SandboxToolchain }): Promise<StageOutcome> {
  const { context, toolchain } = options;
  const code = await readGeneratedCode(context.needs.code_generation);
  const tooLarge = checkSizes(code.sources);
  if (tooLarge !== null) return { status: "failed", error: tooLarge };
  context.log(`Compiling ${code.sources.length} source ${code.sources.length === 1 ? "file" : "files"}`);
  const answer = await compileSources({ context, toolchain, sources: code.sources });
  if (answer.status === "ended") return { status: "failed", error: answer.error };
  const { compiled, diagnostics } = answer;
  const shown = await showDiagnostics({ context, files: code.sources, diagnostics });
  const failure = firstFailure(shown);
  if (failure !== null || compiled === null) {
    const report = makeReport({ findings: shown.findings, facts: { sources: code.sources.length } });
    return { status: "failed", error: failure ?? { code: "compiler_error", message: "The compiler gave no contracts and no error." }, report };
  }
  const report = makeReport({ findings: shown.findings, facts: { compiler: compiled.compiler, evm_version: compiled.evmVersion, sources: code.sources.length, contracts: compiled.contracts.length } });
  const chosen = await choosePrimary({ context, code, compiled });
  if ("error" in chosen) return { status: "failed", error: chosen.error, report };
  await putArtifacts({ context, compiled, ...chosen });
  logContracts({ context, compiled });
  const { deployable } = chosen;
  return { status: "successful", report: deployable === null ? report : { ...report, facts: { ...report.facts, primary: deployable.contract, size_bytes: sizeOf(deployable.deployed_bytecode) } } };
}

const sizeOf = (hex: string) => (hex.length - 2) / 2;

interface Primary {
  /** Null: none of the contracts can be deployed, such as interfaces alone. */
  deployable: Deployable | null;
  key: string | null;
}

async function choosePrimary(options: { context: StageContext<ContractOptions>; code: GeneratedCode; compiled: CompiledSources }): Promise<Primary | { error: StageFailure }> {
  const { context, code, compiled } = options;
  const { spec } = code;
  const texts = new Map(await Promise.all(code.sources.map(async (file) => [file.path, await readFileText(file)] as const)));
  const wanted = spec.template === "custom" ? (context.options.contract ?? spec.contract) : spec.contract;
  const choice = chooseContract({ contracts: compiled.contracts, wanted, texts });
  if ("error" in choice) return choice;
  const { contract } = choice;
  if (contract === null) return { deployable: null, key: null };
  const args = spec.template === "custom" ? (context.options.constructor_args ?? []) : writeContract(spec).args;
  const deployable = await readDeployable({ compiled, key: contract.key, args });
  const tooLarge = checkLimits(contract);
  if (tooLarge !== null) return { error: tooLarge };
  const wrong = checkArguments(deployable);
  return wrong === null ? { deployable, key: contract.key } : { error: wrong };
}

function checkLimits(contract: CompiledSources["contracts"][number]): StageFailure | null {
  const over = (what: string, size: number, limit: number, rule: string): StageFailure => ({
    code: "contract_too_large",
    message: `${contract.name}'s ${what} has ${size} bytes: chains take at most ${limit} (${rule}). Leave features out, or split it into several contracts.`,
    location: { file: contract.file },
  });
  if (contract.size_bytes > contract.size_limit) return over("code", contract.size_bytes, contract.size_limit, "EIP-170");
  if (contract.initcode_bytes > contract.initcode_limit) return over("deployment code", contract.initcode_bytes, contract.initcode_limit, "EIP-3860");
  return null;
}

async function putArtifacts(options: { context: StageContext<ContractOptions>; compiled: CompiledSources } & Primary): Promise<void> {
  const { context, compiled, deployable, key } = options;
  const summary = describeCompiled({ compiled, primary: deployable?.contract ?? null });
  await context.artifacts.put({ name: "compiled.json", mediaType: JSON_TYPE, content: encode(summary) });
  for (const [name, file] of compiled.artifacts) {
    const content = deployable !== null && name === `bytecode/${key}.json` ? encode(deployable) : file;
    await context.artifacts.put({ name, mediaType: JSON_TYPE, content });
  }
}

function logContracts({ context, compiled }: { context: StageContext<ContractOptions>; compiled: CompiledSources }): void {
  context.log(`solc ${compiled.compiler}, ${compiled.evmVersion}, optimizer 200 runs`);
  for (const { name, deployable, size_bytes: size, size_limit: limit, gas } of compiled.contracts) {
    if (!deployable) continue;
    const bound = gas.deployment_is_lower_bound === true ? "at least" : "about";
    const cost = gas.deployment === null || gas.deployment === "infinite" ? "" : `, ${bound} ${Number(gas.deployment).toLocaleString("en")} gas to deploy`;
    context.log(`${name}: ${size.toLocaleString("en")} of ${limit.toLocaleString("en")} bytes${cost}`);
  }
}
