/**
 * A contract pipeline of two stages for tests of the deployment: `security_audit` hands on the deployable that the release
 * carries as a file, `deployment` is the real one.
 */
import { z } from "zod";
import type { Chains } from "~/chains";
import { chainIds } from "~/pipelines/contract/options";
import { createDeploymentStage } from "~/pipelines/contract/stages/deployment";
import { definePipeline, defineStage, type AnyPipeline, type PipelineRegistry, type StageDefinition } from "~/pipelines/define";
import { LIMIT_PRESETS } from "~/executors/limits";

export const DEPLOYABLE_SOURCE = "deployable.json";

const options = z.looseObject({ chains: chainIds.default([]), confirm_mainnet: chainIds.optional() });
type Options = z.infer<typeof options>;

function handOn(): StageDefinition<Options> {
  return defineStage<Options>({
    key: "security_audit",
    title: "Security audit",
    needs: [],
    version: 1,
    inputs: (path) => path === DEPLOYABLE_SOURCE,
    optionKeys: [],
    toolchain: () => ({}),
    limits: LIMIT_PRESETS.compile,
    retries: 0,
    async run(context) {
      const [file] = context.files;
      if (file !== undefined) await context.artifacts.put({ name: "final/deployable.json", mediaType: "application/json", content: await file.read() });
      return { status: "successful" };
    },
  });
}

export function createDeploymentPipeline({ chains }: { chains: Chains }): AnyPipeline {
  const deployment = createDeploymentStage<Options>({ chains });
  const pipeline = definePipeline<Options>({ kind: "contract", title: "Contract", examples: [], options, stages: [handOn(), deployment] });
  return { ...pipeline, stages: pipeline.stages.map((stage) => ({ ...stage, run: (context) => stage.run({ ...context, options: options.parse(context.options) }) })) };
}

export function createDeploymentRegistry({ chains }: { chains: Chains }): PipelineRegistry {
  const pipeline = createDeploymentPipeline({ chains });
  return { get: (kind) => (kind === "contract" ? pipeline : undefined), kinds: () => ["contract"] };
}
