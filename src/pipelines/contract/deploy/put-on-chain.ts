/**
 * Puts one transaction on a chain, once. It is signed and recorded before it is sent; whoever comes later (after a crash, by
 * a retry) finds the record, looks for the receipt, and otherwise sends the very same transaction again.
 *
 * none → sent → confirmed | reverted, or replaced: its nonce went to another transaction, so it can never be mined. Only
 * then is one with another nonce signed.
 */
import { getContractAddress, type Address, type Hex } from "viem";
import type { LaneStep, LaneTransaction } from "../../define";
import { followTransaction, type Mined } from "./follow-transaction";
import type { Lane, Placed } from "./lane";
import { LaneFailure } from "./lane-failure";
import { signNew } from "./sign-transaction";

const SIGNATURES = 4;

export interface PutOnChainOptions {
  lane: Lane;
  step: LaneStep;
  data: Hex;
  /** Earlier builds' transactions are not looked for. */
  ownOnly: boolean;
  /** Whether code at an address is what `data` puts there. */
  isOurs(code: Hex | undefined): boolean;
}

export async function putOnChain({ lane, step, data, ownOnly, isOurs }: PutOnChainOptions): Promise<Placed> {
  const { chain, ledger } = lane;
  for (let signatures = 0; signatures < SIGNATURES; ) {
    lane.signal.throwIfAborted();
    const known = await ledger.find({ chainId: chain.id, step, ownOnly });
    const found = known.at(-1);
    if (found === undefined) signatures++;
    else lane.say(`${step}: found the recorded transaction ${found.hash} (nonce ${found.nonce})${found.own ? "" : " of an earlier build"}`);
    const { mined, transactions } = await followTransaction({ lane, transactions: found === undefined ? [await signNew({ lane, step, data })] : known, isOurs });
    const old = mined === null ? await findOldContract(lane, transactions, isOurs) : null;
    if (old !== null) return old;
    for (const transaction of transactions) {
      if (transaction.hash === mined?.transaction.hash) continue;
      lane.say(`${step}: nonce ${transaction.nonce} went to another transaction; ${transaction.hash} can never be mined`);
      await ledger.mark({ transaction, status: "replaced" });
    }
    const placed = mined === null ? null : await settle(lane, mined);
    if (placed !== null) return placed;
  }
  throw new LaneFailure("nonce_conflict", `${chain.name}: another program uses the signer ${lane.account.address} at the same time and takes its nonces. Give Slipway a signer of its own.`);
}

/** Writes down what was mined. Null for an earlier build's that reverted: it made nothing, so it is no reason to stop. */
async function settle(lane: Lane, { transaction, receipt }: Mined): Promise<Placed | null> {
  const { chain, ledger } = lane;
  lane.reached.transaction = transaction.hash;
  if (transaction.own) lane.reached.receipts.set(transaction.hash, receipt);
  if (receipt.status === "reverted") {
    await ledger.mark({ transaction, status: "reverted" });
    if (transaction.own) throw new LaneFailure("deployment_reverted", `${chain.name}: the transaction ${transaction.hash} was mined and reverted: the constructor refused, or ran out of gas.`);
    return null;
  }
  if (transaction.status !== "confirmed") await ledger.mark({ transaction, status: "confirmed" });
  return { address: addressOf(lane, transaction), hash: transaction.hash, receipt, adopted: !transaction.own };
}

/**
 * Nodes forget receipts after a while, which looks like a nonce that went to another transaction. One that we saw in a block
 * is no such: its contract is where its signer and nonce put it, unless the chain was begun anew. (Nodes of our own forget
 * nothing, but may be set back.)
 */
async function findOldContract(lane: Lane, transactions: readonly LaneTransaction[], isOurs: PutOnChainOptions["isOurs"]): Promise<Placed | null> {
  const transaction = transactions.find(({ status }) => status === "confirmed");
  if (transaction === undefined || lane.chain.rpc.kind === "embedded") return null;
  const address = addressOf(lane, transaction);
  return isOurs(await lane.client.getCode({ address })) ? { address, hash: transaction.hash, receipt: null, adopted: !transaction.own } : null;
}

function addressOf({ account }: Lane, { nonce }: LaneTransaction): Address {
  return getContractAddress({ from: account.address, nonce: BigInt(nonce) });
}
