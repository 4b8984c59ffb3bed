/** What can go wrong with a chain, in words that are safe to show: no RPC address, no stack. */
import { BaseError, ExecutionRevertedError, HttpRequestError, InsufficientFundsError, LimitExceededRpcError, TimeoutError } from "viem";

export type ChainErrorCode = "chain_unreachable" | "wrong_chain" | "unknown_chain" | "no_anvil" | "insufficient_funds" | "reverted" | "rpc_error" | "rate_limited" | "bad_answer" | "no_secret";

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
  if (isRateLimit(error, unreachable)) return new ChainError("rate_limited", `${chain}: its node is asked more often than it allows. Wait a little and try again, or use another RPC address.`, error);
  if (unreachable !== null) return new ChainError("chain_unreachable", `${chain} does not answer${describeSilence(unreachable)}. Check that its node runs, and try again.`, error);
  if (error.walk((cause) => cause instanceof InsufficientFundsError) !== null || /insufficient funds/i.test(error.details)) {
    return new ChainError("insufficient_funds", `${chain}: the signer has not enough coins for gas. Send some to it, and try again.`, error);
  }
  const reverted = error.walk((cause) => cause instanceof ExecutionRevertedError);
  if (reverted !== null || /execution reverted|revert/i.test(error.details)) {
    return new ChainError("reverted", `${chain}: ${withoutAddresses(reverted instanceof BaseError ? reverted.shortMessage : error.details)}`, error);
  }
  return new ChainError("rpc_error", `${chain}: ${withoutAddresses(error.details === "" ? error.shortMessage : error.details)}`, error);
}

/** Errors after which the same question may well be answered a little later. */
export function isPassing({ code }: ChainError): boolean {
  return code === "chain_unreachable" || code === "rate_limited" || code === "bad_answer" || code === "rpc_error";
}

const TOO_OFTEN = /rate.?limit|too many requests|request (?:count|limit)|compute units/i;

function isRateLimit(error: BaseError, http: Error | null): boolean {
  if (http instanceof HttpRequestError && http.status === 429) return true;
  return error.walk((cause) => cause instanceof LimitExceededRpcError) !== null || TOO_OFTEN.test(error.details);
}

function describeSilence(error: Error): string {
  if (error instanceof TimeoutError) return " in time";
  const status = error instanceof HttpRequestError ? error.status : undefined;
  return status === undefined ? "" : ` (HTTP ${status})`;
}

/** A node's own words may repeat the address that it was asked at, and a contract's are any bytes: no database keeps NUL in a text. */
function withoutAddresses(text: string): string {
  const line = (text.split("\n")[0] ?? "").toWellFormed().replace(/\p{Cc}+/gu, " ").replace(/\b(?:https?|wss?):\/\/\S+/g, "its RPC address");
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}
