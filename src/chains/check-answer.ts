/**
 * What nodes answer is looked at before it is used: an address that is no node's (a login page, a proxy, a half-broken
 * provider) answers all kinds of things, and none of them may pass for a fault of ours.
 */
import { z } from "zod";
import { ChainError } from "./chain-errors";

const quantity = z.string().regex(/^0x[0-9a-f]{1,64}$/i);
const bytes = z.string().regex(/^0x(?:[0-9a-f]{2})*$/i);
const hash = z.string().regex(/^0x[0-9a-f]{64}$/i);

/** Some nodes answer for a transaction that is in no block yet: that is no receipt. */
const receipt = z
  .looseObject({ transactionHash: hash, blockNumber: quantity.nullable(), status: z.enum(["0x0", "0x1"]), gasUsed: quantity, effectiveGasPrice: quantity })
  .or(z.looseObject({ transactionHash: hash, blockNumber: z.null() }).transform(() => null))
  .nullable();

const ANSWERS: Readonly<Record<string, z.ZodType>> = {
  eth_chainId: quantity,
  eth_blockNumber: quantity,
  eth_gasPrice: quantity,
  eth_maxPriorityFeePerGas: quantity,
  eth_estimateGas: quantity,
  eth_getBalance: quantity,
  eth_getTransactionCount: quantity,
  eth_getCode: bytes,
  eth_getStorageAt: quantity,
  eth_sendRawTransaction: hash,
  eth_getTransactionReceipt: receipt,
  eth_getBlockByNumber: z.looseObject({ number: quantity.nullable(), baseFeePerGas: quantity.nullish() }),
};

/** The answer as it may be used. Throws `ChainError` (`bad_answer`). */
export function checkAnswer(options: { chain: string; method: string; answer: unknown }): unknown {
  const { chain, method, answer } = options;
  const schema = ANSWERS[method];
  if (schema === undefined) return answer;
  const checked = schema.safeParse(answer);
  if (checked.success) return checked.data;
  throw new ChainError("bad_answer", `${chain}: what is at its RPC address answered ${method} with what no node answers. Check rpc_url in chains.json, and try again.`);
}
