import { Pool } from "pg";
import { EngineError } from "./errors";
import { migrateEngine } from "./migrations/migrate";
import { readFunctions } from "./protocol/read-functions";
import { releaseWorker } from "./systems/lease";
import { listenForWakes } from "./systems/listen";
import { startPump } from "./systems/pump";
import { readQueuePosition, readStats, type EngineStats } from "./systems/read-stats";
import { registerFunctions } from "./systems/register-functions";
import type { EngineContext, EngineLogger, EngineOptions } from "./types";

const SILENT: EngineLogger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

const OWN_POOL_SIZE = 8;
const DAY_MS = 86_400_000;

/** A running embedded Inngest server, or one that can be started. */
export interface Engine {
  /** Creates and updates the engine's tables (schema `engine`). Any number of processes may call it at once. */
  migrate(): Promise<void>;
  /**
   * Registers the handler's functions and starts to work.
   * @throws EngineError when a function asks for something the engine does not support, or `start` was called before.
   */
  start(): Promise<void>;
  /** Takes no more work, waits up to `drainMs` (default 30,000) for calls under way, then gives the rest back. */
  stop(options?: { drainMs?: number }): Promise<void>;
  /** Frees what a worker known to be dead holds, at once instead of when its leases end; gives back the number of calls. */
  releaseWorker(workerId: string): Promise<number>;
  /** Counts over all workers of the database. */
  stats(): Promise<EngineStats>;
  /** Place in the queue, from 1, of a run that has not started, by the run's id or its event's; otherwise null. */
  queuePosition(id: string): Promise<number | null>;
}

/**
 * Makes an embedded Inngest server over a handler of `inngest/edge`. Nothing happens before `migrate` and `start`.
 * @throws EngineError when neither `databaseUrl` nor `pool` is given, or an option makes no sense.
 */
export function createEngine(options: EngineOptions): Engine {
  const { databaseUrl, pool: sharedPool } = options;
  if (!sharedPool && databaseUrl === undefined) {
    throw new EngineError("createEngine: databaseUrl and pool are both missing; give one of them");
  }
  const concurrency = options.concurrency ?? 10;
  if (!Number.isInteger(concurrency) || concurrency < 1) {
    throw new EngineError(`createEngine: concurrency must be a whole number of 1 or more, not ${concurrency}`);
  }
  const logger = options.logger ?? SILENT;
  const pool = sharedPool ?? new Pool({ connectionString: databaseUrl, max: OWN_POOL_SIZE });
  const onIdleError = (cause: Error): void => logger.warn({ err: cause }, "an idle connection of the engine was lost");
  pool.on("error", onIdleError);
  const ctx: EngineContext = {
    pool,
    handler: options.handler,
    workerId: options.workerId,
    concurrency,
    logger,
    retryBackoff: options.retryBackoff ?? { baseMs: 1_000, maxMs: 600_000 },
    leaseMs: options.leaseMs ?? 15_000,
    sweepMs: options.sweepMs ?? 5_000,
    retentionMs: options.retentionMs ?? 14 * DAY_MS,
    maxCrashes: options.maxCrashes ?? 5,
  };
  let running: { stop: (drainMs: number) => Promise<void> } | undefined;

  return {
    migrate: () => migrateEngine({ pool }),
    async start() {
      if (running) throw new EngineError("the engine is started already; stop it first");
      const { appId, plans } = await readFunctions({ handler: ctx.handler });
      await registerFunctions({ pool, appId, plans });
      const pump = startPump({ ctx, ownFnIds: plans.map((plan) => plan.id) });
      const silence = listenForWakes({
        ctx,
        onWake: pump.wake,
        onConnect: () => pump.wake("all"),
        onLoss: pump.noteOutage,
      });
      running = {
        async stop(drainMs) {
          await pump.stop({ drainMs });
          silence();
        },
      };
      logger.info({ workerId: ctx.workerId, functions: plans.length }, "the embedded workflow engine is running");
    },
    async stop({ drainMs = 30_000 } = {}) {
      await running?.stop(drainMs);
      running = undefined;
      // The engine's own pool keeps its listener: connections that are just saying goodbye may still fail.
      if (sharedPool) pool.off("error", onIdleError);
      else if (!pool.ended) await pool.end();
    },
    releaseWorker: (workerId) => releaseWorker({ pool, workerId }),
    stats: () => readStats({ pool }),
    queuePosition: (id) => readQueuePosition({ pool, id }),
  };
}
