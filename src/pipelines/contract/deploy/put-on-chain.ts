/**
 * Puts one transaction on a chain, once. It is signed and recorded before it is sent; whoever comes later (after a crash, by
 * a retry) finds the record, looks for the receipt, and otherwise sends the very same transaction again.
 *
 * none → sent → confirmed | reverted, or replaced: its nonce went to another transaction, so it can never be mined. Only
 * then is a new one signed.
 */
import { Eip1559FeesNotSupportedError, formatEther, getAddress, getContractAddress, keccak256, TransactionReceiptNotFoundError, type Address, type Hex, type PublicClient, type TransactionReceipt } from "viem";
import type { PrivateKeyAccount } from "viem/accounts";
import { toChainError, type Chain } from "~/chains";
import type { DeploymentLedger, LaneStep, LaneTransaction, SignForNonce } from "../../define";
import { LaneFailure } from "./lane-failure";

export interface Lane {
  chain: Chain;
  client: PublicClient;
  account: PrivateKeyAccount;
  ledger: DeploymentLedger;
  signal: AbortSignal;
  /** A line of the log. */
  say(line: string): void;
}

export interface Placed {
  address: Address;
  hash: Hex;
  /** Null where a node no longer keeps receipts that old. */
  receipt: TransactionReceipt | null;
  /** An earlier build's transaction made it. */
  adopted: boolean;
}

const SIGNATURES = 4;
/** A node that does not answer while a transaction is waited for may only have hiccuped. */
const FAILED_LOOKS = 3;
/** A receipt that belongs to a used nonce may come a little later from another node of the same provider. */
const LATE_LOOKS = 5;
const RESEND_EVERY_MS = 5_000;

export async function putOnChain(options: { lane: Lane; step: LaneStep; data: Hex; ownOnly: boolean }): Promise<Placed> {
  const { lane, step, data, ownOnly } = options;
  const { chain, ledger } = lane;
  for (let signatures = 0; signatures < SIGNATURES; ) {
    lane.signal.throwIfAborted();
    const known = await ledger.find({ chainId: chain.id, step, ownOnly });
    const transaction = known ?? (await signNew({ lane, step, data }));
    if (known === null) signatures++;
    else lane.say(`${step}: found the recorded transaction ${known.hash} (nonce ${known.nonce})${known.own ? "" : " of an earlier build"}`);
    const receipt = await pursue({ lane, transaction });
    if (receipt === null) {
      const old = await findOldContract(lane, transaction);
      if (old !== null) return { address: old, hash: transaction.hash, receipt: null, adopted: !transaction.own };
      lane.say(`${step}: nonce ${transaction.nonce} went to another transaction; ${transaction.hash} can never be mined`);
      await ledger.mark({ transaction, status: "replaced" });
      continue;
    }
    if (receipt.status === "reverted") {
      await ledger.mark({ transaction, status: "reverted" });
      if (transaction.own) throw new LaneFailure("deployment_reverted", `${chain.name}: the transaction ${transaction.hash} was mined and reverted: the constructor refused, or ran out of gas.`);
      continue;
    }
    if (transaction.status !== "confirmed") await ledger.mark({ transaction, status: "confirmed" });
    if (receipt.contractAddress == null) throw new Error(`Transaction ${receipt.transactionHash} made no contract.`);
    return { address: getAddress(receipt.contractAddress), hash: transaction.hash, receipt, adopted: !transaction.own };
  }
  throw new LaneFailure("nonce_conflict", `${chain.name}: another program uses the signer ${lane.account.address} at the same time and takes its nonces. Give Slipway a signer of its own.`);
}

async function signNew({ lane, step, data }: { lane: Lane; step: LaneStep; data: Hex }): Promise<LaneTransaction> {
  const { chain, client, account, ledger } = lane;
  const { address } = account;
  const [gas, fees, balance] = await Promise.all([client.estimateGas({ account: address, data }), readFees(client), client.getBalance({ address })]);
  const limit = (gas * 120n) / 100n;
  const most = limit * ("gasPrice" in fees ? fees.gasPrice : fees.maxFeePerGas);
  if (balance < most) {
    throw new LaneFailure("insufficient_funds", `${chain.name}: the signer ${address} has ${formatEther(balance)} ${chain.unit}, and up to ${formatEther(most)} are needed. Send it some and retry.`);
  }
  lane.signal.throwIfAborted();
  const transaction = await ledger.sign({ chainId: chain.id, step, readNonce: () => readNonce(lane, "pending"), sign: signer({ lane, fees, gas: limit, data }) });
  lane.say(`${step}: transaction ${transaction.hash} recorded (nonce ${transaction.nonce}, gas limit ${limit}); sending`);
  return transaction;
}

type Fees = { gasPrice: bigint } | { maxFeePerGas: bigint; maxPriorityFeePerGas: bigint };

/** Twice the present base fee: a transaction that waits, or is sent again, still gets in. What is not needed is not paid. */
async function readFees(client: PublicClient): Promise<Fees> {
  try {
    const { maxFeePerGas, maxPriorityFeePerGas } = await client.estimateFeesPerGas();
    return { maxFeePerGas: 2n * maxFeePerGas, maxPriorityFeePerGas };
  } catch (error) {
    if (!(error instanceof Eip1559FeesNotSupportedError)) throw error;
    return { gasPrice: ((await client.getGasPrice()) * 120n) / 100n };
  }
}

function signer(options: { lane: Lane; fees: Fees; gas: bigint; data?: Hex }): SignForNonce {
  const { lane, fees, gas, data } = options;
  return async (nonce) => {
    const shared = { chainId: lane.chain.id, nonce, gas, value: 0n, ...(data === undefined ? { to: lane.account.address } : { data }) };
    const raw = await lane.account.signTransaction("gasPrice" in fees ? { type: "legacy", ...shared, ...fees } : { type: "eip1559", ...shared, ...fees });
    return { raw, hash: keccak256(raw) };
  };
}

/** The receipt of a recorded transaction, sending it as often as it takes; null when it can never be mined. */
async function pursue({ lane, transaction }: { lane: Lane; transaction: LaneTransaction }): Promise<TransactionReceipt | null> {
  const { chain, signal } = lane;
  const deadline = Date.now() + chain.receiptTimeoutMs;
  let sentAt = 0;
  let failures = 0;
  try {
    for (;;) {
      signal.throwIfAborted();
      try {
        const receipt = await look(lane, transaction.hash);
        if (receipt !== null && (await isDeepEnough(lane, receipt))) return receipt;
        if (receipt === null && (await readNonce(lane, "latest")) > transaction.nonce) {
          const late = await lookAgain(lane, transaction.hash);
          if (late === null) return null;
        } else if (receipt === null && Date.now() - sentAt > RESEND_EVERY_MS) {
          await send(lane, transaction);
          sentAt = Date.now();
          continue;
        }
        failures = 0;
      } catch (error) {
        if (signal.aborted || error instanceof LaneFailure) throw error;
        const known = toChainError(error, chain.name);
        if (known.code !== "chain_unreachable" || ++failures > FAILED_LOOKS) throw error;
      }
      if (Date.now() > deadline) throw new LaneFailure("receipt_timeout", `${chain.name}: the transaction ${transaction.hash} was sent, but is in no block after ${chain.receiptTimeoutMs / 1000} s. Retry later: it is looked for first, and nothing is deployed twice.`);
      await pause(lane);
    }
  } catch (error) {
    if (signal.aborted) lane.say(`stopped: the transaction ${transaction.hash} may have been sent, which can't be taken back; it stays on record`);
    throw error;
  }
}

/**
 * Nodes forget receipts after a while, which looks like a nonce that went to another transaction. One that we saw in a block
 * is no such: its contract is where its signer and nonce put it. (Nodes of our own forget nothing, but may be set back.)
 */
async function findOldContract({ chain, client, account }: Lane, transaction: LaneTransaction): Promise<Address | null> {
  if (transaction.status !== "confirmed" || chain.rpc.kind === "embedded") return null;
  const address = getContractAddress({ from: account.address, nonce: BigInt(transaction.nonce) });
  const code = await client.getCode({ address });
  return code === undefined || code === "0x" ? null : address;
}

async function look(lane: Lane, hash: Hex): Promise<TransactionReceipt | null> {
  try {
    return await lane.client.getTransactionReceipt({ hash });
  } catch (error) {
    if (error instanceof TransactionReceiptNotFoundError) return null;
    throw error;
  }
}

async function lookAgain(lane: Lane, hash: Hex): Promise<TransactionReceipt | null> {
  for (let looks = 0; looks < LATE_LOOKS; looks++) {
    const receipt = await look(lane, hash);
    if (receipt !== null) return receipt;
    await pause(lane);
  }
  return null;
}

async function isDeepEnough(lane: Lane, receipt: TransactionReceipt): Promise<boolean> {
  const { confirmations } = lane.chain;
  return confirmations <= 1 || (await lane.client.getBlockNumber()) - receipt.blockNumber + 1n >= BigInt(confirmations);
}

/** Sends it, and before it whatever is missing below its nonce. The node's opinion that it knows it already is no error. */
async function send(lane: Lane, transaction: LaneTransaction): Promise<void> {
  const { chain, client, ledger } = lane;
  const pending = await readNonce(lane, "pending");
  if (pending > transaction.nonce) return;
  if (pending < transaction.nonce) {
    const fees = await readFees(client);
    const gap = await ledger.fillGap({ chainId: chain.id, below: transaction.nonce, readNonce: () => readNonce(lane, "pending"), sign: signer({ lane, fees, gas: 21_000n }) });
    if (gap.length > 0) lane.say(`${gap.length} earlier ${gap.length === 1 ? "transaction is" : "transactions are"} missing on the chain (nonces ${pending} to ${transaction.nonce - 1}); sent again or filled up`);
    for (const missing of gap) await broadcast(lane, missing.raw);
  }
  await broadcast(lane, transaction.raw);
}

const KNOWN_ALREADY = /already known|already imported|already in (?:the )?(?:mem)?pool|nonce too low|transaction underpriced|known transaction/i;

async function broadcast(lane: Lane, raw: Hex): Promise<void> {
  try {
    await lane.client.sendRawTransaction({ serializedTransaction: raw });
  } catch (error) {
    if (error instanceof Error && KNOWN_ALREADY.test(error.message)) return;
    throw error;
  }
}

function readNonce(lane: Lane, blockTag: "latest" | "pending"): Promise<number> {
  return lane.client.getTransactionCount({ address: lane.account.address, blockTag });
}

/** Until the chain is asked again; ends at once when the build is stopped. */
function pause({ client, signal }: Lane): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason instanceof Error ? signal.reason : new Error("stopped"));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, client.pollingInterval);
    signal.addEventListener("abort", stop, { once: true });
  });
}
