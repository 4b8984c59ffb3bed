/**
 * What a pipeline and a stage are. A stage gets everything through its context and never sees the database:
 * the same stage runs in the worker, in a test and in a bench.
 */
import type { z } from "zod";
import type { CollectedFile, ExecutionLimits, ExecutionResult, ReadOnlyMount } from "~/executors/types";

export type PipelineKind = "circuit" | "contract" | "python" | "function" | "project";

/** A file of the release. `path` is relative and `/`-separated; `sha256` is lower-case hex of its content. */
export interface SourceFile {
  path: string;
  sha256: string;
  size: number;
  read(): Promise<Uint8Array>;
}

/** An artifact that an earlier stage of this build made (or reused). */
export interface StageArtifact {
  name: string;
  mediaType: string;
  sha256: string;
  size: number;
  read(): Promise<Uint8Array>;
}

/** What a stage that is needed handed on. */
export interface NeededStage {
  artifacts: readonly StageArtifact[];
  report: StageReport | null;
}

/** A place in the user's source, lines and columns from 1. */
export interface SourceLocation {
  file: string;
  line?: number;
  column?: number;
  /** A few numbered lines around it, ready to print. */
  excerpt?: string;
}

/** A user's failure: a result, not an exception. */
export interface StageFailure {
  /** Stable snake_case, such as `syntax_error`, `module_not_found`, `time_limit`, `memory_limit`, `no_board`. */
  code: string;
  /** The one line that matters, shown on the build's row. */
  message: string;
  location?: SourceLocation;
  /** Number of the log line that tells of it. Default: the last line, which says that the stage failed. */
  logLine?: number;
}

export interface Finding {
  severity: "error" | "warning";
  /** Grouping key, such as `pcb_trace_error`. */
  code: string;
  message: string;
  /** The board or file it belongs to. */
  subject?: string;
  location?: SourceLocation;
}

export interface StageReport {
  /** Counted over everything, also what `findings` leaves out. */
  errorCount: number;
  warningCount: number;
  /** At most 500, errors first. */
  findings: readonly Finding[];
  /** Small facts for the page, such as `{boards: 2, components: 14}`. */
  facts: Readonly<Record<string, string | number | boolean>>;
}

export type StageOutcome =
  | { status: "successful"; report?: StageReport }
  | { status: "failed"; error: StageFailure; report?: StageReport }
  | { status: "skipped"; reason: string };

export interface NewArtifact {
  /** Unique in the build, `/`-separated, such as `boards/index/pcb.svg`. */
  name: string;
  mediaType: string;
  content: Uint8Array | CollectedFile;
}

export interface StageCommand {
  command: readonly string[];
  cwd?: string;
  env?: Readonly<Record<string, string>>;
  mounts?: readonly ReadOnlyMount[];
  /** Extra files under `/in`; the release's own files are NOT placed by themselves. */
  inputs: readonly { path: string; content: Uint8Array }[];
  network?: "none" | "egress";
  /** Changes to the stage's own limits. */
  limits?: Partial<ExecutionLimits>;
  warmKey?: string;
  /** Default: both streams go to the stage's log line by line. `false` keeps stdout out of it. */
  logStdout?: boolean;
  onStdout?: (bytes: Uint8Array) => void;
}

export interface StageContext<Options> {
  /** The release's files that the stage's `inputs` names. */
  files: readonly SourceFile[];
  /** All of the release's files. For messages only, such as an excerpt: what a stage makes must not depend on them. */
  everyFile: readonly SourceFile[];
  options: Options;
  /** A host folder of this attempt alone, removed afterwards. */
  workdir: string;
  exec(command: StageCommand): Promise<ExecutionResult>;
  artifacts: { put(artifact: NewArtifact): Promise<void> };
  needs: Readonly<Record<string, NeededStage>>;
  /** Writes one line (ANSI kept) of the stream `system` to the stage's log; answers its number there, from 1. */
  log(line: string): number;
  /** 0–100, shown on the page. */
  progress(percent: number, message?: string): void;
  secrets: Readonly<Record<string, string>>;
  signal: AbortSignal;
}

export interface StageDefinition<Options> {
  /** snake_case, unique in the pipeline, such as `circuit_json_build`. */
  key: string;
  title: string;
  /** Stages whose artifacts `run` reads. A needed stage that failed blocks this one, unless `runsAfterFailure`. */
  needs: readonly string[];
  /** Raise it when the stage's own code changes what comes out. Part of the fingerprint. */
  version: number;
  /** Which files of the release its result depends on directly (not through `needs`). */
  inputs(path: string): boolean;
  /** Which options it depends on. */
  optionKeys: readonly (keyof Options & string)[];
  /** Names and exact versions of the tools its result depends on. */
  toolchain(): Readonly<Record<string, string>>;
  limits: ExecutionLimits;
  /** Times it is tried again after a fault of ours (never after the user's failure). */
  retries: number;
  /** True: runs although a needed stage failed, with the artifacts that stage left. */
  runsAfterFailure?: boolean;
  run(context: StageContext<Options>): Promise<StageOutcome>;
}

/** A small package to begin with, built for real with one click. */
export interface PipelineExample {
  /** Also a good name for the package. */
  slug: string;
  title: string;
  description: string;
  files: readonly { path: string; content: string }[];
}

export interface PipelineDefinition<Options = unknown> {
  kind: PipelineKind;
  title: string;
  /** Shown on a first visit; may be empty. */
  examples: readonly PipelineExample[];
  options: z.ZodType<Options>;
  stages: readonly StageDefinition<Options>[];
}

/** Checks the stage graph: unique keys, needs that exist and come earlier. Throws on a mistake of the author. */
export function definePipeline<Options>(pipeline: PipelineDefinition<Options>): PipelineDefinition<Options> {
  const seen = new Set<string>();
  for (const stage of pipeline.stages) {
    if (!/^[a-z][a-z0-9_]*$/.test(stage.key)) throw new Error(`Stage key "${stage.key}" of ${pipeline.kind} must be snake_case.`);
    if (seen.has(stage.key)) throw new Error(`Stage key "${stage.key}" of ${pipeline.kind} is used twice.`);
    const missing = stage.needs.find((need) => !seen.has(need));
    if (missing !== undefined) throw new Error(`Stage "${stage.key}" of ${pipeline.kind} needs "${missing}", which does not come before it.`);
    seen.add(stage.key);
  }
  return pipeline;
}

export function defineStage<Options>(stage: StageDefinition<Options>): StageDefinition<Options> {
  return stage;
}

/** A pipeline whose options were checked by its own schema: what the engine works with. */
export type AnyPipeline = PipelineDefinition<Record<string, unknown>>;

/** The pipelines of this installation, by kind. `src/pipelines/registry.ts` makes it. */
export interface PipelineRegistry {
  get(kind: PipelineKind): AnyPipeline | undefined;
  kinds(): readonly PipelineKind[];
}
