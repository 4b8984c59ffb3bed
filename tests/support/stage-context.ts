/** Runs a pipeline's stages in a real executor with everything else in memory: no database, no engine. For tests and benches. */
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import path from "node:path";
import type { ExecutionLimits, ExecutionResult, Executor } from "~/executors/types";
import type { AnyPipeline, DeploymentLedger, NeededStage, NewArtifact, SourceFile, StageArtifact, StageContext, StageOutcome } from "~/pipelines/define";
import { createMemoryLedger } from "./memory-ledger";

const BASE_ENV = { PATH: "/usr/bin:/bin", HOME: "/tmp", TMPDIR: "/tmp", LANG: "C.UTF-8", TZ: "UTC" };

export interface StageRun {
  outcome: StageOutcome | { status: "blocked"; by: string };
  artifacts: readonly StageArtifact[];
  /** The stage's own lines and the command's output, as one text. */
  log: string;
  executions: readonly ExecutionResult[];
}

export interface RunStagesOptions {
  pipeline: AnyPipeline;
  executor: Executor;
  /** Folder for the attempts' folders. */
  workRoot: string;
  /** Path → content. */
  files: Readonly<Record<string, string | Uint8Array>>;
  options?: Record<string, unknown>;
  /** Keys of the stages to run, in order. Default: all. */
  only?: readonly string[];
  signal?: AbortSignal;
  /** Default: one of its own for each stage. */
  ledger?: DeploymentLedger;
  secrets?: Readonly<Record<string, string>>;
  /** Changes to a stage's limits by its key, so that a test of a limit is quick. */
  limits?: Readonly<Record<string, Partial<ExecutionLimits>>>;
}

const sha256 = (content: Uint8Array) => createHash("sha256").update(content).digest("hex");

/** Every stage in order, as the platform would: one whose needed stage failed is blocked unless it runs after failures. */
export async function runStages(options: RunStagesOptions): Promise<Record<string, StageRun>> {
  const runs: Record<string, StageRun> = {};
  const everyFile = Object.entries(options.files).map(([name, value]): SourceFile => {
    const content = typeof value === "string" ? new TextEncoder().encode(value) : value;
    return { path: name, sha256: sha256(content), size: content.length, read: async () => content };
  });
  for (const stage of options.pipeline.stages) {
    if (options.only !== undefined && !options.only.includes(stage.key)) continue;
    const blocker = stage.needs.find((need) => {
      const status = runs[need]?.outcome.status;
      return status !== "successful" && !(stage.runsAfterFailure === true && status === "failed");
    });
    runs[stage.key] = blocker === undefined ? await runOne({ ...options, stage, everyFile, runs }) : { outcome: { status: "blocked", by: blocker }, artifacts: [], log: "", executions: [] };
  }
  return runs;
}

async function runOne(options: RunStagesOptions & { stage: AnyPipeline["stages"][number]; everyFile: readonly SourceFile[]; runs: Record<string, StageRun> }): Promise<StageRun> {
  const { stage, everyFile, runs, executor, pipeline } = options;
  const lines: string[] = [];
  const artifacts: StageArtifact[] = [];
  const executions: ExecutionResult[] = [];
  const signal = options.signal ?? new AbortController().signal;
  await mkdir(options.workRoot, { recursive: true });
  const workdir = await mkdtemp(path.join(options.workRoot, "attempt-"));
  const needs = Object.fromEntries(stage.needs.map((key): [string, NeededStage] => [key, { artifacts: runs[key]?.artifacts ?? [], report: reportOf(runs[key]) }]));
  const context: StageContext<Record<string, unknown>> = {
    files: everyFile.filter((file) => stage.inputs(file.path)),
    everyFile,
    options: pipeline.options.parse(options.options ?? {}),
    workdir,
    needs,
    secrets: options.secrets ?? {},
    ledger: options.ledger ?? createMemoryLedger(),
    signal,
    async exec(command) {
      const collectInto = path.join(workdir, `out-${executions.length}`);
      await mkdir(collectInto);
      const decoder = new TextDecoder();
      const result = await executor.run(
        {
          command: command.command,
          cwd: command.cwd,
          env: { ...BASE_ENV, ...command.env },
          mounts: command.mounts ?? [],
          inputs: command.inputs,
          network: command.network ?? "none",
          limits: { ...stage.limits, ...command.limits, ...options.limits?.[stage.key] },
          collectInto,
          warmKey: command.warmKey,
        },
        { signal, onOutput: (chunk) => void lines.push(decoder.decode(chunk.bytes, { stream: true })) },
      );
      executions.push(result);
      return result;
    },
    artifacts: { put: async (artifact) => void artifacts.push(await keep(artifact)) },
    log: (line) => lines.push(`${line}\n`),
    progress: () => undefined,
  };
  try {
    const outcome = await stage.run(context);
    return { outcome, artifacts, log: lines.join(""), executions };
  } finally {
    await rm(workdir, { recursive: true, force: true });
  }
}

async function keep({ name, mediaType, content }: NewArtifact): Promise<StageArtifact> {
  const bytes = content instanceof Uint8Array ? content : await readFile(content.hostFile);
  return { name, mediaType, sha256: sha256(bytes), size: bytes.length, read: async () => bytes };
}

function reportOf(run: StageRun | undefined) {
  const outcome = run?.outcome;
  return outcome !== undefined && "report" in outcome ? (outcome.report ?? null) : null;
}

/** `name sha256`, sorted: equal for two runs exactly when their artifacts are. */
export function digestsOf(run: StageRun | undefined): string[] {
  return (run?.artifacts ?? []).map((artifact) => `${artifact.name} ${artifact.mediaType} ${artifact.sha256}`).sort();
}
