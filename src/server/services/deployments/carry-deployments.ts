/** Lanes outside of a stage's own run: taken over with a reused result, or left open by a build that ends. */
import { createId } from "~/domain/ids";
import type { Tx } from "../../db/client";

/** The stage that puts contracts on chains. */
const DEPLOYING_STAGE = "deployment";

/**
 * A reused deployment brings its contracts along: they are this build's too, and it paid nothing for them. Other stages'
 * results may come from a build for other chains, and bring none. Safe to run twice.
 */
export async function carryDeployments(options: { tx: Tx; fromStageIds: readonly string[]; buildId: string }): Promise<void> {
  const { tx, fromStageIds, buildId } = options;
  const source = await tx.buildStage.findFirst({ where: { id: { in: [...fromStageIds] }, key: DEPLOYING_STAGE, buildId: { not: buildId } }, select: { buildId: true } });
  if (source === null) return;
  const lanes = await tx.deployment.findMany({ where: { buildId: source.buildId, status: "successful" } });
  if (lanes.length === 0) return;
  await tx.deployment.createMany({
    data: lanes.map((lane) => ({ ...lane, id: createId("deployment"), buildId, attempt: 1, carriedOver: true, createdAt: new Date(), updatedAt: new Date() })),
    skipDuplicates: true,
  });
}

/** When a build ends, so do its lanes. One whose transaction is out says so: no cancel takes that back. */
export async function closeLanes(options: { tx: Tx; buildId: string; cancelled: boolean }): Promise<void> {
  const { tx, buildId, cancelled } = options;
  const [status, code, word] = cancelled ? ["cancelled", "cancelled", "Cancelled"] : ["failed", "internal_error", "The platform failed"];
  await tx.$executeRaw`
    UPDATE deployment d SET status = ${status}::"StageStatus", completed_at = now(), updated_at = now(),
      error_code = ${code},
      transaction = COALESCE(d.transaction, (SELECT t.hash FROM deployment_transaction t WHERE t.deployment_id = d.id AND t.step <> 'filler' ORDER BY t.id DESC LIMIT 1)),
      error_message = CASE WHEN EXISTS (SELECT 1 FROM deployment_transaction t WHERE t.deployment_id = d.id AND t.step <> 'filler')
        THEN ${word} || ' after a transaction was sent: that can not be taken back, and it may still be mined. The next deployment of this contract to this chain looks for it first.'
        ELSE ${word} || ' before anything was sent.' END
     WHERE d.build_id = ${buildId} AND d.status IN ('pending', 'building')`;
}
