/**
 * Finds workers that died without a word and frees what they held: at once on the same machine, where the process can be
 * looked for, and after 30 s of silence elsewhere. Their unfinished stages are taken over by the workflow engine; those
 * of builds that were being cancelled are closed here, because nobody will run them again.
 */
import { hostname } from "node:os";
import type { Worker } from "../../db/generated/client";
import { closeBuild } from "../builds/finish-build";
import { mirrorStage } from "../builds/mirror-stage";
import { lockBuild } from "../builds/record-event";
import type { ServiceContext } from "../context";
import { readPidStart, retireWorker, SILENT_MS } from "./worker-record";

export interface ReapWorkersOptions {
  context: ServiceContext;
  /** The caller, which is alive by definition. */
  workerId: string;
  /** Frees the dead worker's claims in the workflow engine. */
  releaseWorker: (workerId: string) => Promise<void>;
}

/** Answers the ids of the workers it found dead. */
export async function reapWorkers({ context, workerId, releaseWorker }: ReapWorkersOptions): Promise<string[]> {
  const { db } = context.database;
  const others = await db.worker.findMany({ where: { stoppedAt: null, id: { not: workerId } } });
  const dead: string[] = [];
  for (const worker of others) {
    if (!(await isDead(worker))) continue;
    context.logger.warn({ worker: worker.id, pid: worker.pid }, "a worker died; freeing what it held");
    await releaseWorker(worker.id);
    await retireWorker({ context, workerId: worker.id });
    dead.push(worker.id);
  }
  await closeAbandonedCancels({ context });
  return dead;
}

async function isDead(worker: Worker): Promise<boolean> {
  if (worker.hostname === hostname() && (await readPidStart(worker.pid)) !== worker.pidStart) return true;
  return Date.now() - worker.lastSeenAt.getTime() > SILENT_MS;
}

/** Builds being cancelled whose running stages belong to workers that stopped. */
async function closeAbandonedCancels({ context }: { context: ServiceContext }): Promise<void> {
  const { db } = context.database;
  const rows = await db.$queryRaw<{ build_id: string }[]>`
    SELECT DISTINCT s.build_id FROM build_stage s JOIN build b ON b.id = s.build_id LEFT JOIN worker w ON w.id = s.worker_id
     WHERE s.status = 'building' AND b.cancel_requested_at IS NOT NULL AND b.completed_at IS NULL
       AND (w.id IS NULL OR w.stopped_at IS NOT NULL)`;
  for (const { build_id: buildId } of rows) {
    await db.$transaction(async (tx) => {
      await lockBuild(tx, buildId);
      const build = await tx.build.findUniqueOrThrow({ where: { id: buildId }, include: { stages: { orderBy: { position: "asc" } } } });
      const workers = await tx.worker.findMany({ where: { id: { in: build.stages.flatMap((stage) => stage.workerId ?? []) }, stoppedAt: null } });
      const alive = new Set(workers.map((worker) => worker.id));
      const stages = [];
      for (const stage of build.stages) {
        if (stage.status !== "building" || alive.has(stage.workerId ?? "")) {
          stages.push(stage);
          continue;
        }
        const closed = await tx.buildStage.update({
          where: { id: stage.id },
          data: { status: "cancelled", completedAt: new Date(), fence: { increment: 1 }, reason: "Cancelled; its worker had died" },
        });
        await mirrorStage({ tx, build, stage: closed });
        stages.push(closed);
      }
      await closeBuild({ tx, build: { ...build, stages } });
    });
  }
}
