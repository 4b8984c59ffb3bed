/** The contract between a stage and whatever runs its commands: a local sandbox now, cluster jobs later. */

export interface ExecutionLimits {
  /** Wall time, ms. */
  wallMs: number;
  /** CPU summed over every process of the tree, seconds. */
  cpuSeconds: number;
  /** Proportional set size of the tree plus its memory file systems, MiB. */
  memoryMb: number;
  /** Processes and threads alive at once. */
  pids: number;
  /** stdout + stderr together, bytes. */
  outputBytes: number;
  /** Size of the work folder, MiB, exact. */
  diskMb: number;
  /** Files and folders in the work folder, exact. */
  diskFiles: number;
}

export type LimitName = keyof ExecutionLimits;

/** A read-only folder or file of the host that the command may see, such as a toolchain. */
export interface ReadOnlyMount {
  source: string;
  target: string;
}

/** A file placed under `/in` (read-only) before the command starts. `path` is relative, `/`-separated. */
export interface InputFile {
  path: string;
  content: Uint8Array | { hostFile: string };
}

export interface ExecutionJob {
  /** Program and arguments; never a shell line. */
  command: readonly string[];
  /** Working folder inside; default `/out`, the only writable place besides `/tmp`. */
  cwd?: string;
  /** The whole environment: nothing is inherited. */
  env: Readonly<Record<string, string>>;
  mounts: readonly ReadOnlyMount[];
  inputs: readonly InputFile[];
  network: "none" | "egress";
  limits: ExecutionLimits;
  /** Host folder, existing and empty, that receives copies of the regular files left in `/out`. */
  collectInto: string;
  /**
   * Jobs with the same key share command, mounts, environment and limits, and read what to do only from `/in`
   * after a line arrives on stdin; the executor may keep one such process started ahead, used once.
   */
  warmKey?: string;
}

export interface CollectedFile {
  /** Relative to `/out`, `/`-separated. */
  path: string;
  /** Where the safe copy lies on the host, inside `collectInto`. */
  hostFile: string;
  size: number;
}

/** Something left in `/out` that was not taken, and why (`symbolic link`, `named pipe`, `hard link`, …). */
export interface RefusedOutput {
  path: string;
  reason: string;
}

export interface ExecutionUsage {
  wallMs: number;
  cpuMs: number;
  peakMemoryMb: number;
  outputBytes: number;
  diskBytes: number;
}

export type Isolation = "sandboxed" | "insecure";

export interface ExecutionResult {
  exitCode: number | null;
  /** The signal that ended the command, such as `SIGKILL`. */
  signal: string | null;
  /** Set when a limit ended it. */
  limitHit?: LimitName;
  /** True when `signal` of the options was aborted before the command ended. */
  aborted: boolean;
  /** From abort or limit to every process of the tree confirmed dead, ms. */
  killedInMs?: number;
  usage: ExecutionUsage;
  isolation: Isolation;
  outputs: readonly CollectedFile[];
  refused: readonly RefusedOutput[];
}

export interface OutputChunk {
  stream: "stdout" | "stderr";
  bytes: Uint8Array;
}

export interface ExecutionOptions {
  /** Abort kills the whole tree: TERM, grace, KILL; `run` resolves once it is confirmed dead. */
  signal: AbortSignal;
  /** Called in order; a returned promise is awaited before more is read (back-pressure reaches the command). */
  onOutput: (chunk: OutputChunk) => void | Promise<void>;
}

export interface ExecutorProbe {
  ok: boolean;
  isolation: Isolation | "none";
  /** One line per thing checked. */
  checks: readonly { name: string; ok: boolean; detail: string; fix?: string }[];
}

export interface Executor {
  /** Runs one command to its end. Rejects only for faults of ours (no slot, broken isolation), never for the command's. */
  run(job: ExecutionJob, options: ExecutionOptions): Promise<ExecutionResult>;
  /** Tries the isolation for real; called at boot and by the doctor. */
  probe(): Promise<ExecutorProbe>;
  /** Kills what still runs and frees the slots. */
  close(): Promise<void>;
}
