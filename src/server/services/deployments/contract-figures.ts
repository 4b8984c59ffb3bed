/** What a contract's build took and cost. */
import { stageReport, type BuildDetail } from "../../api/schemas/builds";
import type { Deployment } from "../../db/generated/client";
import type { ServiceContext } from "../context";
import { formatCoins } from "./deployment-view";

type Figures = Pick<BuildDetail, "generation_time" | "audit_time" | "deploy_time" | "total_cost" | "estimated_time">;

const NONE: Figures = { generation_time: null, audit_time: null, deploy_time: null, total_cost: null, estimated_time: null };

export interface ContractFiguresOptions {
  stages: readonly { key: string; durationMs: number | null; report: unknown }[];
  deployments: readonly Deployment[];
  /** Ms; see `estimateStages`. */
  estimate: number | null;
}

/** All null for a build without the stages of a contract. */
export function contractFigures({ stages, deployments, estimate }: ContractFiguresOptions): Figures {
  const find = (key: string) => stages.find((stage) => stage.key === key);
  if (find("deployment") === undefined) return NONE;
  const seconds = (key: string): number | null => {
    const duration = find(key)?.durationMs ?? null;
    return duration === null ? null : duration / 1000;
  };
  return {
    generation_time: seconds("code_generation"),
    audit_time: seconds("security_audit"),
    deploy_time: seconds("deployment"),
    total_cost: {
      chains: deployments.flatMap((lane) =>
        lane.costWei === null || lane.carriedOver
          ? []
          : [{ chain_id: lane.chainId, chain_name: lane.chainName, gas_used: Number(lane.gasUsed ?? 0n), cost_wei: lane.costWei, cost: formatCoins(lane.costWei), unit: lane.unit }],
      ),
      model_tokens: countModelTokens(stages),
    },
    estimated_time: estimate === null ? null : Math.round(estimate) / 1000,
  };
}

/** Told by each stage that asked a language model: the generation, and the audit that mended with it. Null: none did. */
function countModelTokens(stages: ContractFiguresOptions["stages"]): number | null {
  const counts = stages.flatMap(({ report }) => {
    const { input_tokens: asked, output_tokens: answered } = stageReport.nullable().catch(null).parse(report ?? null)?.facts ?? {};
    return typeof asked === "number" && typeof answered === "number" ? [asked + answered] : [];
  });
  return counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0);
}

const SAMPLE = 20;

/** Ms: the sum of the medians of each stage's last 20 successful runs in the workspace, reused ones among them; null without any. */
export async function estimateStages(options: { context: Pick<ServiceContext, "database">; workspaceId: string; kind: string; keys: readonly string[] }): Promise<number | null> {
  const { rows } = await options.context.database.pool.query<{ total: number | null }>({
    name: "estimate-stages",
    text: `
      SELECT sum(median)::float8 AS total FROM unnest($3::text[]) AS wanted(key), LATERAL (
        SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY duration_ms) AS median FROM (
          SELECT duration_ms FROM build_stage WHERE workspace_id = $1 AND kind::text = $2 AND key = wanted.key AND status = 'successful' AND duration_ms IS NOT NULL ORDER BY id DESC LIMIT ${SAMPLE}
        ) last) medians`,
    values: [options.workspaceId, options.kind, [...options.keys]],
  });
  return rows[0]?.total ?? null;
}
