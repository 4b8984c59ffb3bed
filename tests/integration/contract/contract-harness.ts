/** One executor and the contract pipeline a test file, on the installed toolchain. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";
import { createLocalExecutor } from "~/executors/local";
import type { AnyPipeline } from "~/pipelines/define";
import type { ContractModel } from "~/pipelines/contract/model/define";
import type { AuditSettings } from "~/pipelines/contract/audit/policy";
import { createRegistry } from "~/pipelines/registry";
import { runStages, type RunStagesOptions } from "../../support/stage-context";

const toolchainsDir = fileURLToPath(new URL("../../../toolchains", import.meta.url));

let opened = 0;

/**
 * @param options.warm processes kept started ahead for each stage; default 0
 * @param options.toolchains another folder of toolchains than the installed one
 */
export function openContract({ warm = 0, model, audit, toolchains = toolchainsDir }: { warm?: number; model?: ContractModel; audit?: AuditSettings; toolchains?: string } = {}) {
  const workRoot = mkdtempSync(path.join(tmpdir(), "slipway-contract-test-"));
  // Other executors on this machine must not have the same users: they end each other's processes.
  const uidBase = 600_000 + (process.pid % 10_000) * 32 + opened * 8;
  opened += 1;
  const executor = createLocalExecutor({ slots: 1, workRoot: path.join(workRoot, "slots"), allowInsecure: false, warmPerKey: warm, warmTotal: 4 * warm, uidBase });
  const pipeline = createRegistry({ toolchainsDir: toolchains, nodeBinary: process.execPath, nodeVersion: process.versions.node, model, audit }).get("contract");
  if (pipeline === undefined) throw new Error("The registry has no contract pipeline.");
  afterAll(async () => {
    await executor.close();
    rmSync(workRoot, { recursive: true, force: true });
  });
  return {
    pipeline: pipeline satisfies AnyPipeline,
    executor,
    /** `code_generation` and `compilation`; the later stages have tests of their own. */
    run: (options: Omit<RunStagesOptions, "pipeline" | "executor" | "workRoot" | "files"> & { files?: RunStagesOptions["files"] }) =>
      runStages({ pipeline, executor, workRoot: path.join(workRoot, "attempts"), files: {}, only: ["code_generation", "compilation"], ...options }),
  };
}

export { failureOf, reportOf, textOf } from "../circuit/circuit-harness";
