/** Runs one of the toolchain's runner scripts in the sandbox and reads its answer, which user code may have tampered with. */
import { open } from "node:fs/promises";
import type { z } from "zod";
import type { CollectedFile, ExecutionLimits, ExecutionResult, LimitName } from "~/executors/types";
import type { StageContext, StageFailure } from "../define";
import type { SandboxToolchain } from "./toolchain";

/** Largest `result.json` that is read, bytes. */
export const MAX_RESULT_BYTES = 4 * 1024 * 1024;

export interface RunnerJob<Schema extends z.ZodType> {
  context: StageContext<unknown>;
  toolchain: SandboxToolchain;
  /** Name that `run-stage.mjs` knows. */
  runner: string;
  /** Written to `/in/job.json`. */
  job: unknown;
  /** Placed below `/in/files`. */
  files: readonly { path: string; read(): Promise<Uint8Array> }[];
  result: Schema;
  /** What the stage was doing, for messages: `Rendering the boards`. */
  doing: string;
  limits?: Partial<ExecutionLimits>;
}

export type RunnerAnswer<Result> =
  | { ok: true; result: Result; artifacts: ReadonlyMap<string, CollectedFile> }
  /** The user's failure; what was written so far is in `artifacts`. */
  | { ok: false; error: StageFailure; artifacts: ReadonlyMap<string, CollectedFile> };

export async function runRunner<Schema extends z.ZodType>(options: RunnerJob<Schema>): Promise<RunnerAnswer<z.infer<Schema>>> {
  const { context, toolchain, runner, doing, limits } = options;
  const inputs = await Promise.all(options.files.map(async (file) => ({ path: `files/${file.path}`, content: await file.read() })));
  const execution = await context.exec({
    command: toolchain.command(runner),
    env: toolchain.env,
    mounts: toolchain.mounts,
    inputs: [{ path: "job.json", content: new TextEncoder().encode(JSON.stringify(options.job)) }, ...inputs],
    limits,
    // With limits of its own a run is rare: no process is kept waiting for the next one.
    warmKey: limits === undefined ? `${toolchain.kind}/${runner}` : undefined,
  });
  context.signal.throwIfAborted();
  const artifacts = new Map<string, CollectedFile>();
  for (const output of execution.outputs) {
    if (output.path.startsWith("artifacts/")) artifacts.set(output.path.slice("artifacts/".length), output);
  }
  const ended = explainEnd({ execution, doing, toolchain });
  if (ended !== null) return { ok: false, error: ended, artifacts };
  const answer = await readResult({ execution, schema: options.result, doing });
  return "error" in answer ? { ok: false, error: answer.error, artifacts } : { ok: true, result: answer.result, artifacts };
}

const LIMIT_FAILURES: Record<LimitName, { code: string; what: string; fix: string }> = {
  wallMs: { code: "time_limit", what: "took too long", fix: "Look for an endless loop or a promise that never settles" },
  cpuSeconds: { code: "time_limit", what: "used up its processor time", fix: "Look for an endless loop" },
  memoryMb: { code: "memory_limit", what: "used more memory than it may", fix: "Look for something that grows without end or a very large buffer" },
  pids: { code: "process_limit", what: "started too many processes or threads", fix: "A package must not start processes" },
  outputBytes: { code: "output_limit", what: "printed more than it may", fix: "Print less with console.log" },
  diskMb: { code: "disk_limit", what: "wrote more than it may", fix: "A package must not write large files" },
  diskFiles: { code: "disk_limit", what: "wrote more files than it may", fix: "Split the package into several" },
};

/** V8 ends the process by these when its heap is full. */
const HEAP_SIGNALS = new Set(["SIGABRT", "SIGTRAP", "SIGILL"]);
const HEAP_EXIT_CODES = new Set([132, 133, 134]);

/** The failure that the end of the process itself tells of; null when its result decides. */
function explainEnd({ execution, doing, toolchain }: { execution: ExecutionResult; doing: string; toolchain: SandboxToolchain }): StageFailure | null {
  const hit = execution.limitHit ?? (isHeapFull(execution) ? "memoryMb" : undefined);
  if (hit !== undefined) {
    const { code, what, fix } = LIMIT_FAILURES[hit];
    return { code, message: `${doing} ${what}. ${toolchain.advice[hit] ?? fix}.` };
  }
  if (execution.exitCode === 0 || hasResult(execution)) return null;
  const how = execution.signal === null ? `exit code ${execution.exitCode ?? "unknown"}` : execution.signal;
  return { code: "no_result", message: `${doing} ended with ${how} and no result. See the log for what it printed last.` };
}

function isHeapFull(execution: ExecutionResult): boolean {
  if (hasResult(execution)) return false;
  return execution.signal !== null ? HEAP_SIGNALS.has(execution.signal) : HEAP_EXIT_CODES.has(execution.exitCode ?? 0);
}

const hasResult = (execution: ExecutionResult) => execution.outputs.some((output) => output.path === "result.json");

async function readResult<Schema extends z.ZodType>(options: {
  execution: ExecutionResult;
  schema: Schema;
  doing: string;
}): Promise<{ result: z.infer<Schema> } | { error: StageFailure }> {
  const output = options.execution.outputs.find((one) => one.path === "result.json");
  if (output === undefined) {
    return { error: { code: "no_result", message: `${options.doing} ended without a result: does the package's code call process.exit()?` } };
  }
  if (output.size > MAX_RESULT_BYTES) return { error: { code: "no_result", message: `${options.doing} gave a result larger than ${MAX_RESULT_BYTES} bytes.` } };
  const parsed = options.schema.safeParse(parseJson(await readText(output)));
  if (parsed.success) return { result: parsed.data };
  return { error: { code: "no_result", message: `${options.doing} gave a result of the wrong shape: the package's code must not write to the work folder.` } };
}

async function readText({ hostFile }: CollectedFile): Promise<string> {
  const file = await open(hostFile);
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(MAX_RESULT_BYTES), position: 0 });
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await file.close();
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
