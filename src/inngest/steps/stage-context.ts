/** Builds what a stage sees: the release's files, the executor, artifacts and log, and nothing of the platform behind them. */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import path from "node:path";
import type { DeploymentLedger, NeededStage, StageContext, StageDefinition } from "~/pipelines/define";
import type { ExecutionResult, Executor, OutputChunk } from "~/executors/types";
import type { FileManifest } from "~/server/services/releases/file-manifest";
import type { LogWriter } from "~/server/services/builds/log-writer";
import type { MadeArtifact } from "~/server/services/builds/settle-stage";
import type { ServiceContext } from "~/server/services/context";

export interface OpenStageContextOptions {
  context: ServiceContext;
  executor: Executor;
  /** Folder in which the attempt gets one of its own. */
  workRoot: string;
  stage: StageDefinition<Record<string, unknown>>;
  options: Record<string, unknown>;
  manifest: FileManifest;
  needs: Readonly<Record<string, NeededStage>>;
  secrets: Readonly<Record<string, string>>;
  ledger: DeploymentLedger;
  log: LogWriter;
  signal: AbortSignal;
  onProgress: (percent: number, message?: string) => void;
}

export interface OpenedStageContext {
  stageContext: StageContext<Record<string, unknown>>;
  artifacts: readonly MadeArtifact[];
  /** True once any command ran without isolation. */
  insecure: () => boolean;
  close(): Promise<void>;
}

const BASE_ENV = { PATH: "/usr/bin:/bin", HOME: "/tmp", TMPDIR: "/tmp", LANG: "C.UTF-8", TZ: "UTC", CI: "true", FORCE_COLOR: "1" };

export async function openStageContext(options: OpenStageContextOptions): Promise<OpenedStageContext> {
  const { context, executor, stage, manifest, log, signal } = options;
  await mkdir(options.workRoot, { recursive: true, mode: 0o700 });
  const workdir = await mkdtemp(path.join(options.workRoot, "attempt-"));
  const artifacts: MadeArtifact[] = [];
  let commands = 0;
  let insecure = false;

  const everyFile = Object.entries(manifest.files).map(([file, { sha256, size }]) => ({ path: file, sha256, size, read: () => context.blobs.get(sha256) }));
  const stageContext: StageContext<Record<string, unknown>> = {
    files: everyFile.filter((file) => stage.inputs(file.path)),
    everyFile,
    options: options.options,
    workdir,
    needs: options.needs,
    secrets: options.secrets,
    ledger: options.ledger,
    signal,
    async exec(command): Promise<ExecutionResult> {
      signal.throwIfAborted();
      const collectInto = path.join(workdir, `out-${commands++}`);
      await mkdir(collectInto, { mode: 0o700 });
      const onOutput = async (chunk: OutputChunk) => {
        if (chunk.stream === "stdout") command.onStdout?.(chunk.bytes);
        if (chunk.stream === "stderr" || command.logStdout !== false) await log.output(chunk);
      };
      const result = await executor.run(
        {
          command: command.command,
          cwd: command.cwd,
          env: { ...BASE_ENV, ...command.env },
          mounts: command.mounts ?? [],
          inputs: command.inputs,
          network: command.network ?? "none",
          limits: { ...stage.limits, ...command.limits },
          collectInto,
          warmKey: command.warmKey,
        },
        { signal, onOutput },
      );
      insecure ||= result.isolation === "insecure";
      for (const output of result.refused) log.line(`Not taken from the work folder: ${output.path} (${output.reason})`);
      signal.throwIfAborted();
      return result;
    },
    artifacts: {
      async put(artifact) {
        if (artifacts.some((made) => made.name === artifact.name)) throw new Error(`Artifact "${artifact.name}" was put twice by stage ${stage.key}.`);
        const stored = await context.blobs.put(artifact.content);
        await context.database.db.blob.createMany({ data: [stored], skipDuplicates: true });
        artifacts.push({ name: artifact.name, mediaType: artifact.mediaType, ...stored });
      },
    },
    log: (line) => log.line(line),
    progress: options.onProgress,
  };
  return { stageContext, artifacts, insecure: () => insecure, close: () => rm(workdir, { recursive: true, force: true }) };
}
