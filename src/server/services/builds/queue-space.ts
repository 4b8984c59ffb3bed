/** The bound of the queue: how many builds wait, and whether one more may. */
import { AppError } from "~/domain/errors";
import type { Tx } from "../../db/client";
import type { ServiceContext } from "../context";

/** So close to the bound, creators take turns, so that together they don't pass it. */
const NEAR = 64;
const RETRY_AFTER_SECONDS = 15;

/**
 * To be called in the transaction that creates a build. The count reads at most as many index entries as the queue may
 * hold, however many builds there are.
 *
 * @throws AppError `queue_full`, to be tried again later.
 */
export async function requireQueueSpace({ context, tx }: { context: Pick<ServiceContext, "limits">; tx: Tx }): Promise<void> {
  const { maxQueue } = context.limits;
  if ((await countPending({ tx, limit: maxQueue })) < maxQueue - NEAR) return;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('slipway:queue'))`;
  if ((await countPending({ tx, limit: maxQueue })) < maxQueue) return;
  throw new AppError("queue_full", {
    userMessage: `${maxQueue} builds are waiting already, which is as many as this installation takes. Nothing was created; try again in a moment.`,
    retryable: true,
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });
}

async function countPending({ tx, limit }: { tx: Tx; limit: number }): Promise<number> {
  const rows = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (SELECT 1 FROM build WHERE status = 'pending' LIMIT ${limit}) waiting`;
  return rows[0]?.count ?? 0;
}
