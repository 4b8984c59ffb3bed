/**
 * Follows the recorded transactions of one nonce (there are several when fees had to be raised) until one is in a block:
 *
 * unsent → in the node's pool → mined; or priced out → replaced by one with higher fees; or its nonce went to another.
 *
 * What is recorded may be out, so a node that hiccups is no reason to give up at once, and one that says less than it
 * knows none to sign something else.
 */
import { BaseError, formatGwei, getContractAddress, TransactionReceiptNotFoundError, type Hex, type TransactionReceipt } from "viem";
import { isPassing, toChainError } from "~/chains";
import type { LaneTransaction } from "../../define";
import { pause, readNonce, type Lane } from "./lane";
import { LaneFailure } from "./lane-failure";
import { mostPerGas, readFees, signHigher, signWith } from "./sign-transaction";

export interface Mined {
  transaction: LaneTransaction;
  receipt: TransactionReceipt;
}

/** How long nothing but faults may come from the node before the lane gives up. */
const PATIENCE_MS = 30_000;
/** A receipt that belongs to a used nonce may come a little later from another node of the same provider. */
const LATE_LOOKS = 5;
const RESEND_EVERY_MS = 5_000;
/** Each is at least an eighth dearer, mostly twice the present price. */
const MOST_RAISES = 8;

export interface FollowOptions {
  lane: Lane;
  /** All recorded ones of the nonce, oldest first. */
  transactions: readonly LaneTransaction[];
  /** Whether code at an address is what they put there. */
  isOurs(code: Hex | undefined): boolean;
}

export interface Followed {
  /** The one that is in a block, deep enough; null when none of them can ever be mined. */
  mined: Mined | null;
  /** All of the nonce, those with raised fees included. */
  transactions: readonly LaneTransaction[];
}

/** Throws `LaneFailure` (`receipt_timeout`, `rpc_error`, and what signing throws), and what the chain's client throws. */
export async function followTransaction({ lane, transactions, isOurs }: FollowOptions): Promise<Followed> {
  const { chain, signal } = lane;
  const known = [...transactions];
  const deadline = Date.now() + chain.receiptTimeoutMs;
  let sentAt = 0;
  let failingSince: number | null = null;
  let waiting: string | null = null;
  const newest = (): LaneTransaction => {
    const last = known.at(-1);
    if (last === undefined) throw new Error("There is no transaction to follow.");
    lane.reached.transaction = last.hash;
    return last;
  };
  const sendAgain = async (): Promise<void> => {
    if ((await send(lane, newest())) === "sent" || known.length > MOST_RAISES) return;
    known.push(await signHigher({ lane, transaction: newest() }));
    await broadcast(lane, newest().raw);
  };

  newest();
  try {
    for (;;) {
      signal.throwIfAborted();
      try {
        const mined = await lookForAny(lane, known);
        if (mined !== null && (await isDeepEnough(lane, mined.receipt))) return { mined, transactions: known };
        if (mined === null && (await readNonce(lane, "latest")) > newest().nonce) {
          if ((await lookAgain(lane, known)) === null) {
            if (known.some((one) => one.status === "confirmed") || !(await liesThere(lane, newest(), isOurs))) return { mined: null, transactions: known };
            waiting = "its contract lies at its address, but the node has no receipt of it yet";
          }
        } else if (mined === null && Date.now() - sentAt > RESEND_EVERY_MS) {
          const first = sentAt === 0;
          await sendAgain();
          sentAt = Date.now();
          if (first) continue;
          waiting = await tellWait({ lane, transaction: newest(), before: waiting });
        }
        failingSince = null;
      } catch (error) {
        if (signal.aborted || error instanceof LaneFailure) throw error;
        const problem = toChainError(error, chain.name);
        failingSince ??= Date.now();
        if (!isPassing(problem) || Date.now() - failingSince > PATIENCE_MS) throw error;
      }
      if (Date.now() > deadline) {
        throw new LaneFailure("receipt_timeout", `${chain.name}: the transaction ${newest().hash} was sent, but is in no block after ${chain.receiptTimeoutMs / 1000} s${waiting === null ? "" : ` (${waiting})`}. Retry later: it is looked for first, and nothing is deployed twice.`);
      }
      await pause(lane);
    }
  } catch (error) {
    if (signal.aborted) lane.say(`stopped: the transaction ${newest().hash} may have been sent, which can't be taken back; it stays on record`);
    throw error;
  }
}

/** Says once what the lane waits for, and again when that changes. */
async function tellWait(options: { lane: Lane; transaction: LaneTransaction; before: string | null }): Promise<string> {
  const { lane, transaction, before } = options;
  const reason = await explainWait(lane, transaction);
  if (reason !== before) {
    lane.say(`waiting: ${reason}`);
    await lane.ledger.tell({ chainId: lane.chain.id, message: `${lane.chain.name}: waiting, ${reason}` });
  }
  return reason;
}

async function explainWait(lane: Lane, { nonce, raw }: LaneTransaction): Promise<string> {
  const [mined, block] = await Promise.all([readNonce(lane, "latest"), lane.client.getBlock()]);
  if (mined < nonce) return `an earlier transaction of the signer (nonce ${mined}) must be mined before it`;
  const offered = mostPerGas(raw);
  if (block.baseFeePerGas !== null && block.baseFeePerGas > offered) {
    return `the chain takes ${formatGwei(block.baseFeePerGas)} gwei for a unit of gas, and the transaction offers ${formatGwei(offered)} at most`;
  }
  return "no block has taken the transaction yet";
}

async function lookForAny(lane: Lane, transactions: readonly LaneTransaction[]): Promise<Mined | null> {
  for (const transaction of transactions.toReversed()) {
    const receipt = await look(lane, transaction.hash);
    if (receipt !== null) return { transaction, receipt };
  }
  return null;
}

async function look(lane: Lane, hash: Hex): Promise<TransactionReceipt | null> {
  try {
    return await lane.client.getTransactionReceipt({ hash });
  } catch (error) {
    if (error instanceof TransactionReceiptNotFoundError) return null;
    throw error;
  }
}

async function lookAgain(lane: Lane, transactions: readonly LaneTransaction[]): Promise<Mined | null> {
  for (let looks = 0; looks < LATE_LOOKS; looks++) {
    const mined = await lookForAny(lane, transactions);
    if (mined !== null) return mined;
    await pause(lane);
  }
  return null;
}

/**
 * The nonce is used and no receipt is to be had: where the contract lies at its address all the same, the transaction was
 * mined and the node is behind with receipts. To sign another one then would deploy it twice. (Nodes of our own are never
 * behind, but may be set back.)
 */
async function liesThere({ chain, client, account }: Lane, { nonce, step }: LaneTransaction, isOurs: FollowOptions["isOurs"]): Promise<boolean> {
  if (chain.rpc.kind === "embedded" || step === "filler") return false;
  return isOurs(await client.getCode({ address: getContractAddress({ from: account.address, nonce: BigInt(nonce) }) }));
}

async function isDeepEnough(lane: Lane, receipt: TransactionReceipt): Promise<boolean> {
  const { confirmations } = lane.chain;
  return confirmations <= 1 || (await lane.client.getBlockNumber()) - receipt.blockNumber + 1n >= BigInt(confirmations);
}

/** Sends it, and before it whatever is missing below its nonce. Answers whether the chain takes more for gas than it offers. */
async function send(lane: Lane, transaction: LaneTransaction): Promise<"sent" | "too low"> {
  const { chain, client, ledger } = lane;
  const pending = await readNonce(lane, "pending");
  if (pending > transaction.nonce) return (await isPricedOut(lane, transaction)) ? "too low" : "sent";
  if (pending < transaction.nonce) {
    const fees = await readFees(client);
    const gap = await ledger.fillGap({ chainId: chain.id, below: transaction.nonce, readNonce: () => readNonce(lane, "pending"), sign: signWith({ lane, fees, gas: 21_000n }) });
    if (gap.length > 0) lane.say(`${gap.length} earlier ${gap.length === 1 ? "transaction is" : "transactions are"} missing on the chain (nonces ${pending} to ${transaction.nonce - 1}); sent again or filled up`);
    for (const missing of gap) await broadcast(lane, missing.raw);
  }
  return broadcast(lane, transaction.raw);
}

/** In the pool, next in turn, and the price has risen above what it offers. */
async function isPricedOut(lane: Lane, { nonce, raw }: LaneTransaction): Promise<boolean> {
  const [mined, block] = await Promise.all([readNonce(lane, "latest"), lane.client.getBlock()]);
  return mined === nonce && block.baseFeePerGas !== null && block.baseFeePerGas > mostPerGas(raw);
}

const KNOWN_ALREADY = /already known|already imported|already in (?:the )?(?:mem)?pool|nonce too low|known transaction|replacement transaction underpriced/i;
const PRICED_OUT = /max ?fee ?per ?gas (?:is )?(?:less|lower) than (?:the )?(?:block|current)?|fee cap (?:is )?(?:less|lower) than|transaction underpriced|(?:gas price|fee) (?:is )?(?:too low|below)/i;
const LATER = /pool is full|pool overflow|try again|too many pending|internal error|timed? ?out/i;

/** Throws `LaneFailure` (`rpc_error`) when the node will not take this transaction, now or later. */
async function broadcast(lane: Lane, raw: Hex): Promise<"sent" | "too low"> {
  try {
    await lane.client.sendRawTransaction({ serializedTransaction: raw });
    return "sent";
  } catch (error) {
    const words = error instanceof BaseError ? `${error.shortMessage} ${error.details}` : "";
    if (KNOWN_ALREADY.test(words)) return "sent";
    if (PRICED_OUT.test(words)) return "too low";
    const problem = toChainError(error, lane.chain.name);
    if (problem.code === "rpc_error" && !LATER.test(words)) throw new LaneFailure("rpc_error", problem.message);
    throw error;
  }
}
