/** A lane as every surface answers it. */
import type { DeploymentView } from "../../api/schemas/builds";
import type { Deployment } from "../../db/generated/client";

const DECIMALS = 18;

export function toDeploymentView(row: Deployment): DeploymentView {
  return {
    chain_id: row.chainId,
    chain_name: row.chainName,
    status: row.status,
    attempt: row.attempt,
    contract: row.contract,
    address: row.address,
    transaction: row.transaction,
    block: row.block === null ? null : Number(row.block),
    gas_used: row.gasUsed === null ? null : Number(row.gasUsed),
    cost_wei: row.costWei,
    cost: row.costWei === null ? null : formatCoins(row.costWei),
    unit: row.unit,
    explorer_url: row.explorerUrl,
    verified: row.verified,
    carried_over: row.carriedOver,
    error: row.errorMessage === null ? null : { code: row.errorCode ?? "failed", message: row.errorMessage },
    started_at: row.startedAt?.toISOString() ?? null,
    completed_at: row.completedAt?.toISOString() ?? null,
  };
}

/** Decimal digits of the smallest unit as coins: "1500000000000000" → "0.0015". */
export function formatCoins(wei: string): string {
  const digits = wei.padStart(DECIMALS + 1, "0");
  const fraction = digits.slice(-DECIMALS).replace(/0+$/, "");
  return `${digits.slice(0, -DECIMALS)}${fraction === "" ? "" : `.${fraction}`}`;
}
