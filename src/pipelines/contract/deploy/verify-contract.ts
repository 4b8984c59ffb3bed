/** Looks whether what lies at an address is the compiled contract. */
import { getAddress, keccak256, type Address, type Hex, type PublicClient } from "viem";
import type { Deployable } from "../deployable";
import { compareCode, type CodeComparison } from "./compare-code";

/** Where an ERC-1967 proxy keeps its implementation: keccak256("eip1967.proxy.implementation") - 1. */
const IMPLEMENTATION_SLOT = "0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc";

/** What lies at an address, by which it is known again. */
export interface CodeAt {
  address: Address;
  keccak256: Hex;
}

export interface Verification {
  outcome: CodeComparison | "another implementation";
  /** For people; empty when it is the same. */
  message: string;
  /** Of the contract, and of the implementation behind it; empty unless it is the same. */
  code: readonly CodeAt[];
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
  const ownAddress = implementation ?? address;
  const ownCode = await client.getCode({ address: ownAddress });
  const own = compareCode({
    onChain: ownCode,
    compiled: deployable.deployed_bytecode,
    immutableReferences: deployable.immutable_references,
  });
  if (own !== "same") return describe(own, `the code of ${deployable.contract} at ${ownAddress}`);
  if (deployable.upgradeable === null || implementation === null) return { outcome: "same", message: "", code: [describeCode(address, ownCode)] };
  const proxyCode = await client.getCode({ address });
  const proxy = compareCode({
    onChain: proxyCode,
    compiled: deployable.upgradeable.proxy_deployed_bytecode,
    immutableReferences: deployable.upgradeable.proxy_immutable_references,
  });
  if (proxy !== "same") return describe(proxy, `the proxy's code at ${address}`);
  const slot = await client.getStorageAt({ address, slot: IMPLEMENTATION_SLOT });
  const points = slot === undefined ? null : getAddress(`0x${slot.slice(-40).padStart(40, "0")}`);
  if (points !== getAddress(implementation)) return { outcome: "another implementation", message: `the proxy at ${address} uses another implementation than ${implementation}`, code: [] };
  return { outcome: "same", message: "", code: [describeCode(address, proxyCode), describeCode(implementation, ownCode)] };
}

export function describeCode(address: Address, code: Hex | undefined): CodeAt {
  return { address, keccak256: keccak256(code ?? "0x") };
}

function describe(outcome: CodeComparison, what: string): Verification {
  const words: Record<CodeComparison, string> = {
    same: "",
    missing: `${what} is not there`,
    "metadata differs": `${what} has other metadata than the compiled one: it was made from other sources`,
    "code differs": `${what} is not the compiled one`,
  };
  return { outcome, message: words[outcome], code: [] };
}
