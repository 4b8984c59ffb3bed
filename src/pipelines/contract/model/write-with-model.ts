/** A contract from a model's answer: its description through the same checks and templates, or its source for `custom`. */
import { makeReport } from "~/pipelines/sandbox-runner/report";
import type { StageContext, StageOutcome } from "../../define";
import type { ContractOptions } from "../options";
import { describeUnderstanding, logUnderstanding, type Told, type WrittenCode } from "../tell-understanding";
import { finishSpec } from "../spec/finish-spec";
import { createReading } from "../spec/reading";
import { writeContract } from "../templates";
import { ModelError, type ContractModel, type ModelReply } from "./define";

export interface WriteWithModelOptions {
  context: StageContext<ContractOptions>;
  model: ContractModel;
  prompt: string;
  put(written: WrittenCode): Promise<StageOutcome>;
  refuse(told: Told & { template: string | null; generator: string; tokens: ModelReply["tokens"] }): StageOutcome;
}

export async function writeWithModel({ context, model, prompt, put, refuse }: WriteWithModelOptions): Promise<StageOutcome> {
  const { template: chosen, features = {} } = context.options;
  context.log(`Asking ${model.name}`);
  let reply: ModelReply;
  try {
    reply = await model.write({ prompt, template: chosen, signal: context.signal });
  } catch (error) {
    context.signal.throwIfAborted();
    if (!(error instanceof ModelError)) throw error;
    return { status: "failed", error: { code: error.code, message: error.message }, report: makeReport({ findings: [], facts: { generator: `model ${model.name}`, input_tokens: error.tokens.input, output_tokens: error.tokens.output } }) };
  }
  const { answer, tokens } = reply;
  const template = chosen ?? answer.template;
  const generator = `model ${model.name}`;
  context.log(`${model.name} answered: ${tokens.input} tokens in, ${tokens.output} out`);
  const reading = createReading(prompt);
  for (const one of answer.unsupported) reading.refuse(one);
  const told = () => ({ understood: reading.understood, assumed: reading.assumed, unsupported: reading.unsupported, problems: reading.problems, template, generator, tokens });
  if (template === "custom") return await putSource({ context, answer, put, refuse: () => refuse(told()), report: () => describeUnderstanding(told()), problem: reading.problem, isRefused: () => reading.unsupported.length > 0 });
  Object.assign(reading.features, answer.features, features);
  for (const [field, value] of Object.entries(reading.features)) reading.understood.push({ field: "template", value: `${field} ${String(value)}`, text: "the model's reading" });
  const spec = finishSpec({ reading, template });
  logUnderstanding({ context, understood: reading.understood, assumed: reading.assumed });
  if (spec === null || spec.template === "custom") return refuse(told());
  return await put({ spec, files: writeContract(spec).files, report: describeUnderstanding(told()) });
}

async function putSource(options: {
  context: StageContext<ContractOptions>;
  answer: ModelReply["answer"];
  put: WriteWithModelOptions["put"];
  refuse(): StageOutcome;
  report(): WrittenCode["report"];
  problem(problem: { field: string; message: string }): void;
  isRefused(): boolean;
}): Promise<StageOutcome> {
  const { source } = options.answer;
  if (source === null) options.problem({ field: "source", message: "The model wrote no source. Say the request in other words, or choose a template." });
  if (source === null || options.isRefused()) return options.refuse();
  const path = `contracts/${source.contract}.sol`;
  return await options.put({ spec: { template: "custom", contract: source.contract, files: [path] }, files: [{ path, content: source.solidity }], report: options.report() });
}
