/** What can go wrong with a chain, in words that are safe to show: no RPC address, no stack. */
import { BaseError, ExecutionRevertedError, HttpRequestError, InsufficientFundsError, TimeoutError } from "viem";

export type ChainErrorCode = "chain_unreachable" | "wrong_chain" | "unknown_chain" | "no_anvil" | "insufficient_funds" | "reverted" | "rpc_error" | "no_secret";

export class ChainError extends Error {
  readonly code: ChainErrorCode;

  constructor(code: ChainErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "ChainError";
    this.code = code;
  }
}

/** Whatever a call to the chain threw, as one of ours. `chain` is what the message calls it. */
export function toChainError(error: unknown, chain: string): ChainError {
  if (error instanceof ChainError) return error;
  const ours = error instanceof BaseError ? error.walk((cause) => cause instanceof ChainError) : null;
  if (ours instanceof ChainError) return ours;
  if (!(error instanceof BaseError)) return new ChainError("rpc_error", `${chain}: the call failed`, error);
  const unreachable = error.walk((cause) => cause instanceof HttpRequestError || cause instanceof TimeoutError);
  if (unreachable !== null) return new ChainError("chain_unreachable", `${chain} does not answer${unreachable instanceof TimeoutError ? " in time" : ""}. Check that its node runs, and try again.`, error);
  if (error.walk((cause) => cause instanceof InsufficientFundsError) !== null || /insufficient funds/i.test(error.details)) {
    return new ChainError("insufficient_funds", `${chain}: the signer has not enough coins for gas. Send some to it, and try again.`, error);
  }
  const reverted = error.walk((cause) => cause instanceof ExecutionRevertedError);
  if (reverted !== null || /execution reverted|revert/i.test(error.details)) {
    return new ChainError("reverted", `${chain}: ${withoutAddresses(reverted instanceof BaseError ? reverted.shortMessage : error.details)}`, error);
  }
  return new ChainError("rpc_error", `${chain}: ${withoutAddresses(error.details === "" ? error.shortMessage : error.details)}`, error);
}

/** A node's own words may repeat the address that it was asked at. */
function withoutAddresses(text: string): string {
  const line = (text.split("\n")[0] ?? "").replace(/\b(?:https?|wss?):\/\/\S+/g, "its RPC address");
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}
