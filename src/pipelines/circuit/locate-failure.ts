/** From a place in an emitted module, where an exception was seen, to the place in the author's file. */
import { z } from "zod";
import type { SourceLocation, StageContext } from "../define";
import { isAssetFile, isJsonFile, isSourceFile } from "./package-files";
import { showPlace } from "~/pipelines/sandbox-runner/report";
import { runRunner } from "~/pipelines/sandbox-runner/run-runner";
import type { SandboxToolchain } from "~/pipelines/sandbox-runner/toolchain";

export interface RunFailure {
  entry: string;
  code: string;
  message: string;
  /** Innermost first. */
  frames: readonly { file: string; line: number; column: number }[];
  /** Of an import that led nowhere: what was imported, and by which module. */
  specifier: string | null;
  importer: string | null;
}

const resultSchema = z.object({
  location: z.object({ file: z.string().max(1000), line: z.number().int().positive(), column: z.number().int().positive() }).nullable(),
});

/** Never fails: a place that can't be found is left out. */
export async function locateFailure(options: {
  context: StageContext<unknown>;
  toolchain: SandboxToolchain;
  failure: RunFailure;
}): Promise<{ location: SourceLocation | undefined; lines: readonly string[] }> {
  const { context, toolchain, failure } = options;
  const { frames, specifier, importer } = failure;
  if (frames.length === 0 && importer === null) return { location: undefined, lines: [] };
  const files = context.everyFile.filter(({ path }) => isSourceFile(path) || isJsonFile(path) || isAssetFile(path));
  const answer = await runRunner({ context, toolchain, runner: "locate", job: { frames, specifier, importer }, files, result: resultSchema, doing: "Finding the place" });
  if (!answer.ok || answer.result.location === null) return { location: undefined, lines: [] };
  return await showPlace({ place: answer.result.location, files });
}
