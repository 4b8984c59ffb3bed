/** The whole pipeline, from a sentence to contracts on two local chains that answer as the sentence says. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createChains, DEFAULT_CHAINS, type Chains } from "~/chains";
import { createLocalExecutor } from "~/executors/local";
import type { Executor } from "~/executors/types";
import { createRegistry } from "~/pipelines/registry";
import { anvilBinary, toolchainsDir } from "../../support/anvil";
import { createMemoryLedger, type MemoryLedger } from "../../support/memory-ledger";
import { runStages } from "../../support/stage-context";

let folder: string;
let chains: Chains;
let executor: Executor;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "slipway-prompt-"));
  chains = createChains({ chains: DEFAULT_CHAINS, folder: path.join(folder, "chains"), anvil: anvilBinary, host: true, secret: "a secret of this test, long enough for one", logger: { info: () => undefined, warn: () => undefined } });
  executor = createLocalExecutor({ slots: 2, workRoot: path.join(folder, "sandboxes"), allowInsecure: false, warmPerKey: 0 });
});
afterAll(async () => {
  await executor.close();
  await chains.close();
  await rm(folder, { recursive: true, force: true });
});

async function build(prompt: string, ids: number[]): Promise<{ runs: Awaited<ReturnType<typeof runStages>>; ledger: MemoryLedger }> {
  const pipeline = createRegistry({ toolchainsDir, nodeBinary: process.execPath, nodeVersion: process.versions.node, chains }).get("contract");
  if (pipeline === undefined) throw new Error("There is no contract pipeline.");
  const ledger = createMemoryLedger();
  const runs = await runStages({ pipeline, executor, workRoot: path.join(folder, "attempts"), files: {}, options: { prompt, chains: ids }, ledger });
  return { runs, ledger };
}

const OWNER = [{ type: "function", name: "owner", inputs: [], outputs: [{ type: "address" }], stateMutability: "view" }] as const;
const TEXT = (name: string) => [{ type: "function", name, inputs: [], outputs: [{ type: "string" }], stateMutability: "view" }] as const;

async function ask(chainId: number, address: string, name: "name" | "symbol"): Promise<string> {
  const client = await chains.connect(chainId);
  return client.readContract({ address: `0x${address.slice(2)}`, abi: TEXT(name), functionName: name });
}

it.each([
  ["a plain token", "Create an ERC-20 token called HyperKit with symbol HYP and 1 billion supply, mintable and pausable", "HyperKit", "HYP", ["contract"]],
  ["one behind a proxy", "An upgradeable ERC20 token named \"Second Wind\" (SWD), 21M supply, ownable", "Second Wind", "SWD", ["implementation", "proxy"]],
])("%s", async (_, prompt, name, symbol, steps) => {
  const { runs, ledger } = await build(prompt, [31_337, 5_001]);
  expect(Object.fromEntries(Object.entries(runs).map(([key, run]) => [key, run.outcome.status])), Object.values(runs).map((run) => run.log).join("\n")).toEqual({
    code_generation: "successful", compilation: "successful", security_audit: "successful", deployment: "successful",
  });
  for (const chainId of [31_337, 5_001]) {
    const end = ledger.lanes.get(chainId)?.end;
    expect(end).toMatchObject({ status: "successful", verified: true });
    expect([await ask(chainId, end?.address ?? "", "name"), await ask(chainId, end?.address ?? "", "symbol")]).toEqual([name, symbol]);
    expect(ledger.transactions.filter((one) => one.chainId === chainId).map((one) => one.step)).toEqual(steps);
    const owner = await (await chains.connect(chainId)).readContract({ address: `0x${end?.address?.slice(2) ?? ""}`, abi: OWNER, functionName: "owner" });
    expect(owner.toLowerCase()).toBe(ledger.lanes.get(chainId)?.signer);
  }
}, 180_000);
