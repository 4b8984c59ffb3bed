/** `deployments.json`: where the contract is, one entry a chain, by chain id. */
import { formatEther } from "viem";
import { z } from "zod";
import type { LaneResult } from "./deploy-lane";

export const DEPLOYMENTS_FILE = "deployments.json";

export const deploymentsSchema = z.array(
  z.strictObject({
    chain_id: z.int(),
    chain_name: z.string(),
    address: z.string(),
    transaction: z.string(),
    block: z.int(),
    gas_used: z.int(),
    cost_wei: z.string(),
    cost: z.string(),
    unit: z.string(),
    verified: z.boolean(),
    explorer_url: z.string().nullable(),
    /** What was verified: the contract's code and, where it is a proxy, the implementation's. */
    code: z.array(z.strictObject({ address: z.string(), keccak256: z.string() })),
  }),
);

export function writeDeployments(lanes: readonly LaneResult[]): Uint8Array {
  const rows = lanes.flatMap(({ chainId, chainName, unit, end, code }) => {
    if (end.status !== "successful" || end.address === null || end.transaction === null) return [];
    const costWei = end.costWei ?? 0n;
    return [
      {
        chain_id: chainId, chain_name: chainName, address: end.address, transaction: end.transaction, block: Number(end.block ?? 0n), gas_used: Number(end.gasUsed ?? 0n),
        cost_wei: costWei.toString(), cost: formatEther(costWei), unit, verified: end.verified, explorer_url: end.explorerUrl,
        code: [...code],
      },
    ];
  });
  rows.sort((a, b) => a.chain_id - b.chain_id);
  return new TextEncoder().encode(`${JSON.stringify(deploymentsSchema.parse(rows), null, 2)}\n`);
}
