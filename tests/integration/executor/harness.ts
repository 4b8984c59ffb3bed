/** An executor of its own for each test file, and short words for "run this inside". */
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import { createLocalExecutor, type LocalExecutor, type LocalExecutorOptions } from "~/executors/local";
import { listProcessesOfUser } from "~/executors/local/process-tree";
import type { ExecutionJob, ExecutionLimits, ExecutionOptions, ExecutionResult } from "~/executors/types";

export const TEST_LIMITS: ExecutionLimits = {
  wallMs: 20_000, cpuSeconds: 20, memoryMb: 256, pids: 48, outputBytes: 1024 * 1024, diskMb: 16, diskFiles: 200,
};

export interface Run extends ExecutionResult {
  stdout: string;
  stderr: string;
}

export interface Harness {
  executor: LocalExecutor;
  /** Host folder for this test file; only root may look into it. */
  folder: string;
  /** Runs a program; `limits` change the defaults. */
  run(options: RunOptions): Promise<Run>;
  bash(script: string, options?: Partial<RunOptions>): Promise<Run>;
  perl(script: string, options?: Partial<RunOptions>): Promise<Run>;
  node(script: string, options?: Partial<RunOptions>): Promise<Run>;
  makeJob(options: RunOptions): ExecutionJob;
  /** Processes alive in this executor's slots, whatever they made of themselves. Needs root, which gives each slot a user. */
  listAlive(): number[];
  /** The next job works, and nothing of the last one is alive. */
  expectUsable(): Promise<void>;
  close(): Promise<void>;
}

export interface RunOptions {
  command: readonly string[];
  limits?: Partial<ExecutionLimits>;
  env?: Record<string, string>;
  inputs?: ExecutionJob["inputs"];
  mounts?: ExecutionJob["mounts"];
  warmKey?: string;
  signal?: AbortSignal;
  onOutput?: ExecutionOptions["onOutput"];
  collectInto?: string;
}

/** The Node that runs the tests, as a toolchain of the sandbox. */
export const NODE_MOUNT = { source: dirname(process.execPath), target: "/toolchain/node" };

export function createHarness(options: Partial<LocalExecutorOptions> = {}): Harness {
  const folder = mkdtempSync(join(tmpdir(), "slipway-executor-"));
  const executor = createLocalExecutor({ slots: 2, workRoot: join(folder, "work"), allowInsecure: false, warmPerKey: 0, ...options });
  const makeJob = (run: RunOptions): ExecutionJob => {
    const collectInto = run.collectInto ?? mkdtempSync(join(folder, "collected-"));
    mkdirSync(collectInto, { recursive: true });
    return {
      command: run.command,
      env: { PATH: "/usr/bin:/bin", ...run.env },
      mounts: [NODE_MOUNT, ...(run.mounts ?? [])],
      inputs: run.inputs ?? [],
      network: "none",
      limits: { ...TEST_LIMITS, ...run.limits },
      collectInto,
      ...(run.warmKey === undefined ? {} : { warmKey: run.warmKey }),
    };
  };
  const run = async (given: RunOptions): Promise<Run> => {
    const texts = { stdout: "", stderr: "" };
    const result = await executor.run(makeJob(given), {
      signal: given.signal ?? new AbortController().signal,
      onOutput: async (chunk) => {
        texts[chunk.stream] += Buffer.from(chunk.bytes).toString("utf8");
        await given.onOutput?.(chunk);
      },
    });
    return { ...result, ...texts };
  };
  const harness: Harness = {
    executor, folder, makeJob, run,
    bash: (script, more) => run({ ...more, command: ["bash", "--norc", "-c", script] }),
    perl: (script, more) => run({ ...more, command: ["perl", "-e", script] }),
    node: (script, more) => run({ ...more, command: ["/toolchain/node/node", "-e", script] }),
    listAlive: () =>
      readdirSync(join(folder, "work")).flatMap((name) => {
        const uid = /^slipway-(\d+)$/.exec(name)?.[1];
        return uid === undefined ? [] : listProcessesOfUser({ uid: Number(uid) });
      }),
    expectUsable: async () => {
      if ((options.warmPerKey ?? 0) === 0 && options.workRoot === undefined) expect(harness.listAlive()).toEqual([]);
      const next = await harness.bash("cat /in/greeting > /out/copy && echo fine", { inputs: [{ path: "greeting", content: Buffer.from("hello") }] });
      expect(next).toMatchObject({ exitCode: 0, stdout: "fine\n", isolation: "sandboxed" });
      expect(next.outputs).toMatchObject([{ path: "copy", size: 5 }]);
      expect(next.limitHit).toBeUndefined();
    },
    close: async () => {
      await executor.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return harness;
}

/** Waits for something that must come true soon. */
export async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error("still not so after 15 s");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
