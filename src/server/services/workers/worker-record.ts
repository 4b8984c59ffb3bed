/** A worker's row: who it is, and that it lives. */
import { readFile } from "node:fs/promises";
import { hostname } from "node:os";
import type { ServiceContext } from "../context";
import type { Vitals } from "./read-platform-series";

export const HEARTBEAT_MS = 5_000;
/** A worker silent for longer is taken for dead. */
export const SILENT_MS = 30_000;

export interface RegisterWorkerOptions {
  context: ServiceContext;
  workerId: string;
  slots: number;
  isolation: "sandboxed" | "insecure" | "none";
}

export async function registerWorker(options: RegisterWorkerOptions): Promise<void> {
  const { context, workerId: id, slots, isolation } = options;
  const row = { hostname: hostname(), pid: process.pid, pidStart: (await readPidStart(process.pid)) ?? "", slots, isolation, lastSeenAt: new Date(), drainingAt: null, stoppedAt: null };
  await context.database.db.worker.upsert({ where: { id }, create: { id, ...row }, update: row });
}

export async function beat(options: { context: ServiceContext; workerId: string; vitals?: Vitals }): Promise<void> {
  await options.context.database.db.worker.updateMany({ where: { id: options.workerId }, data: { lastSeenAt: new Date(), vitals: options.vitals } });
}

/** From now on it takes no new work. */
export async function markDraining(options: { context: ServiceContext; workerId: string }): Promise<void> {
  await options.context.database.db.worker.updateMany({ where: { id: options.workerId }, data: { drainingAt: new Date() } });
}

export async function retireWorker(options: { context: ServiceContext; workerId: string }): Promise<void> {
  await options.context.database.db.worker.updateMany({ where: { id: options.workerId, stoppedAt: null }, data: { stoppedAt: new Date() } });
}

/** Start time of a process in the kernel's ticks (field 22 of `/proc/<pid>/stat`); null when there is no such process. */
export async function readPidStart(pid: number): Promise<string | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    // The second field is the command in brackets and may itself hold blanks and brackets.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (fields[0] === "Z" || fields[0] === "X") return null;
    return fields[19] ?? null;
  } catch {
    return null;
  }
}
