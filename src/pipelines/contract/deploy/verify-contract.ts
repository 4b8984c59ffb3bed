/** Looks whether what lies at an address is the compiled contract. */
import { getAddress, type Address, type PublicClient } from "viem";
import type { Deployable } from "../deployable";
import { compareCode, type CodeComparison } from "./compare-code";

/** Where an ERC-1967 proxy keeps its implementation: keccak256("eip1967.proxy.implementation") - 1. */
const IMPLEMENTATION_SLOT = "0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc";

export interface Verification {
  outcome: CodeComparison | "another implementation";
  /** For people; empty when it is the same. */
  message: string;
}

export interface VerifyContractOptions {
  client: PublicClient;
  deployable: Deployable;
  /** Of the contract, or of the proxy before it. */
  address: Address;
  /** Behind a proxy: where the contract's own code is. */
  implementation: Address | null;
}

export async function verifyContract({ client, deployable, address, implementation }: VerifyContractOptions): Promise<Verification> {
  const own = compareCode({
    onChain: await client.getCode({ address: implementation ?? address }),
    compiled: deployable.deployed_bytecode,
    immutableReferences: deployable.immutable_references,
  });
  if (own !== "same") return describe(own, `the code of ${deployable.contract} at ${implementation ?? address}`);
  if (deployable.upgradeable === null || implementation === null) return { outcome: "same", message: "" };
  const proxy = compareCode({
    onChain: await client.getCode({ address }),
    compiled: deployable.upgradeable.proxy_deployed_bytecode,
    immutableReferences: deployable.upgradeable.proxy_immutable_references,
  });
  if (proxy !== "same") return describe(proxy, `the proxy's code at ${address}`);
  const slot = await client.getStorageAt({ address, slot: IMPLEMENTATION_SLOT });
  const points = slot === undefined ? null : getAddress(`0x${slot.slice(-40).padStart(40, "0")}`);
  if (points !== getAddress(implementation)) return { outcome: "another implementation", message: `the proxy at ${address} uses another implementation than ${implementation}` };
  return { outcome: "same", message: "" };
}

function describe(outcome: CodeComparison, what: string): Verification {
  const words: Record<CodeComparison, string> = {
    same: "",
    missing: `${what} is not there`,
    "metadata differs": `${what} has other metadata than the compiled one: it was made from other sources`,
    "code differs": `${what} is not the compiled one`,
  };
  return { outcome, message: words[outcome] };
}
