/** What was understood and assumed, as lines of the log and facts of the report. */
import { makeReport } from "~/pipelines/sandbox-runner/report";
import type { StageReport } from "../define";
import type { Assumed, SpecProblem, Understood, Unsupported } from "./spec/reading";
import type { ContractSpec } from "./spec/schema";

export interface WrittenCode {
  spec: ContractSpec;
  /** By artifact name. */
  files: readonly { path: string; content: string | Uint8Array }[];
  report: StageReport;
}

export interface Told {
  understood: readonly Understood[];
  assumed: readonly Assumed[];
  unsupported: readonly Unsupported[];
  problems: readonly SpecProblem[];
}

export function logUnderstanding({ context, understood, assumed }: Pick<Told, "understood" | "assumed"> & { context: { log(line: string): number } }): void {
  for (const one of understood) context.log(`understood ${one.field}: ${one.value} ("${oneLine(one.text)}")`);
  for (const one of assumed) context.log(`assumed ${one.field}: ${one.value}. ${one.why}`);
}

const oneLine = (text: string) => text.replace(/\s+/g, " ").slice(0, 200);

/** Lines for the page; `generator` is who wrote the source. */
export function describeUnderstanding(options: Pick<Told, "understood" | "assumed"> & { generator: string; template: string | null; tokens?: { input: number; output: number } }): StageReport {
  const { understood, assumed, generator, template, tokens } = options;
  return makeReport({
    findings: [],
    facts: {
      generator,
      template: template ?? "unknown",
      understood: understood.map((one) => `${one.field}: ${one.value} ("${oneLine(one.text)}")`).join("\n"),
      assumed: assumed.map((one) => `${one.field}: ${one.value}. ${one.why}`).join("\n"),
      ...(tokens === undefined ? {} : { input_tokens: tokens.input, output_tokens: tokens.output }),
    },
  });
}

