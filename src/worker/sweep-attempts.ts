/** Working folders of workers that are no more: one that is killed can't take its own away, and inputs and outputs lie in it. */
import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import type { ServiceContext } from "~/server/services/context";

export interface SweepAttemptsOptions {
  context: Pick<ServiceContext, "database" | "logger">;
  /** Has a folder for each worker, called by its id. */
  workRoot: string;
}

/** Answers whose folders it removed. Never a living worker's: they are on record before they make one. */
export async function sweepAttempts({ context, workRoot }: SweepAttemptsOptions): Promise<string[]> {
  const names = (await readdir(workRoot).catch(() => [])).filter((name) => name.startsWith("wrk_"));
  if (names.length === 0) return [];
  const alive = await context.database.db.worker.findMany({ where: { id: { in: names }, stoppedAt: null }, select: { id: true } });
  const left = names.filter((name) => !alive.some(({ id }) => id === name));
  for (const name of left) await rm(path.join(workRoot, name), { recursive: true, force: true });
  if (left.length > 0) context.logger.info({ workers: left.length }, "working folders of workers that are no more were removed");
  return left;
}
