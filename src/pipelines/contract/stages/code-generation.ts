/** Prompt → spec → Solidity; or the release's own Solidity files, taken as they are. */
import { LIMIT_PRESETS } from "~/executors/limits";
import { makeReport } from "~/pipelines/sandbox-runner/report";
import { defineStage, type StageContext, type StageFailure, type StageOutcome } from "../../define";
import type { ContractModel } from "../model/define";
import { writeWithModel } from "../model/write-with-model";
import type { ContractOptions } from "../options";
import { artifactNameOf, checkSizes, isSoliditySource } from "../sources";
import { writeCanonicalJson } from "../spec/schema";
import { understandPrompt } from "../spec/understand";
import { describeUnderstanding, logUnderstanding, type Told, type WrittenCode } from "../tell-understanding";
import { writeContract } from "../templates";

/** Raise it when the reader or a template changes what comes out. */
const VERSION = 3;
const SOURCE_TYPE = "text/plain; charset=utf-8";

export function makeCodeGeneration({ model }: { model: ContractModel | undefined }) {
  return defineStage<ContractOptions>({
    key: "code_generation",
    title: "Code generation",
    needs: [],
    version: VERSION,
    inputs: isSoliditySource,
    optionKeys: ["prompt", "template", "features"],
    // A model's answer is no tool's version, but another model is another writer.
    toolchain: (): Record<string, string> => (model === undefined ? {} : { model: model.name }),
    limits: LIMIT_PRESETS.compile,
    retries: model === undefined ? 0 : 1,
    run: (context) => runCodeGeneration({ context, model }),
  });
}

async function runCodeGeneration({ context, model }: { context: StageContext<ContractOptions>; model: ContractModel | undefined }): Promise<StageOutcome> {
  const { prompt, template, features } = context.options;
  if (prompt === undefined) return await takeFiles(context);
  if (context.files.length > 0) {
    return fail("prompt_and_files", "The release has a prompt and Solidity files: it is one or the other. Take the prompt away to build the files, or the files to build the prompt.");
  }
  if (model !== undefined) return await writeWithModel({ context, model, prompt, put: (written) => putContract({ context, ...written }), refuse: (told) => refuse({ context, ...told }) });
  const understanding = understandPrompt({ prompt, template, features });
  logUnderstanding({ context, ...understanding });
  const { spec } = understanding;
  if (spec === null || spec.template === "custom") return refuse({ context, ...understanding });
  return await putContract({ context, spec, files: writeContract(spec).files, report: describeUnderstanding({ ...understanding, generator: "templates" }) });
}

const fail = (code: string, message: string): StageOutcome => ({ status: "failed", error: { code, message } });

async function takeFiles(context: StageContext<ContractOptions>): Promise<StageOutcome> {
  const { files } = context;
  if (files.length === 0) return fail("nothing_to_build", "The release has neither a prompt nor a Solidity file. Say in options.prompt what the contract shall be, or add a .sol file.");
  const tooLarge = checkSizes(files);
  if (tooLarge !== null) return { status: "failed", error: tooLarge };
  const paths = files.map((file) => file.path).sort();
  context.log(`${files.length} Solidity ${files.length === 1 ? "file" : "files"} given: taken as ${files.length === 1 ? "it is" : "they are"}`);
  const sources = await Promise.all(files.map(async (file) => ({ path: artifactNameOf({ path: file.path, paths }), content: await file.read() })));
  const report = makeReport({ findings: [], facts: { generator: "given files", template: "custom", files: files.length } });
  // Which contract is deployed is chosen when they are compiled: another choice needs no new source.
  return await putContract({ context, spec: { template: "custom", contract: null, files: paths }, files: sources, report });
}

async function putContract({ context, spec, files, report }: WrittenCode & { context: StageContext<ContractOptions> }): Promise<StageOutcome> {
  const encode = (text: string) => new TextEncoder().encode(text);
  await context.artifacts.put({ name: "spec.json", mediaType: "application/json", content: encode(writeCanonicalJson(spec)) });
  for (const { path, content } of files) {
    await context.artifacts.put({ name: path, mediaType: SOURCE_TYPE, content: typeof content === "string" ? encode(content) : content });
    context.log(`Wrote ${path}`);
  }
  return { status: "successful", report };
}

/** Everything that stands in the way is told; the first decides the code. */
function refuse(options: Told & { context: StageContext<ContractOptions>; template: string | null; generator?: string; tokens?: { input: number; output: number } }): StageOutcome {
  const { context, unsupported, problems } = options;
  const findings = [
    ...unsupported.map(({ part, why }) => ({ severity: "error" as const, code: "unsupported_request", message: `"${part}": ${why}` })),
    ...problems.map(({ field, message }) => ({ severity: "error" as const, code: "invalid_spec", message, subject: field })),
  ];
  const lines = findings.map((finding) => context.log(`\u001b[31merror ${finding.code}\u001b[0m ${finding.message}`));
  const [first] = findings;
  const error: StageFailure =
    first === undefined
      ? { code: "invalid_spec", message: "No contract could be made of the prompt. Say what it shall be in other words." }
      : { code: first.code, message: `${first.message}${findings.length > 1 ? ` (and ${findings.length - 1} more)` : ""}`, logLine: lines[0] };
  const { facts } = describeUnderstanding({ ...options, generator: options.generator ?? "templates" });
  return { status: "failed", error, report: makeReport({ findings, facts }) };
}
