/** A contract from a prompt, live on two local chains: through the platform, stage by stage, beside the bare tools. */
import { execFile } from "node:child_process";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { z } from "zod";
import { findProjectRoot } from "../../src/project-root";
import { createClient, startProduct, type BuildDetail } from "./product";
import type { Report } from "./report";
import { formatMs, median } from "./statistics";

const execFileAsync = promisify(execFile);
export const PROMPT = "Create an ERC-20 token called HyperKit with 1 billion supply, mintable and pausable";
export const CHAINS = [31_337, 5_001];
const TIMES = 5;
/** Loading the compiler and the analyzers ahead takes a few seconds on two cores. */
const WARM_PAUSE_MS = 9_000;
const STAGES = ["code_generation", "compilation", "security_audit", "deployment"] as const;
type Stage = (typeof STAGES)[number];

interface Sample {
  totalMs: number;
  stages: Readonly<Record<Stage, number>>;
}

const bareTimings = z.record(z.enum(STAGES), z.number());

async function runBare(): Promise<Sample> {
  const script = path.join(findProjectRoot(), "scripts/bench/bare-contract.ts");
  const { stdout } = await execFileAsync(process.execPath, ["--import", "tsx", script, PROMPT], { cwd: findProjectRoot() });
  const stages = bareTimings.parse(JSON.parse(stdout));
  return { totalMs: Object.values(stages).reduce((sum, ms) => sum + ms, 0), stages };
}

function toSample(build: BuildDetail): Sample {
  if (build.status !== "successful") throw new Error(`Build ${build.build_id} is ${build.status}: ${build.error?.message ?? ""}`);
  const msOf = (key: Stage): number => build.stages.find((stage) => stage.key === key)?.duration_ms ?? Number.NaN;
  return {
    totalMs: (build.completed_at?.getTime() ?? Number.NaN) - build.created_at.getTime(),
    stages: { code_generation: msOf("code_generation"), compilation: msOf("compilation"), security_audit: msOf("security_audit"), deployment: msOf("deployment") },
  };
}

/** The first build of a product that has just started, then rebuilds of everything, deployed anew each time. */
async function runProduct(options: { warmRunners: number; pauseMs: number; between: () => Promise<void> }): Promise<{ first: Sample; again: Sample[] }> {
  const product = await startProduct({ SLIPWAY_WARM_RUNNERS: String(options.warmRunners) });
  try {
    const client = createClient(product);
    await delay(options.pauseMs);
    const { build_id: firstId } = await client.submit({ prompt: PROMPT, chains: CHAINS });
    const first = toSample(await client.finished(firstId));
    const again: Sample[] = [];
    for (let turn = 0; turn < TIMES; turn += 1) {
      await options.between();
      await delay(options.pauseMs);
      const { build_id: buildId } = await client.rebuild(firstId, "all");
      again.push(toSample(await client.finished(buildId)));
    }
    return { first, again };
  } finally {
    await product.stop();
  }
}

export async function compareContracts({ note }: Pick<Report, "note">): Promise<void> {
  await runBare();
  const bare: Sample[] = [];
  const between = async () => void bare.push(await runBare());
  const cold = await runProduct({ warmRunners: 0, pauseMs: 0, between });
  const warm = await runProduct({ warmRunners: 1, pauseMs: WARM_PAUSE_MS, between });
  const total = (samples: readonly Sample[]): number => median(samples.map((sample) => sample.totalMs));
  note({ what: `Prompt → contract on two local chains: the bare tools, a fresh process (median of ${bare.length})`, figure: formatMs(total(bare)), aim: "", met: null });
  note({ what: "The same through the platform, first build after its start, chains starting", figure: formatMs(cold.first.totalMs), aim: "< 6 s", met: cold.first.totalMs < 6000 });
  note({ what: `The same, cold (median of ${cold.again.length})`, figure: `${formatMs(total(cold.again))} = ${(total(cold.again) / total(bare)).toFixed(2)} × bare`, aim: "< 6 s", met: total(cold.again) < 6000 });
  note({ what: `The same, runners started ahead (median of ${warm.again.length})`, figure: `${formatMs(total(warm.again))} = ${(total(warm.again) / total(bare)).toFixed(2)} × bare`, aim: "< 3 s", met: total(warm.again) < 3000 });
  for (const stage of STAGES) {
    const of = (samples: readonly Sample[]): string => formatMs(median(samples.map((sample) => sample.stages[stage])));
    note({ what: `– of it \`${stage}\`: bare, cold, runners started ahead`, figure: `${of(bare)}, ${of(cold.again)}, ${of(warm.again)}`, aim: "", met: null });
  }
}
