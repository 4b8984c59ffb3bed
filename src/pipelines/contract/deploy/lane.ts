/** One lane at work: what its parts share, and what it has come to so far. */
import type { Address, Hex, PublicClient, TransactionReceipt } from "viem";
import type { PrivateKeyAccount } from "viem/accounts";
import type { Chain } from "~/chains";
import type { DeploymentLedger } from "../../define";

export interface Lane {
  chain: Chain;
  client: PublicClient;
  account: PrivateKeyAccount;
  ledger: DeploymentLedger;
  signal: AbortSignal;
  /** What a lane that fails has reached; written as it goes on. */
  reached: LaneReach;
  /** Whether something new may be signed, which can cost real money. Throws `LaneFailure`. */
  requirePermission(): void;
  /** A line of the log. */
  say(line: string): void;
}

export interface LaneReach {
  /** The last transaction that was recorded, and so may be out. */
  transaction: Hex | null;
  /** What this build's own transactions have taken, those that reverted included. */
  receipts: Map<Hex, TransactionReceipt>;
}

export interface Placed {
  address: Address;
  hash: Hex;
  /** Null where a node no longer keeps receipts that old. */
  receipt: TransactionReceipt | null;
  /** An earlier build's transaction made it. */
  adopted: boolean;
}

export function readNonce({ client, account }: Pick<Lane, "client" | "account">, blockTag: "latest" | "pending"): Promise<number> {
  return client.getTransactionCount({ address: account.address, blockTag });
}

/** Until the chain is asked again; ends at once when the build is stopped. */
export function pause({ client, signal }: Pick<Lane, "client" | "signal">): Promise<void> {
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
