/** Signs transactions, and signs them again with higher fees. What is signed goes through the ledger before it is sent. */
import { Eip1559FeesNotSupportedError, formatEther, keccak256, parseTransaction, type Hex, type PublicClient } from "viem";
import type { LaneStep, LaneTransaction, SignForNonce } from "../../define";
import { readNonce, type Lane } from "./lane";
import { LaneFailure } from "./lane-failure";

export type Fees = { gasPrice: bigint } | { maxFeePerGas: bigint; maxPriorityFeePerGas: bigint };

/** A contract's transaction with the signer's next nonce. Throws `LaneFailure` (`insufficient_funds`, `mainnet_not_confirmed`). */
export async function signNew({ lane, step, data }: { lane: Lane; step: LaneStep; data: Hex }): Promise<LaneTransaction> {
  const { chain, client, account, ledger } = lane;
  lane.requirePermission();
  const { address } = account;
  const [gas, fees] = await Promise.all([client.estimateGas({ account: address, data }), readFees(client)]);
  const limit = (gas * 120n) / 100n;
  await requireCoins({ lane, most: limit * mostOf(fees) });
  lane.signal.throwIfAborted();
  const transaction = await ledger.sign({ chainId: chain.id, step, readNonce: () => readNonce(lane, "pending"), sign: signWith({ lane, fees, gas: limit, data }) });
  lane.say(`${step}: transaction ${transaction.hash} recorded (nonce ${transaction.nonce}, gas limit ${limit}); sending`);
  return transaction;
}

/**
 * The same transaction with its old nonce and fees that the chain takes now. At most one of the two can ever be mined, and
 * both make the contract at the same address. Throws `LaneFailure` as `signNew` does.
 */
export async function signHigher({ lane, transaction }: { lane: Lane; transaction: LaneTransaction }): Promise<LaneTransaction> {
  lane.requirePermission();
  const { gas = 0n, data } = parseTransaction(transaction.raw);
  const fees = raise(feesOf(transaction.raw), await readFees(lane.client));
  await requireCoins({ lane, most: gas * mostOf(fees) });
  lane.signal.throwIfAborted();
  const higher = await lane.ledger.replace({ chainId: lane.chain.id, transaction, sign: signWith({ lane, fees, gas, data }) });
  lane.say(`${transaction.step}: replaced by ${higher.hash} with higher fees (the same nonce ${higher.nonce}, so that only one of them can be mined); sending`);
  return higher;
}

/** What a transaction pays for a unit of gas at most. */
export function mostPerGas(raw: Hex): bigint {
  return mostOf(feesOf(raw));
}

/** Twice the present base fee: a transaction that waits, or is sent again, still gets in. What is not needed is not paid. */
export async function readFees(client: PublicClient): Promise<Fees> {
  try {
    const { maxFeePerGas, maxPriorityFeePerGas } = await client.estimateFeesPerGas();
    return { maxFeePerGas: 2n * maxFeePerGas, maxPriorityFeePerGas };
  } catch (error) {
    if (!(error instanceof Eip1559FeesNotSupportedError)) throw error;
    return { gasPrice: ((await client.getGasPrice()) * 120n) / 100n };
  }
}

/** Without `data`: a transaction to the signer itself, which does nothing. */
export function signWith(options: { lane: Lane; fees: Fees; gas: bigint; data?: Hex | undefined }): SignForNonce {
  const { lane, fees, gas, data } = options;
  return async (nonce) => {
    const shared = { chainId: lane.chain.id, nonce, gas, value: 0n, ...(data === undefined ? { to: lane.account.address } : { data }) };
    const raw = await lane.account.signTransaction("gasPrice" in fees ? { type: "legacy", ...shared, ...fees } : { type: "eip1559", ...shared, ...fees });
    return { raw, hash: keccak256(raw) };
  };
}

async function requireCoins({ lane, most }: { lane: Lane; most: bigint }): Promise<void> {
  const { chain, client, account } = lane;
  const balance = await client.getBalance({ address: account.address });
  if (balance >= most) return;
  throw new LaneFailure("insufficient_funds", `${chain.name}: the signer ${account.address} has ${formatEther(balance)} ${chain.unit}, and up to ${formatEther(most)} are needed. Send it some and retry.`);
}

function feesOf(raw: Hex): Fees {
  const { gasPrice, maxFeePerGas, maxPriorityFeePerGas } = parseTransaction(raw);
  if (gasPrice !== undefined) return { gasPrice };
  return { maxFeePerGas: maxFeePerGas ?? 0n, maxPriorityFeePerGas: maxPriorityFeePerGas ?? 0n };
}

function mostOf(fees: Fees): bigint {
  return "gasPrice" in fees ? fees.gasPrice : fees.maxFeePerGas;
}

/** Nodes take a replacement only when each of its fees is at least a tenth (some: an eighth) higher. */
function raise(old: Fees, present: Fees): Fees {
  const higher = (before: bigint, now: bigint): bigint => {
    const least = (before * 9n) / 8n + 1n;
    return now > least ? now : least;
  };
  if ("gasPrice" in old) return { gasPrice: higher(old.gasPrice, mostOf(present)) };
  const tip = "gasPrice" in present ? present.gasPrice : present.maxPriorityFeePerGas;
  const maxPriorityFeePerGas = higher(old.maxPriorityFeePerGas, tip);
  const maxFeePerGas = higher(old.maxFeePerGas, mostOf(present));
  return { maxPriorityFeePerGas, maxFeePerGas: maxFeePerGas > maxPriorityFeePerGas ? maxFeePerGas : maxPriorityFeePerGas };
}
