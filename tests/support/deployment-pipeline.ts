/**
 * A contract pipeline of two stages for tests of the deployment: `security_audit` hands on the deployable that the release
 * carries as a file, `deployment` is the real one.
 */
import path from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { createChains, findAnvil, type Chain, type Chains, type CreateChainsOptions } from "~/chains";
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

/** Of the installation that a test's processes are. */
export const TEST_INSTALLATION_SECRET = "the secret of a test's installation, long enough";

const toolchainsDir = fileURLToPath(new URL("../../toolchains", import.meta.url));
const SILENT = { info: () => undefined, warn: () => undefined };

/** As every process of one installation opens them: `folder` is what they share. */
export function openTestChains(options: { chains: readonly Chain[]; folder: string; host: boolean; logger?: CreateChainsOptions["logger"] }): Chains {
  const anvil = findAnvil({ toolchainsDir, searchPath: undefined });
  return createChains({ chains: options.chains, folder: path.join(options.folder, "chains"), anvil, host: options.host, secret: TEST_INSTALLATION_SECRET, logger: options.logger ?? SILENT });
}
