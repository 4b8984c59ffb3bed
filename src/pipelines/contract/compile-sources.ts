/** Compiles sources in the sandbox. The audit compiles what it fixed with the same function. */
import { readFile } from "node:fs/promises";
import { z } from "zod";
import type { CollectedFile } from "~/executors/types";
import { runRunner } from "~/pipelines/sandbox-runner/run-runner";
import { diagnosticFields, type Diagnostic } from "~/pipelines/sandbox-runner/show-diagnostics";
import type { SandboxToolchain } from "~/pipelines/sandbox-runner/toolchain";
import type { SourceFile, StageContext, StageFailure } from "../define";
import { compiledContract, deployableSchema, type Compiled, type Deployable } from "./deployable";

const resultSchema = z.object({
  /** Null when nothing was compiled. */
  compiler: z.string().max(100).nullable(),
  evm_version: z.string().max(40).nullable(),
  contracts: z
    .array(compiledContract.extend({ key: z.string().max(300), needs_linking: z.boolean(), upgradeable: z.boolean() }))
    .max(2_000),
  outputs: z.array(z.object({ name: z.string().max(400), mediaType: z.literal("application/json") })).max(10_000),
  diagnostics: z.array(z.object({ ...diagnosticFields, code: z.string().regex(/^[a-z0-9_]{1,60}$/) })).max(500),
});
type Result = z.infer<typeof resultSchema>;

export interface CompiledSources {
  compiler: string;
  evmVersion: string;
  contracts: Result["contracts"];
  /** By artifact name, such as `abi/HyperKit.json`. */
  artifacts: ReadonlyMap<string, CollectedFile>;
}

export type CompileAnswer =
  /** The sandbox ended it: a limit, or no result. */
  | { status: "ended"; error: StageFailure }
  /** `compiled` is null when a diagnostic is an error. */
  | { status: "done"; compiled: CompiledSources | null; diagnostics: readonly Diagnostic[] };

export async function compileSources(options: { context: StageContext<unknown>; toolchain: SandboxToolchain; sources: readonly SourceFile[] }): Promise<CompileAnswer> {
  const { context, toolchain, sources } = options;
  const answer = await runRunner({ context, toolchain, runner: "compilation", job: {}, files: sources, result: resultSchema, doing: "The compiler" });
  if (!answer.ok) return { status: "ended", error: answer.error };
  const { compiler, evm_version: evmVersion, contracts, outputs, diagnostics } = answer.result;
  if (compiler === null || evmVersion === null) return { status: "done", compiled: null, diagnostics };
  const artifacts = new Map<string, CollectedFile>();
  for (const { name } of outputs) {
    const file = answer.artifacts.get(name);
    if (file === undefined) throw new Error(`The compiler's runner named ${name} and did not write it.`);
    artifacts.set(name, file);
  }
  return { status: "done", compiled: { compiler, evmVersion, contracts, artifacts }, diagnostics };
}

export const OPTIMIZER = { enabled: true, runs: 200 } as const;

/** `compiled.json` */
export function describeCompiled({ compiled, primary }: { compiled: CompiledSources; primary: string | null }): Compiled {
  return {
    compiler: compiled.compiler,
    evm_version: compiled.evmVersion,
    optimizer: OPTIMIZER,
    contracts: compiled.contracts.map(({ key: _key, needs_linking: _linking, upgradeable: _upgradeable, ...contract }) => contract),
    primary,
  };
}

/** `bytecode/<key>.json` with the arguments it is deployed with. */
export async function readDeployable(options: { compiled: CompiledSources; key: string; args: readonly unknown[] }): Promise<Deployable> {
  const file = options.compiled.artifacts.get(`bytecode/${options.key}.json`);
  if (file === undefined) throw new Error(`The compiler's runner wrote no bytecode/${options.key}.json.`);
  const deployable = deployableSchema.parse(JSON.parse(await readFile(file.hostFile, "utf8")));
  if (deployable.upgradeable === null) return { ...deployable, constructor_args: [...options.args] };
  const { upgradeable } = deployable;
  return { ...deployable, upgradeable: { ...upgradeable, initializer: { ...upgradeable.initializer, args: [...options.args] } } };
}
