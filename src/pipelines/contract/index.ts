/** The contract pipeline: a prompt or Solidity files → source → bytecode → audit → contracts on chains. */
import { createNoChains, type Chains } from "~/chains";
import type { ToolchainOptions } from "~/pipelines/sandbox-runner/toolchain";
import { definePipeline, type PipelineDefinition } from "../define";
import { EXAMPLES } from "./examples";
import type { ContractModel } from "./model/define";
import { DEFAULT_AUDIT_SETTINGS, type AuditSettings } from "./audit/policy";
import { contractOptions, type ContractOptions } from "./options";
import { makeCodeGeneration } from "./stages/code-generation";
import { makeCompilation } from "./stages/compilation";
import { createDeploymentStage } from "./stages/deployment";
import { makeSecurityAudit } from "./stages/security-audit";
import { openContractToolchain } from "./toolchain";

export interface ContractPipelineOptions extends ToolchainOptions {
  /** Writes contracts from prompts, and mends what an audit found; undefined: the reader, the templates and mechanical edits do. */
  model?: ContractModel;
  /** What fails an audit. Default: high findings, and any installed analyzer that does not run to its end. */
  audit?: AuditSettings;
  /** Where contracts can be deployed. Default: nowhere. */
  chains?: Chains;
}

export function createContractPipeline({ model, audit = DEFAULT_AUDIT_SETTINGS, chains = createNoChains(), ...options }: ContractPipelineOptions): PipelineDefinition<ContractOptions> {
  const toolchain = openContractToolchain(options);
  return definePipeline<ContractOptions>({
    kind: "contract",
    title: "Contract",
    examples: EXAMPLES,
    options: contractOptions,
    stages: [makeCodeGeneration({ model }), makeCompilation({ toolchain }), makeSecurityAudit({ ...options, settings: audit, compileToolchain: toolchain, model }), createDeploymentStage({ chains })],
  });
}
