/** How the workers that are alive keep user code in its box. */
import type { ServiceContext } from "../context";
import { SILENT_MS } from "./worker-record";

export type Isolation = "sandboxed" | "insecure" | "none" | "unknown";

/** The weakest of all workers that are alive; `unknown` without one. */
export async function summarizeIsolation(options: { context: Pick<ServiceContext, "database"> }): Promise<Isolation> {
  const workers = await options.context.database.db.worker.findMany({
    where: { stoppedAt: null, lastSeenAt: { gt: new Date(Date.now() - SILENT_MS) } },
    select: { isolation: true },
  });
  const kinds = new Set(workers.map((worker) => worker.isolation));
  return kinds.has("insecure") ? "insecure" : kinds.has("none") ? "none" : kinds.has("sandboxed") ? "sandboxed" : "unknown";
}
