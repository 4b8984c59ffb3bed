/** Every source file of the package → ES module, CommonJS module and declarations, after a syntax and type check. */
import { z } from "zod";
import { LIMIT_PRESETS } from "~/executors/limits";
import { defineStage, type StageContext, type StageOutcome } from "../../define";
import type { CircuitOptions } from "../options";
import { isAssetFile, isJsonFile, isSourceFile } from "../package-files";
import { makeReport } from "~/pipelines/sandbox-runner/report";
import { runRunner } from "~/pipelines/sandbox-runner/run-runner";
import { diagnosticFields, firstFailure, showDiagnostics } from "~/pipelines/sandbox-runner/show-diagnostics";
import type { SandboxToolchain } from "~/pipelines/sandbox-runner/toolchain";

const MEDIA_TYPES = ["text/javascript", "text/typescript", "application/json", "application/octet-stream"] as const;

const diagnosticSchema = z.object({
  ...diagnosticFields,
  code: z.enum(["syntax_error", "type_error", "module_not_found", "output_conflict", "declaration_error"]),
});

const resultSchema = z.object({
  modules: z.number().int().nonnegative(),
  outputs: z.array(z.object({ name: z.string().max(1000), mediaType: z.enum(MEDIA_TYPES) })).max(20_000),
  diagnostics: z.array(diagnosticSchema).max(1000),
});

export function makeTranspilation({ toolchain }: { toolchain: SandboxToolchain }) {
  return defineStage<CircuitOptions>({
    key: "transpilation",
    title: "Transpilation",
    needs: [],
    version: 1,
    inputs: (path) => isSourceFile(path) || isJsonFile(path) || isAssetFile(path),
    optionKeys: ["type_errors"],
    toolchain: () => toolchain.versions(["typescript", "tscircuit"]),
    limits: LIMIT_PRESETS.compile,
    retries: 1,
    run: (context) => runTranspilation({ context, toolchain }),
  });
}

async function runTranspilation(options: { context: StageContext<CircuitOptions>; toolchain: SandboxToolchain }): Promise<StageOutcome> {
  const { context, toolchain } = options;
  const sources = context.files.filter((file) => isSourceFile(file.path));
  context.log(`Transpiling ${sources.length} source ${sources.length === 1 ? "file" : "files"} to ES modules, CommonJS and declarations`);
  const answer = await runRunner({
    context,
    toolchain,
    runner: "transpilation",
    job: { typeErrors: context.options.type_errors },
    files: context.files,
    result: resultSchema,
    doing: "The type check",
  });
  if (!answer.ok) return { status: "failed", error: answer.error };
  const { diagnostics, outputs, modules } = answer.result;
  const shown = await showDiagnostics({ context, files: context.files, diagnostics });
  const report = makeReport({ findings: shown.findings, facts: { modules, files: context.files.length } });
  const error = firstFailure(shown);
  if (error !== null) return { status: "failed", error, report };
  for (const output of outputs) {
    const file = answer.artifacts.get(output.name);
    if (file === undefined) throw new Error(`The transpilation runner named ${output.name} and did not write it.`);
    await context.artifacts.put({ name: output.name, mediaType: output.mediaType, content: file });
  }
  context.log(`${modules} ${modules === 1 ? "module" : "modules"}, ${outputs.length} files written`);
  return { status: "successful", report };
}
