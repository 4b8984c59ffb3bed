/** Every source file of the package → ES module, CommonJS module and declarations, after a syntax and type check. */
import { z } from "zod";
import { LIMIT_PRESETS } from "~/executors/limits";
import { defineStage, type Finding, type StageContext, type StageOutcome } from "../../define";
import type { CircuitOptions } from "../options";
import { isAssetFile, isJsonFile, isSourceFile } from "../package-files";
import { makeReport, showPlace } from "~/pipelines/sandbox-runner/report";
import { runRunner } from "~/pipelines/sandbox-runner/run-runner";
import type { SandboxToolchain } from "~/pipelines/sandbox-runner/toolchain";

const MAX_SHOWN = 20;
const MEDIA_TYPES = ["text/javascript", "text/typescript", "application/json", "application/octet-stream"] as const;

const diagnosticSchema = z.object({
  severity: z.enum(["error", "warning"]),
  code: z.enum(["syntax_error", "type_error", "module_not_found", "output_conflict", "declaration_error"]),
  message: z.string().max(2000),
  file: z.string().max(1000).nullable(),
  line: z.number().int().positive().nullable(),
  column: z.number().int().positive().nullable(),
  length: z.number().int().positive(),
});
type Diagnostic = z.infer<typeof diagnosticSchema>;

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
  const { findings, firstErrorLine } = await showDiagnostics({ context, diagnostics });
  const report = makeReport({ findings, facts: { modules, files: context.files.length } });
  const failure = findings.find((finding) => finding.severity === "error");
  if (failure !== undefined) {
    const { code, message, location } = failure;
    const place = location === undefined ? "" : `${location.file}:${location.line}:${location.column} `;
    return { status: "failed", error: { code, message: `${place}${message}`, location, logLine: firstErrorLine }, report };
  }
  for (const output of outputs) {
    const file = answer.artifacts.get(output.name);
    if (file === undefined) throw new Error(`The transpilation runner named ${output.name} and did not write it.`);
    await context.artifacts.put({ name: output.name, mediaType: output.mediaType, content: file });
  }
  context.log(`${modules} ${modules === 1 ? "module" : "modules"}, ${outputs.length} files written`);
  return { status: "successful", report };
}

/** Prints each diagnostic with its excerpt and answers them as findings, with the log line of the first error. */
async function showDiagnostics(options: { context: StageContext<CircuitOptions>; diagnostics: readonly Diagnostic[] }): Promise<{ findings: Finding[]; firstErrorLine: number | undefined }> {
  const { context, diagnostics } = options;
  const findings: Finding[] = [];
  let firstErrorLine: number | undefined;
  const show = (severity: Diagnostic["severity"], text: string) => {
    const number = context.log(text);
    if (severity === "error") firstErrorLine ??= number;
  };
  for (const [index, diagnostic] of diagnostics.entries()) {
    const { severity, code, message, file, line, column, length } = diagnostic;
    const colour = severity === "error" ? "\u001b[31m" : "\u001b[33m";
    const isShown = index < MAX_SHOWN;
    if (file === null || line === null || column === null) {
      findings.push({ severity, code, message });
      if (isShown) show(severity, `${colour}${severity} ${code}\u001b[0m ${message}`);
      continue;
    }
    const { location, lines } = await showPlace({ place: { file, line, column, length }, files: context.files });
    findings.push({ severity, code, message, subject: file, location });
    if (!isShown) continue;
    show(severity, `${colour}${severity} ${code}\u001b[0m ${file}:${line}:${column} ${message}`);
    for (const one of lines) context.log(one);
  }
  if (diagnostics.length > MAX_SHOWN) context.log(`… and ${diagnostics.length - MAX_SHOWN} more`);
  return { findings, firstErrorLine };
}
