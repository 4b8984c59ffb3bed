import { formatDuration } from "~/components/time/format-duration";
import type { BuildDetail } from "~/server/api/schemas/builds";
import { groupDigits, shortenCoins } from "../preview/contract/format-number";
import { DetailRow } from "./detail-row";

const SECOND = 1000;

/** What a contract's build took and cost; nothing for other kinds. */
export function ContractFigures({ build }: { build: BuildDetail }) {
  const { generation_time: generation, audit_time: audit, deploy_time: deploy, total_cost: cost } = build;
  const times = [["Generation", "code_generation", generation], ["Audit", "security_audit", audit], ["Deployment", "deployment", deploy]] as const;
  const wasSkipped = (key: string) => build.stages.find((stage) => stage.key === key)?.status === "skipped";
  return (
    <>
      {times.map(([label, key, seconds]) => (seconds === null || wasSkipped(key) ? null : <DetailRow key={label} label={label}>{formatDuration(seconds * SECOND)}</DetailRow>))}
      {cost === null || (cost.chains.length === 0 && cost.model_tokens === null) ? null : (
        <DetailRow label="Cost">
          <ul className="flex min-w-0 flex-col">
            {cost.chains.map((chain) => (
              <li key={chain.chain_id} title={`${chain.cost} ${chain.unit}, ${groupDigits(String(chain.gas_used))} gas`}>
                <span className="tabular-nums">{shortenCoins(chain.cost)} {chain.unit}</span> <span className="text-xs text-muted">on {chain.chain_name}</span>
              </li>
            ))}
            {cost.model_tokens === null ? null : <li><span className="tabular-nums">{groupDigits(String(cost.model_tokens))}</span> <span className="text-xs text-muted">model tokens</span></li>}
          </ul>
        </DetailRow>
      )}
    </>
  );
}
