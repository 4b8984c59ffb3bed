/**
 * The record of deployments for one stage attempt: see `DeploymentLedger`. Every write holds the stage's claim (its fence)
 * in the same transaction, so an attempt that was taken over changes nothing.
 *
 * A nonce is given out and recorded under an advisory lock of its chain and signer, which ends with its transaction: a
 * worker that dies in between leaves neither a lock nor a record, and has sent nothing.
 */
import { createId } from "~/domain/ids";
import type { DeploymentLedger, LaneTransaction, SignForNonce } from "~/pipelines/define";
import type { BuildStage } from "../../db/generated/client";
import type { Tx } from "../../db/client";
import { lockBuild, recordEvent } from "../builds/record-event";
import { storable } from "../builds/split-lines";
import type { ServiceContext } from "../context";
import { toDeploymentView } from "./deployment-view";
import { findTransactions, listTakenNonces, listResendable, toLaneTransaction, type LaneKey } from "./lane-transactions";

export interface OpenLedgerOptions {
  context: ServiceContext;
  stage: Pick<BuildStage, "id" | "buildId" | "key" | "fence">;
  workspaceId: string;
  /** Everything was asked for anew: contracts of earlier builds are not taken over. */
  fresh: boolean;
}

/** The claim went to another attempt, or the build is being cancelled. */
export class LedgerClosed extends Error {
  constructor(why: string) {
    super(`The deployment ledger is closed: ${why}.`);
    this.name = "LedgerClosed";
  }
}

/** Lanes of one signer wait for each other here; the chain is never asked meanwhile, so each takes some ms. */
const SIGN_TX = { maxWait: 30_000, timeout: 60_000 } as const;

export function openLedger(options: OpenLedgerOptions): DeploymentLedger {
  const { context, stage, workspaceId, fresh } = options;
  const { db } = context.database;
  const laneKey = (chainId: number): LaneKey => ({ buildId: stage.buildId, chainId });

  const requireClaim = async (tx: Tx): Promise<number> => {
    const row = await tx.buildStage.findUnique({ where: { id: stage.id }, select: { fence: true, status: true, progress: true } });
    if (row?.fence !== stage.fence || row.status !== "building") throw new LedgerClosed("another attempt has the stage");
    return row.progress;
  };

  const requireNotCancelled = async (tx: Tx): Promise<void> => {
    const { cancelRequestedAt } = await tx.build.findUniqueOrThrow({ where: { id: stage.buildId }, select: { cancelRequestedAt: true } });
    if (cancelRequestedAt !== null) throw new LedgerClosed("the build is being cancelled");
  };

  /** Changes the lane and tells whoever watches, both or neither. */
  const change = async (chainId: number, message: string | undefined, work: (tx: Tx) => Promise<unknown>): Promise<void> => {
    await db.$transaction(async (tx) => {
      await lockBuild(tx, stage.buildId);
      const progress = await requireClaim(tx);
      await work(tx);
      const lane = await tx.deployment.findUniqueOrThrow({ where: { buildId_chainId: { buildId: stage.buildId, chainId } } });
      const payload = { status: "building" as const, progress, ...(message === undefined ? {} : { message }), deployment: toDeploymentView(lane) };
      await recordEvent({ tx, buildId: stage.buildId, workspaceId, type: "build.step", stageKey: stage.key, payload });
    });
  };

  /** Holds the signer's lock on the chain. */
  const asSigner = <Result>(chainId: number, work: (tx: Tx, lane: { id: string; signer: string }) => Promise<Result>): Promise<Result> =>
    db.$transaction(async (tx) => {
      const lane = await tx.deployment.findUniqueOrThrow({ where: { buildId_chainId: { buildId: stage.buildId, chainId } }, select: { id: true, signer: true } });
      if (lane.signer === null) throw new Error(`Lane ${chainId} of ${stage.buildId} has no signer.`);
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`slipway nonce ${chainId} ${lane.signer}`}, 0))`;
      return work(tx, { id: lane.id, signer: lane.signer });
    }, SIGN_TX);

  const record = async (tx: Tx, row: { lane: { id: string; signer: string }; chainId: number; step: string; nonce: number; sign: SignForNonce }): Promise<LaneTransaction> => {
    const signed = await row.sign(row.nonce);
    await requireClaim(tx);
    const data = { deploymentId: row.lane.id, chainId: row.chainId, signer: row.lane.signer, nonce: row.nonce, step: row.step, hash: signed.hash, raw: signed.raw, status: "sent" };
    return toLaneTransaction({ ...(await tx.deploymentTransaction.create({ data: { id: createId("deploymentTransaction"), ...data } })), own: true });
  };

  return {
    async open({ chainId, ...lane }) {
      const where = { buildId_chainId: { buildId: stage.buildId, chainId } };
      await change(chainId, undefined, (tx) =>
        tx.deployment.upsert({
          where,
          create: { id: createId("deployment"), buildId: stage.buildId, workspaceId, chainId, ...lane, status: "building", attempt: 1, startedAt: new Date() },
          update: { ...lane, status: "building", attempt: { increment: 1 }, completedAt: null, errorCode: null, errorMessage: null },
        }),
      );
    },
    async assignSigner({ chainId, signer }) {
      await db.$transaction(async (tx) => {
        await requireClaim(tx);
        await tx.deployment.update({ where: { buildId_chainId: { buildId: stage.buildId, chainId } }, data: { signer: signer.toLowerCase() } });
      });
    },
    find: ({ chainId, step, ownOnly }) => findTransactions({ db, lane: laneKey(chainId), step, ownOnly: ownOnly || fresh }),
    async sign({ chainId, step, readNonce, sign }) {
      // Asked before a connection is held: a slow chain must not take the worker's connections from everything else.
      const pending = await readNonce();
      return asSigner(chainId, async (tx, lane) => {
        await requireNotCancelled(tx);
        // Those that another lane has recorded and may not have sent yet.
        const taken = await listTakenNonces({ db: tx, chainId, signer: lane.signer, from: pending });
        return record(tx, { lane, chainId, step, nonce: Math.max(pending, ...taken.map((nonce) => nonce + 1)), sign });
      });
    },
    replace: ({ chainId, transaction, sign }) =>
      asSigner(chainId, async (tx, lane) => {
        await requireNotCancelled(tx);
        return record(tx, { lane, chainId, step: transaction.step, nonce: transaction.nonce, sign });
      }),
    async fillGap({ chainId, below, readNonce, sign }) {
      const pending = await readNonce();
      return asSigner(chainId, async (tx, lane) => {
        const resendable = await listResendable({ db: tx, chainId, signer: lane.signer, from: pending, below });
        const filled: LaneTransaction[] = [];
        for (let nonce = pending; nonce < below; nonce++) {
          filled.push(resendable.get(nonce) ?? (await record(tx, { lane, chainId, step: "filler", nonce, sign })));
        }
        return filled;
      });
    },
    async mark({ transaction, status }) {
      await db.$transaction(async (tx) => {
        await requireClaim(tx);
        await tx.deploymentTransaction.update({ where: { id: transaction.id }, data: { status } });
      });
    },
    async tell({ chainId, message }) {
      await change(chainId, message, () => Promise.resolve());
    },
    async settle({ chainId, end }) {
      const { error, costWei, ...rest } = end;
      await change(chainId, undefined, (tx) =>
        tx.deployment.update({
          where: { buildId_chainId: { buildId: stage.buildId, chainId } },
          data: { ...rest, costWei: costWei?.toString() ?? null, errorCode: error?.code ?? null, errorMessage: error === null ? null : storable(error.message), completedAt: new Date() },
        }),
      );
    },
  };
}
