/**
 * One stage of one build, from claim to settled record. Safe to run twice: a stage that is over answers its status, and
 * an attempt that lost its claim can write nothing.
 */
import type { Attributes } from "@opentelemetry/api";
import { AppError } from "~/domain/errors";
import { computeFingerprint, type StageInputs } from "~/domain/fingerprint";
import type { StageStatus } from "~/domain/statuses";
import type { Executor } from "~/executors/types";
import type { AnyPipeline, StageDefinition, StageFailure, StageOutcome } from "~/pipelines/define";
import { retryWhileDatabaseIsAway } from "~/server/db/transient";
import { claimStage, type StageClaim } from "~/server/services/builds/claim-stage";
import { explainRun, findBlocker, loadNeeds } from "~/server/services/builds/prepare-stage";
import { finishBuild } from "~/server/services/builds/finish-build";
import { checkReuse, describeReuse, findReusableResult } from "~/server/services/builds/find-reusable-result";
import { createLogWriter, type LogWriter } from "~/server/services/builds/log-writer";
import { createProgressWriter } from "~/server/services/builds/progress-writer";
import { settleStage, type StageEnd } from "~/server/services/builds/settle-stage";
import { collectStageInputs } from "~/server/services/builds/stage-inputs";
import { openLedger } from "~/server/services/deployments/open-ledger";
import { readManifest } from "~/server/services/releases/file-manifest";
import { readSecrets } from "~/server/services/secrets/read-secrets";
import type { ServiceContext } from "~/server/services/context";
import { parentOfStages } from "~/telemetry/build-trace";
import { withLogFields } from "~/telemetry/log-scope";
import { inSpan, type OpenSpan } from "~/telemetry/spans";
import { openStageContext } from "./stage-context";
import { StageStopped, stopReasonOf, type RunningStage, type RunningStages } from "./running-stages";

/** What a worker lends to the stages that it runs. */
export interface StageWorker {
  context: ServiceContext;
  executor: Executor;
  workerId: string;
  running: RunningStages;
  workRoot: string;
}

/** Answers the stage's final status. Throws for faults of ours, so that the workflow tries the step again. */
export async function runStage(options: { worker: StageWorker; buildId: string; key: string }): Promise<StageStatus> {
  const { worker, buildId, key } = options;
  const { context } = worker;
  const waitOut: WaitOut = (work) =>
    retryWhileDatabaseIsAway({ work, onRetry: (error) => context.logger.warn({ buildId, stage: key, error: String(error) }, "database away, waiting") });
  const running = worker.running.start(buildId);
  try {
    const answer = await waitOut(() => claimStage({ context, buildId, key, workerId: worker.workerId }));
    if (!answer.claimed) return answer.status;
    const { claim } = answer;
    return await withLogFields({
      fields: { requestId: claim.build.requestId, buildId, stage: key, attempt: claim.stage.attempt },
      run: () => inSpan({ name: `stage ${key}`, parent: parentOfStages(claim.build), attributes: describeClaim({ claim, worker }), run: (span) => runClaimed({ worker, claim, running, span, waitOut }) }),
    });
  } finally {
    running.done();
  }
}

type WaitOut = <Result>(work: () => Promise<Result>) => Promise<Result>;

function describeClaim({ claim: { build, stage }, worker }: { claim: StageClaim; worker: StageWorker }): Attributes {
  return { "slipway.build_id": build.id, "slipway.kind": build.kind, "slipway.stage": stage.key, "slipway.attempt": stage.attempt, "slipway.worker_id": worker.workerId };
}

async function runClaimed(options: { worker: StageWorker; claim: StageClaim; running: RunningStage; span: OpenSpan; waitOut: WaitOut }): Promise<StageStatus> {
  const { worker, claim, running, span, waitOut } = options;
  const { context } = worker;
  const { id: buildId } = claim.build;
  const { key } = claim.stage;
  const started = performance.now();
  context.logger.info({ takenOver: claim.takenOver }, "stage begins");
  // Filled before the stage runs: the log masks what is in it.
  const masked: string[] = [];
  const log = createLogWriter({
    pool: context.database.pool,
    buildId,
    stageId: claim.stage.id,
    fence: claim.stage.fence,
    logLines: claim.stage.logLines,
    secrets: masked,
    onLost: () => running.stop("claim lost"),
    onRetry: (error) => context.logger.warn({ buildId, stage: key, error: String(error) }, "log write will be tried again"),
  });
  if (claim.takenOver) log.line(`\u001b[33mThe worker that ran this stage was lost; it starts again (attempt ${claim.stage.attempt}).\u001b[0m`);
  const end = await endOf({ worker, claim, log, masked, running });
  await log.close();
  const status = await waitOut(() => settleStage({ context, stage: claim.stage, end }));
  if (status === null) throw new StageStopped("claim lost");
  context.logger.info({ status, cached: end.cachedFromId !== null, ms: Math.round(performance.now() - started), errorCode: end.error?.code }, "stage over");
  span.set({ "slipway.status": status, "slipway.cached": end.cachedFromId !== null });
  if (status === "failed") span.fail(end.error?.code ?? "failed");
  // A cancelled workflow run takes no further step, so whoever settles the last stage closes the build.
  if (status === "cancelled") await waitOut(() => finishBuild({ context, buildId }));
  return status;
}

interface Attempt {
  worker: StageWorker;
  claim: StageClaim;
  log: LogWriter;
  /** Values that the log never shows. */
  masked: string[];
  running: RunningStage;
}

const NOTHING: StageEnd = {
  status: "cancelled", artifacts: [], inputs: null, fingerprint: null, cachedFromId: null, reason: null, error: null, errorLine: null, report: null, insecure: false,
};

/** Runs, reuses or skips; turns whatever happens into the end that is written. */
async function endOf(attempt: Attempt): Promise<StageEnd> {
  const { worker, claim, log, running } = attempt;
  try {
    return await workOut(attempt);
  } catch (error) {
    const stopped = stopReasonOf(running.signal);
    if (stopped === "cancelled") {
      log.line("\u001b[33mCancelled.\u001b[0m");
      return { ...NOTHING, reason: "Cancelled on request" };
    }
    if (stopped !== null) {
      if (stopped === "shutting down") log.line("\u001b[33mThe worker is shutting down; this stage starts again on another one.\u001b[0m");
      await log.close();
      throw error;
    }
    if (error instanceof AppError && error.code === "not_available") {
      return failedEnd(log, { code: "sandbox_unavailable", message: error.userMessage });
    }
    worker.context.logger.error({ buildId: claim.build.id, stage: claim.stage.key, attempt: claim.stage.attempt, error }, "stage attempt broke");
    const retries = findDefinition(attempt).stage.retries;
    if (claim.stage.attempt <= retries) {
      log.line(`\u001b[33mSomething on the platform's side broke; the stage is tried again (${claim.stage.attempt} of ${retries + 1}).\u001b[0m`);
      await log.close();
      throw error;
    }
    return failedEnd(log, { code: "internal_error", message: "Something on the platform's side broke. Rebuild; if it stays, tell an admin the build's id." });
  }
}

function findDefinition({ worker, claim }: Attempt): { pipeline: AnyPipeline; stage: StageDefinition<Record<string, unknown>> } {
  const pipeline = worker.context.pipelines.get(claim.build.kind);
  const stage = pipeline?.stages.find((candidate) => candidate.key === claim.stage.key);
  if (pipeline === undefined || stage === undefined) {
    throw new AppError("not_available", { userMessage: `This installation no longer has the stage "${claim.stage.key}" of ${claim.build.kind} packages.` });
  }
  return { pipeline, stage };
}

async function workOut(attempt: Attempt): Promise<StageEnd> {
  const { worker, claim, log, running } = attempt;
  const { context } = worker;
  const { pipeline, stage } = findDefinition(attempt);
  const blocker = findBlocker({ claim, stage });
  if (blocker !== null) {
    log.line(`Skipped: ${blocker}`);
    return { ...NOTHING, status: "skipped", reason: blocker };
  }
  const manifest = await readManifest({ blobs: context.blobs, digest: claim.build.filesDigest });
  const options = pipeline.options.parse(claim.build.options);
  const needs = await loadNeeds({ context, claim });
  const inputs: StageInputs = collectStageInputs({ stage, manifest, options, needs: needs.digests });
  const made = { inputs, fingerprint: computeFingerprint(inputs) };

  const { workspaceId } = claim.build;
  const forced = claim.build.mode === "all" || claim.build.onlyStages.includes(stage.key);
  const found = forced ? null : await findReusableResult({ context, workspaceId, kind: claim.build.kind, key: stage.key, fingerprint: made.fingerprint });
  const outdated = found === null ? null : await checkReuse({ stage, options, found, blobs: context.blobs });
  if (outdated !== null) log.line(`An earlier result is not reused: ${outdated}`);
  const reusable = outdated === null ? found : null;
  if (reusable !== null) {
    const words = describeReuse({ found: reusable, buildId: claim.build.id, fingerprint: made.fingerprint });
    log.line(words.line);
    const report = needs.reportOf(reusable.stage);
    return { ...NOTHING, ...made, status: "successful", artifacts: reusable.artifacts, cachedFromId: reusable.stage.id, reason: words.reason, report };
  }

  const reason = await explainRun({ context, claim, inputs, forced });
  const secrets = await readSecrets({ context, workspaceId, names: stage.secretNames?.(options) ?? [] });
  attempt.masked.push(...Object.values(secrets.values));
  for (const problem of secrets.problems) log.line(`\u001b[33m${problem}\u001b[0m`);
  const ledger = openLedger({ context, stage: claim.stage, workspaceId, fresh: forced });
  const progress = createProgressWriter({ context, stage: claim.stage, workspaceId });
  const opened = await openStageContext({ ...worker, stage, options, manifest, needs: needs.stages, secrets: secrets.values, ledger, log, signal: running.signal, onProgress: progress.report });
  try {
    const outcome = await stage.run(opened.stageContext);
    await progress.close();
    running.signal.throwIfAborted();
    return { ...NOTHING, ...made, ...describeOutcome(outcome, log), artifacts: opened.artifacts, reason: outcome.status === "skipped" ? outcome.reason : reason, insecure: opened.insecure() };
  } finally {
    await progress.close();
    await opened.close();
  }
}

function describeOutcome(outcome: StageOutcome, log: LogWriter): Pick<StageEnd, "status" | "error" | "errorLine" | "report"> {
  if (outcome.status === "skipped") {
    log.line(`Skipped: ${outcome.reason}`);
    return { status: "skipped", error: null, errorLine: null, report: null };
  }
  if (outcome.status === "successful") return { status: "successful", error: null, errorLine: null, report: outcome.report ?? null };
  const { status, error, errorLine } = failedEnd(log, outcome.error);
  return { status, error, errorLine, report: outcome.report ?? null };
}

function failedEnd(log: LogWriter, error: StageFailure): StageEnd {
  const lastLine = log.line(`\u001b[31mFailed: ${error.message.replaceAll("\n", " ")}\u001b[0m`);
  return { ...NOTHING, status: "failed", error, errorLine: error.logLine ?? lastLine };
}
