/** The pipelines of this installation. Adding one: a folder beside `circuit/`, and a line here. */
import path from "node:path";
import type { Chains } from "~/chains";
import { createCircuitPipeline } from "./circuit";
import { createContractPipeline } from "./contract";
import type { AuditSettings } from "./contract/audit/policy";
import type { ContractModel } from "./contract/model/define";
import type { AnyPipeline, PipelineDefinition, PipelineKind, PipelineRegistry } from "./define";

export interface RegistryOptions {
  /** Host folder with one folder of tools a kind, such as `<project>/toolchains`. Absolute. */
  toolchainsDir: string;
  /** Host path of the Node 24 binary for sandboxes: the worker passes `process.execPath`. */
  nodeBinary: string;
  /** The worker passes `process.versions.node`. */
  nodeVersion: string;
  /** Where contracts can be deployed. Default: nowhere. */
  chains?: Chains;
  /** A language model that writes contracts from prompts. Default: none, templates do. */
  model?: ContractModel;
  /** What fails the audit of a contract. Default: high findings, and any installed analyzer that does not run to its end. */
  audit?: AuditSettings;
}

export function createRegistry({ toolchainsDir, nodeBinary, nodeVersion, model, audit, chains }: RegistryOptions): PipelineRegistry {
  const pipelines: readonly AnyPipeline[] = [
    forEngine(createCircuitPipeline({ toolchainDir: path.join(toolchainsDir, "circuit"), nodeBinary, nodeVersion })),
    forEngine(createContractPipeline({ toolchainDir: path.join(toolchainsDir, "contract"), nodeBinary, nodeVersion, model, audit, chains })),
  ];
  const byKind = new Map<PipelineKind, AnyPipeline>(pipelines.map((pipeline) => [pipeline.kind, pipeline]));
  return { get: (kind) => byKind.get(kind), kinds: () => [...byKind.keys()] };
}

/**
 * Forgets the type of a pipeline's options. Each stage checks them again by the pipeline's own schema, so it still gets what it
 * declared, whoever calls it.
 */
function forEngine<Options extends Record<string, unknown>>(pipeline: PipelineDefinition<Options>): AnyPipeline {
  return {
    ...pipeline,
    stages: pipeline.stages.map((stage) => ({
      ...stage,
      run: (context) => stage.run({ ...context, options: pipeline.options.parse(context.options) }),
    })),
  };
}
