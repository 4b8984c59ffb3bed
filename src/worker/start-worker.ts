/**
 * One worker: hosts the workflow functions, runs stages in the executor, hears cancels, beats, and takes over from the
 * dead. States: starting → working → draining (takes no more, lets stages end for a while, then hands them back) → stopped.
 */
import { rm } from "node:fs/promises";
import path from "node:path";
import { serve } from "inngest/edge";
import { createEngine, type Engine } from "~/engine";
import type { Chains } from "~/chains";
import type { Executor } from "~/executors/types";
import type { PipelineRegistry } from "~/pipelines/define";
import { createId } from "~/domain/ids";
import { createInngest, sendWorkflowEvents, type InngestServer, type SlipwayInngest } from "~/inngest/client";
import { createBuildRelease } from "~/inngest/functions/build-release";
import { createSweepRetention } from "~/inngest/functions/sweep-retention";
import { createRunningStages, type RunningStages } from "~/inngest/steps/running-stages";
import { refreshAfterUpgrade } from "~/server/services/builds/refresh-staleness";
import type { Logger, PlatformLimits } from "~/server/services/context";
import { createServiceContext, type OpenedServiceContext } from "~/server/services/create-context";
import { reapWorkers } from "~/server/services/workers/reap-workers";
import { beat, HEARTBEAT_MS, markDraining, registerWorker, retireWorker } from "~/server/services/workers/worker-record";
import { openFunctionEndpoint } from "./function-endpoint";
import { startVitalsMeter } from "./measure-vitals";
import { sweepAttempts } from "./sweep-attempts";

export interface StartWorkerOptions {
  databaseUrl: string;
  blobDirectory: string;
  /** Folder for stage attempts. */
  workRoot: string;
  pipelines: PipelineRegistry;
  executor: Executor;
  /** Default: none. Their owner keeps and closes them, after the worker has stopped. */
  chains?: Chains;
  /** What secrets of workspaces are kept under. */
  secretKey?: string;
  logger: Logger;
  /** Commands that the executor runs at once. */
  slots: number;
  /** Workflow steps that run at once; those beyond `slots` wait in the executor. */
  concurrency: number;
  /** Builds of one workspace that run at once. */
  perWorkspace: number;
  /** An Inngest server to be called by instead of the embedded engine, and where to listen for its calls. */
  inngestServer?: InngestServer & { serveHost: string; servePort: number };
  /** Default: `DEFAULT_LIMITS`. */
  limits?: Partial<PlatformLimits>;
}

export interface RunningWorker {
  workerId: string;
  /** Drains and closes everything but the executor, which its owner closes. */
  stop(): Promise<void>;
}

const DRAIN_MS = 10_000;
const HAND_BACK_MS = 5_000;

export async function startWorker(options: StartWorkerOptions): Promise<RunningWorker> {
  const { databaseUrl, pipelines, executor, logger, slots } = options;
  const workerId = createId("worker");
  const probe = await executor.probe();
  for (const check of probe.checks.filter((candidate) => !candidate.ok)) logger.warn({ check: check.name, detail: check.detail, fix: check.fix }, "isolation check failed");

  let inngest: SlipwayInngest | undefined;
  const context = await createServiceContext({
    databaseUrl,
    blobDirectory: options.blobDirectory,
    pipelines,
    chains: options.chains,
    secretKey: options.secretKey,
    logger,
    limits: options.limits,
    createSend: (database) => {
      const client = createInngest({ pool: database.pool, server: options.inngestServer, logger });
      inngest = client;
      return (events) => sendWorkflowEvents({ inngest: client, events });
    },
  });
  if (inngest === undefined) throw new Error("The service context did not ask for a sender.");
  await registerWorker({ context, workerId, slots, isolation: probe.isolation });

  const running = createRunningStages();
  const worker = { context, executor, workerId, running, workRoot: path.join(options.workRoot, workerId) };
  const functions = [createBuildRelease({ inngest, worker, perWorkspace: options.perWorkspace }), createSweepRetention({ inngest, context })];
  const engine = options.inngestServer === undefined ? createEngine({ pool: context.database.pool, handler: serve({ client: inngest, functions }), workerId, concurrency: options.concurrency, logger }) : null;
  await engine?.migrate();
  const endpoint = options.inngestServer === undefined ? null : await openFunctionEndpoint({ client: inngest, functions, host: options.inngestServer.serveHost, port: options.inngestServer.servePort, logger });

  const reap = () => reapWorkers({ context, workerId, releaseWorker: async (dead) => void (await engine?.releaseWorker(dead)) });
  // Before anything new is taken: what a predecessor on this machine left is free again at once.
  await reap();
  await sweepAttempts({ context, workRoot: options.workRoot });
  await engine?.start();
  const stopListening = await listen({ context, running });
  const vitals = startVitalsMeter({ countRunning: () => running.count() });
  const stopBeating = repeat(async () => {
    await beat({ context, workerId, vitals: vitals.read() });
    if ((await reap()).length > 0) await sweepAttempts({ context, workRoot: options.workRoot });
    context.kickOutbox();
  }, logger);
  context.kickOutbox();
  void refreshAfterUpgrade({ context })
    .then((count) => logger.info({ releases: count }, "releases compared with this installation's toolchain"))
    .catch((error: unknown) => logger.warn({ error: String(error) }, "staleness could not be refreshed"));
  logger.info({ workerId, slots, isolation: probe.isolation, engine: engine === null ? "inngest server" : "embedded" }, "worker ready");

  return {
    workerId,
    async stop() {
      logger.info({ workerId, builds: running.buildIds() }, "worker draining");
      await markDraining({ context, workerId }).catch((error: unknown) => logger.warn({ err: error }, "the others could not be told of the draining"));
      const handBack = setTimeout(() => running.stopAll("shutting down"), DRAIN_MS);
      await endpoint?.close({ waitMs: DRAIN_MS + HAND_BACK_MS });
      await drain({ engine });
      clearTimeout(handBack);
      stopListening();
      await stopBeating();
      vitals.stop();
      await engine?.releaseWorker(workerId);
      await rm(worker.workRoot, { recursive: true, force: true });
      await retireWorker({ context, workerId });
      await context.close();
      logger.info({ workerId }, "worker stopped");
    },
  };
}

async function drain({ engine }: { engine: Engine | null }): Promise<void> {
  await engine?.stop({ drainMs: DRAIN_MS + HAND_BACK_MS });
}

/** Cancels stop their stages here; outbox notices are delivered at once. */
async function listen({ context, running }: { context: OpenedServiceContext; running: RunningStages }): Promise<() => void> {
  const unsubscribeCancel = await context.bus.subscribe("cancel", "*", (notice) => {
    if (!notice.reconnected) return running.stopBuild(notice.key, "cancelled");
    // Notices may have been missed while the connection was down: ask the rows.
    void stopCancelled({ context, running }).catch((error: unknown) => context.logger.warn({ error: String(error) }, "missed cancels could not be read"));
  });
  const unsubscribeOutbox = await context.bus.subscribe("outbox", "", () => context.kickOutbox());
  return () => {
    unsubscribeCancel();
    unsubscribeOutbox();
  };
}

async function stopCancelled({ context, running }: { context: OpenedServiceContext; running: RunningStages }): Promise<void> {
  const cancelled = await context.database.db.build.findMany({
    where: { id: { in: running.buildIds() }, cancelRequestedAt: { not: null } },
    select: { id: true },
  });
  for (const { id } of cancelled) running.stopBuild(id, "cancelled");
}

/** Runs `work` every heartbeat, never twice at once; a failure is logged and the next beat tries again. */
function repeat(work: () => Promise<void>, logger: Logger): () => Promise<void> {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let current: Promise<void> = Promise.resolve();
  const next = () => {
    timer = setTimeout(() => {
      current = work()
        .catch((error: unknown) => logger.warn({ error: String(error) }, "heartbeat failed"))
        .then(() => {
          if (!stopped) next();
        });
    }, HEARTBEAT_MS);
  };
  next();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await current;
  };
}
