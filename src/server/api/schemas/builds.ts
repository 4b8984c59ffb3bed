/** Shapes of builds as every surface answers them (see the HTTP API). Times are ISO 8601, durations ms where named so. */
import { z } from "zod";
import { BUILD_STATUSES, STAGE_STATUSES } from "~/domain/statuses";

export const packageKind = z.enum(["circuit", "contract", "python", "function", "project"]);
export const buildStatus = z.enum(BUILD_STATUSES);
export const stageStatus = z.enum(STAGE_STATUSES);
export const buildTrigger = z.enum(["push", "rebuild", "api", "files_changed"]);
export const rebuildMode = z.enum(["stale", "failed", "all"]);
const time = z.iso.datetime();

export const person = z.object({ handle: z.string(), name: z.string(), image: z.string().nullable() });

export const sourceLocation = z.object({
  file: z.string(),
  line: z.number().int().optional(),
  column: z.number().int().optional(),
  excerpt: z.string().optional(),
});

export const stageFinding = z.object({
  severity: z.enum(["error", "warning"]),
  code: z.string(),
  message: z.string(),
  subject: z.string().optional(),
  location: sourceLocation.optional(),
});

export const stageReport = z.object({
  errorCount: z.number().int(),
  warningCount: z.number().int(),
  findings: z.array(stageFinding),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

export const stageError = z.object({
  code: z.string(),
  message: z.string(),
  location: sourceLocation.nullable(),
  /** Number of the log line that shows it, within the stage, from 1. */
  log_line: z.number().int().nullable(),
});

export const stageDot = z.object({ key: z.string(), title: z.string(), status: stageStatus, cached: z.boolean() });

export const stageView = stageDot.extend({
  needs: z.array(z.string()),
  attempt: z.number().int(),
  progress: z.number().int(),
  /** Why it ran, was reused or was skipped, in words. */
  reason: z.string().nullable(),
  fingerprint: z.string().nullable(),
  toolchain: z.record(z.string(), z.string()),
  error: stageError.nullable(),
  report: stageReport.nullable(),
  started_at: time.nullable(),
  completed_at: time.nullable(),
  duration_ms: z.number().int().nullable(),
  log_lines: z.number().int(),
  insecure: z.boolean(),
  /** The release's view: does what it made still fit the release's present files and toolchain? */
  is_stale: z.boolean(),
  stale_reason: z.string().nullable(),
});

export const buildSummary = z.object({
  build_id: z.string(),
  number: z.number().int(),
  kind: packageKind,
  /** `workspace/name`. */
  package: z.string(),
  release_id: z.string(),
  version: z.string(),
  commit_sha: z.string().nullable(),
  ref: z.string().nullable(),
  trigger: buildTrigger,
  mode: rebuildMode,
  requested_by: person.nullable(),
  status: buildStatus,
  /** True from the request to cancel until every process is confirmed dead. */
  cancelling: z.boolean(),
  stages: z.array(stageDot),
  error: z.object({ stage: z.string().nullable(), code: z.string(), message: z.string() }).nullable(),
  labels: z.record(z.string(), z.string()),
  insecure: z.boolean(),
  created_at: time,
  started_at: time.nullable(),
  completed_at: time.nullable(),
  duration_ms: z.number().int().nullable(),
  queue_wait_ms: z.number().int().nullable(),
  cancelled_in_ms: z.number().int().nullable(),
});

export const artifactView = z.object({
  name: z.string(),
  stage: z.string(),
  media_type: z.string(),
  size: z.number().int(),
  sha256: z.string(),
  /** Path on this server, such as `/api/v1/builds/{id}/artifacts/{name}`. */
  url: z.string(),
});

export const logLine = z.object({
  /** Number in the build, from 1, without gaps. */
  id: z.number().int(),
  /** Number in its stage, from 1, without gaps. */
  stage_line: z.number().int(),
  stage: z.string(),
  stream: z.enum(["stdout", "stderr", "system"]),
  created_at: time,
  message: z.string(),
});

export const deploymentView = z.object({
  chain_id: z.number().int(),
  chain_name: z.string(),
  status: stageStatus,
  attempt: z.number().int(),
  contract: z.string(),
  address: z.string().nullable(),
  transaction: z.string().nullable(),
  block: z.number().int().nullable(),
  gas_used: z.number().int().nullable(),
  /** Of the chain's smallest unit, decimal digits; `cost` is the same in `unit`. */
  cost_wei: z.string().nullable(),
  cost: z.string().nullable(),
  unit: z.string(),
  explorer_url: z.string().nullable(),
  /** The code on the chain is the compiled one. */
  verified: z.boolean(),
  /** Put there by an earlier build of the same contract: this one paid nothing. */
  carried_over: z.boolean(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  started_at: time.nullable(),
  completed_at: time.nullable(),
});
export type DeploymentView = z.infer<typeof deploymentView>;

export const buildEvent = z.object({
  object: z.literal("build.event"),
  id: z.number().int(),
  type: z.enum(["build.created", "build.step", "build.log", "build.completed"]),
  build_id: z.string(),
  created: time,
  step: z.string().optional(),
  stream: z.enum(["stdout", "stderr", "system"]).optional(),
  status: stageStatus.optional(),
  progress: z.number().int().optional(),
  message: z.string().optional(),
  /** `build.log`: number of the line in the build and in its stage. */
  line: z.number().int().optional(),
  stage_line: z.number().int().optional(),
  exit_code: z.number().int().optional(),
  error_message: z.string().nullable().optional(),
  error_code: z.string().nullable().optional(),
  /** `build.step` of a deployment: the lane that changed. */
  deployment: deploymentView.optional(),
  summary: z.string().optional(),
});
export type BuildEventView = z.infer<typeof buildEvent>;

export const buildDetail = buildSummary.extend({
  stages: z.array(stageView),
  artifacts: z.array(artifactView),
  deployments: z.array(deploymentView),
  /** Seconds that the stages of a contract took; null before they ended, and for other kinds. */
  generation_time: z.number().nullable(),
  audit_time: z.number().nullable(),
  deploy_time: z.number().nullable(),
  /** What this build paid; null for other kinds. Contracts that were there already cost nothing. */
  total_cost: z
    .object({
      chains: z.array(z.object({ chain_id: z.number().int(), chain_name: z.string(), gas_used: z.number().int(), cost_wei: z.string(), cost: z.string(), unit: z.string() })),
      /** Of a language model, where one was used. */
      model_tokens: z.number().int().nullable(),
    })
    .nullable(),
  /** Seconds a contract's build will probably take, from the medians of its stages here; null when it is over. */
  estimated_time: z.number().nullable(),
  /** The newest lines of the log, as many as `tail` asked for. */
  logs_preview: z.array(logLine),
  /** Every event that is not a log line. */
  events: z.array(buildEvent),
  log: z.object({ lines: z.number().int(), bytes: z.number().int(), capped: z.boolean(), complete: z.boolean() }),
  /** When retention removed the log and the artifacts; null: they are there. */
  content_removed_at: time.nullable(),
  /** The `X-Request-Id` of the request that made it; null: it was not made by one. */
  created_by_request: z.string().nullable(),
  /** Cursor: subscribe with it to get all that comes after this answer. */
  last_event_id: z.number().int(),
  /** Newest build of its release? Newest successful release of its package? */
  is_latest: z.boolean(),
  locked: z.boolean(),
  /** While pending: builds ahead in the queue, and ms until it probably starts, from this package's own past. */
  queue: z.object({ position: z.number().int(), ahead: z.string(), estimated_start_ms: z.number().int().nullable() }).nullable(),
  estimated_duration_ms: z.number().int().nullable(),
  can_write: z.boolean(),
});

export type BuildSummary = z.infer<typeof buildSummary>;
export type BuildDetail = z.infer<typeof buildDetail>;
export type StageView = z.infer<typeof stageView>;
export type LogLine = z.infer<typeof logLine>;
export type ArtifactView = z.infer<typeof artifactView>;

export const createdBuild = z.object({
  build_id: z.string(),
  release_id: z.string(),
  package: z.string(),
  number: z.number().int(),
  status: buildStatus,
  created_at: time,
  /** Seconds, from this package's own past; null without one. */
  estimated_time: z.number().nullable(),
  links: z.object({ self: z.string(), html: z.string(), logs: z.string(), events: z.string(), artifacts: z.string() }),
});
