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

/** What one lane of a deployment is about. Addresses are lower or mixed case; hashes and signed transactions 0x hex. */
export interface OpenLane {
  chainId: number;
  chainName: string;
  /** Symbol of the chain's coin. */
  unit: string;
  contract: string;
  /** SHA-256 of what is deployed, lower-case hex. */
  deployableHash: string;
}

export type LaneStep = "contract" | "implementation" | "proxy" | "filler";

/** `sent`: it is sent, or about to be. `replaced`: its nonce was used by another transaction. */
export type LaneTransactionStatus = "sent" | "confirmed" | "reverted" | "replaced";

export interface LaneTransaction {
  id: string;
  step: LaneStep;
  nonce: number;
  hash: `0x${string}`;
  /** The signed transaction: sending it twice is the same as once. */
  raw: `0x${string}`;
  status: LaneTransactionStatus;
  /** False: recorded by an earlier build of the same contract. */
  own: boolean;
}

/** A lane's end. `null` for what it has not. */
export interface LaneEnd {
  status: "successful" | "failed";
  address: string | null;
  transaction: string | null;
  block: bigint | null;
  gasUsed: bigint | null;
  costWei: bigint | null;
  explorerUrl: string | null;
  verified: boolean;
  carriedOver: boolean;
  error: { code: string; message: string } | null;
}

/** Signs the transaction for the nonce it is given. */
export type SignForNonce = (nonce: number) => Promise<{ raw: `0x${string}`; hash: `0x${string}` }>;

/**
 * The record of deployments: written before anything is sent, so that whoever goes on after a crash knows what may be out.
 * Every call throws when the attempt has lost its claim, or, where it would sign something new, when the build is being cancelled.
 */
export interface DeploymentLedger {
  /** Begins the lane, or goes on with it after a crash. */
  open(lane: OpenLane): Promise<void>;
  /** Who signs the lane's transactions from here on. */
  assignSigner(options: { chainId: number; signer: string }): Promise<void>;
  /**
   * The transaction that puts this lane's contract on the chain, if one was recorded and may have been mined: this build's
   * own, else an earlier build's of the same contract, chain and signer (not when everything was asked for anew). With it
   * those of the same nonce whose fees it raised, oldest first. Empty: there is none.
   */
  find(options: { chainId: number; step: LaneStep; ownOnly: boolean }): Promise<LaneTransaction[]>;
  /** Gives out the signer's next nonce on the chain, under a lock, and records what `sign` makes of it. `readNonce`: the chain's next, pending ones counted. */
  sign(options: { chainId: number; step: LaneStep; readNonce: () => Promise<number>; sign: SignForNonce }): Promise<LaneTransaction>;
  /** Records what `sign` makes of the nonce of `transaction`, which stays on record: either of them may be mined. */
  replace(options: { chainId: number; transaction: LaneTransaction; sign: SignForNonce }): Promise<LaneTransaction>;
  /**
   * Transactions that must be sent so that one with the nonce `below` can be mined: those recorded and lost on the way, and
   * new ones that do nothing (made by `sign`) for nonces whose transaction nobody waits for any more. In the order of their nonces.
   */
  fillGap(options: { chainId: number; below: number; readNonce: () => Promise<number>; sign: SignForNonce }): Promise<LaneTransaction[]>;
  mark(options: { transaction: LaneTransaction; status: LaneTransactionStatus }): Promise<void>;
  /** What the lane does now, for whoever watches. */
  tell(options: { chainId: number; message: string }): Promise<void>;
  settle(options: { chainId: number; end: LaneEnd }): Promise<void>;
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
  /** The values of `secretNames` that the workspace has, by name. Masked in the log; never handed to a sandbox by themselves. */
  secrets: Readonly<Record<string, string>>;
  /** For stages that put contracts on chains. */
  ledger: DeploymentLedger;
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
  /** Names of the workspace's secrets that it asks for. */
  secretNames?(options: Options): readonly string[];
  /**
   * Looks whether an earlier result with the same fingerprint still holds, where that depends on the world outside: answers
   * null when it does, else why it is not reused, in words. Not being able to tell counts as holding.
   */
  checkReuse?(options: { artifacts: readonly StageArtifact[]; options: Options }): Promise<string | null>;
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
  /** May be empty where the options alone say what to build. */
  files: readonly { path: string; content: string }[];
  /** Options of its release. */
  options?: Readonly<Record<string, unknown>>;
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
