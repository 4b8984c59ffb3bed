/** The contract pipeline: a prompt or Solidity files → source → bytecode → audit → contracts on chains. */
import type { ToolchainOptions } from "~/pipelines/sandbox-runner/toolchain";
import { definePipeline, type PipelineDefinition } from "../define";
import { EXAMPLES } from "./examples";
import type { ContractModel } from "./model/define";
import { contractOptions, type ContractOptions } from "./options";
import { makeCodeGeneration } from "./stages/code-generation";
import { makeCompilation } from "./stages/compilation";
import { openContractToolchain } from "./toolchain";

export interface ContractPipelineOptions extends ToolchainOptions {
  /** Writes contracts from prompts; undefined: the reader and the templates do. */
  model?: ContractModel;
}

export function createContractPipeline({ model, ...options }: ContractPipelineOptions): PipelineDefinition<ContractOptions> {
  const toolchain = openContractToolchain(options);
  return definePipeline<ContractOptions>({
    kind: "contract",
    title: "Contract",
    examples: EXAMPLES,
    options: contractOptions,
    stages: [makeCodeGeneration({ model }), makeCompilation({ toolchain })],
  });
}
