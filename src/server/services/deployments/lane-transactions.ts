/** What was recorded of transactions: which one to go on with, which nonces are spoken for, which can be sent again. */
import { z } from "zod";
import type { LaneStep, LaneTransaction } from "~/pipelines/define";
import type { Tx } from "../../db/client";

export interface LaneKey {
  buildId: string;
  chainId: number;
}

const hex = z.custom<`0x${string}`>((value) => typeof value === "string" && /^0x[0-9a-f]+$/i.test(value));
const storedTransaction = z.object({
  id: z.string(),
  step: z.enum(["contract", "implementation", "proxy", "filler"]),
  nonce: z.number().int(),
  hash: hex,
  raw: hex,
  status: z.enum(["sent", "confirmed", "reverted", "replaced"]),
  own: z.boolean(),
});

export function toLaneTransaction(row: object): LaneTransaction {
  return storedTransaction.parse(row);
}

/** See `DeploymentLedger.find`. This build's own comes first, then the newest. */
export async function findTransactions(options: { db: Tx; lane: LaneKey; step: LaneStep; ownOnly: boolean }): Promise<LaneTransaction[]> {
  const { db, lane, step, ownOnly } = options;
  const rows = await db.$queryRaw<object[]>`
    WITH candidate AS (SELECT t.id, t.step, t.nonce, t.hash, t.raw, t.status, (d.build_id = mine.build_id) AS own
      FROM deployment mine
      JOIN deployment d ON d.workspace_id = mine.workspace_id AND d.chain_id = mine.chain_id AND d.deployable_hash = mine.deployable_hash
      JOIN deployment_transaction t ON t.deployment_id = d.id AND t.signer = mine.signer
     WHERE mine.build_id = ${lane.buildId} AND mine.chain_id = ${lane.chainId}
       AND t.step = ${step} AND t.status IN ('sent', 'confirmed')
       AND (d.build_id = mine.build_id OR NOT ${ownOnly}::boolean))
    SELECT * FROM candidate WHERE nonce = (SELECT nonce FROM candidate ORDER BY own DESC, id DESC LIMIT 1) ORDER BY id`;
  return rows.map(toLaneTransaction);
}

/**
 * Nonces from `from` on whose transaction a lane that is under way (or waits to be taken over) will see through, and those
 * that were mined since the chain was asked: `from` is what it said a moment ago, before the signer's lock was held.
 */
export async function listTakenNonces(options: { db: Tx; chainId: number; signer: string; from: number }): Promise<number[]> {
  const { db, chainId, signer, from } = options;
  const rows = await db.$queryRaw<{ nonce: number }[]>`
    SELECT DISTINCT t.nonce FROM deployment_transaction t JOIN deployment d ON d.id = t.deployment_id
     WHERE t.chain_id = ${chainId} AND t.signer = ${signer} AND t.nonce >= ${from}
       AND ((t.status = 'sent' AND d.status = 'building') OR (t.status IN ('confirmed', 'reverted') AND t.updated_at > now() - interval '2 minutes'))`;
  return rows.map((row) => row.nonce);
}

/**
 * By nonce, in `[from, below)`: transactions that were mined before and are no more (the chain went back), that a running
 * lane waits for, and fillers. What was cancelled or failed is not among them: nobody wants it sent any more.
 */
export async function listResendable(options: { db: Tx; chainId: number; signer: string; from: number; below: number }): Promise<Map<number, LaneTransaction>> {
  const { db, chainId, signer, from, below } = options;
  const rows = await db.$queryRaw<object[]>`
    SELECT t.id, t.step, t.nonce, t.hash, t.raw, t.status, false AS own FROM deployment_transaction t JOIN deployment d ON d.id = t.deployment_id
     WHERE t.chain_id = ${chainId} AND t.signer = ${signer} AND t.nonce >= ${from} AND t.nonce < ${below}
       AND (t.status = 'confirmed' OR (t.status = 'sent' AND (d.status = 'building' OR t.step = 'filler')))
     ORDER BY t.id`;
  return new Map(rows.map(toLaneTransaction).map((transaction) => [transaction.nonce, transaction]));
}
