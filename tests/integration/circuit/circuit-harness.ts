/** One executor and one pipeline a test file, on the installed toolchain. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";
import { createLocalExecutor } from "~/executors/local";
import type { AnyPipeline } from "~/pipelines/define";
import { createRegistry } from "~/pipelines/registry";
import { runStages, type RunStagesOptions, type StageRun } from "../../support/stage-context";

const toolchainsDir = fileURLToPath(new URL("../../../toolchains", import.meta.url));

let opened = 0;

/** @param options.warm processes kept started ahead for each stage; default 0 */
export function openCircuit({ warm = 0 }: { warm?: number } = {}) {
  const workRoot = mkdtempSync(path.join(tmpdir(), "slipway-circuit-test-"));
  // Other executors on this machine must not have the same users: they end each other's processes.
  const uidBase = 200_000 + (process.pid % 10_000) * 32 + opened * 8;
  opened += 1;
  const executor = createLocalExecutor({ slots: 1, workRoot: path.join(workRoot, "slots"), allowInsecure: false, warmPerKey: warm, warmTotal: 4 * warm, uidBase });
  const pipeline = createRegistry({ toolchainsDir, nodeBinary: process.execPath, nodeVersion: process.versions.node }).get("circuit");
  if (pipeline === undefined) throw new Error("The registry has no circuit pipeline.");
  afterAll(async () => {
    await executor.close();
    rmSync(workRoot, { recursive: true, force: true });
  });
  return {
    pipeline: pipeline satisfies AnyPipeline,
    executor,
    run: (options: Omit<RunStagesOptions, "pipeline" | "executor" | "workRoot">) => runStages({ pipeline, executor, workRoot: path.join(workRoot, "attempts"), ...options }),
  };
}

/** The outcome's failure; fails the test when there is none. */
export function failureOf(run: StageRun | undefined) {
  if (run?.outcome.status !== "failed") throw new Error(`Expected a failed stage, got ${JSON.stringify(run?.outcome)}\n${run?.log}`);
  return run.outcome.error;
}

export function reportOf(run: StageRun | undefined) {
  const outcome = run?.outcome;
  if (outcome === undefined || !("report" in outcome) || outcome.report === undefined) throw new Error(`Expected a report, got ${JSON.stringify(outcome)}\n${run?.log}`);
  return outcome.report;
}

export async function textOf(run: StageRun | undefined, name: string): Promise<string> {
  const artifact = run?.artifacts.find((one) => one.name === name);
  if (artifact === undefined) throw new Error(`No artifact ${name} among ${run?.artifacts.map((one) => one.name).join(", ")}`);
  return new TextDecoder().decode(await artifact.read());
}
