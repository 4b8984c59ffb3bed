/** What a stage's result depends on, put together from the pipeline's definition and the build's files. */
import type { StageInputs } from "~/domain/fingerprint";
import type { StageDefinition } from "~/pipelines/define";
import type { FileManifest } from "../releases/file-manifest";

export interface CollectStageInputsOptions {
  stage: StageDefinition<Record<string, unknown>>;
  manifest: FileManifest;
  options: Readonly<Record<string, unknown>>;
  /** Output digests of the needed stages. */
  needs: Readonly<Record<string, string>>;
}

export function collectStageInputs({ stage, manifest, options, needs }: CollectStageInputsOptions): StageInputs {
  const files = Object.entries(manifest.files).filter(([path]) => stage.inputs(path));
  return {
    files: Object.fromEntries(files.map(([path, file]) => [path, file.sha256])),
    options: Object.fromEntries(stage.optionKeys.filter((key) => options[key] !== undefined).map((key) => [key, options[key]])),
    toolchain: stage.toolchain(),
    stageVersion: stage.version,
    needs,
  };
}
