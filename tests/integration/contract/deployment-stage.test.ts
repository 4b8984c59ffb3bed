/** The stage against real nodes, without a platform: the ledger is in memory. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { createChains, type Chain, type Chains } from "~/chains";
import type { Deployable } from "~/pipelines/contract/deployable";
import { createLocalExecutor } from "~/executors/local";
import { runStages, type StageRun } from "../../support/stage-context";
import { anvilBinary, askNode, countCreations, DEV_ADDRESS, DEV_KEY, freePort, startMeddlingNode, startTestAnvil, type MeddlingNode, type TestAnvil } from "../../support/anvil";
import { compileCounter, compileVault } from "../../support/compile-contract";
import { createDeploymentPipeline, DEPLOYABLE_SOURCE } from "../../support/deployment-pipeline";
import { createMemoryLedger, type MemoryLedger } from "../../support/memory-ledger";

const TEST_CHAIN = { testnet: true, unit: "TST", explorerUrl: "https://explorer.example", signer: "dev", confirmations: 1, receiptTimeoutMs: 10_000 } as const;
const SECRETS = { "signer/dev": DEV_KEY };
let folder: string;
let first: TestAnvil;
let second: TestAnvil;
let node: MeddlingNode;
let ledger: MemoryLedger;
const open: Chains[] = [];
const executor = createLocalExecutor({ slots: 1, workRoot: path.join(tmpdir(), "slipway-deployment-sandboxes"), allowInsecure: false, warmPerKey: 0 });

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "slipway-deployment-"));
  first = await startTestAnvil({ chainId: 901 });
  second = await startTestAnvil({ chainId: 902 });
});
beforeEach(async () => {
  ledger = createMemoryLedger();
  node = await startMeddlingNode({ target: first.url });
});
afterEach(async () => {
  await node.close();
  await Promise.all(open.splice(0).map((chains) => chains.close()));
});
afterAll(async () => {
  await Promise.all([first.stop(), second.stop(), executor.close()]);
  await rm(folder, { recursive: true, force: true });
});

function chainsOf(changes: Partial<Chain>[]): Chains {
  const list = changes.map((change): Chain => ({ ...TEST_CHAIN, id: 901, name: "First", rpc: { kind: "url", url: node.url }, ...change }));
  const chains = createChains({ chains: list, folder, anvil: anvilBinary, host: true, secret: "a secret of this test, long enough for one", logger: { info: () => undefined, warn: () => undefined } });
  open.push(chains);
  return chains;
}

async function deploy(options: { chains: Chains; deployable?: Deployable; ids?: number[]; confirm?: number[]; secrets?: Record<string, string>; signal?: AbortSignal }): Promise<StageRun> {
  const runs = await runStages({
    pipeline: createDeploymentPipeline({ chains: options.chains }),
    executor,
    workRoot: folder,
    files: { [DEPLOYABLE_SOURCE]: JSON.stringify(options.deployable ?? compileCounter()) },
    options: { chains: options.ids ?? [901], ...(options.confirm === undefined ? {} : { confirm_mainnet: options.confirm }) },
    ledger,
    secrets: options.secrets ?? SECRETS,
    signal: options.signal,
  });
  const run = runs.deployment;
  if (run === undefined) throw new Error("The stage did not run.");
  return run;
}

const endOf = (chainId: number) => ledger.lanes.get(chainId)?.end;
const readJson = async (run: StageRun) => JSON.parse(new TextDecoder().decode(await run.artifacts[0]?.read()));

it("puts a contract on two chains, verified, with what it cost", async () => {
  const run = await deploy({ chains: chainsOf([{}, { id: 902, name: "Second", rpc: { kind: "url", url: second.url } }]), ids: [902, 901] });
  expect(run.outcome).toMatchObject({ status: "successful", report: { errorCount: 0, facts: { chains: 2, deployed: 2, verified: 2, carried_over: 0 } } });
  const rows = await readJson(run);
  expect(rows.map((row: { chain_id: number }) => row.chain_id)).toEqual([901, 902]);
  for (const [index, target] of [first, second].entries()) {
    const row = rows[index];
    expect(await askNode(target.url, "eth_getCode", [row.address, "latest"])).toMatch(/^0x60/);
    const receipt = JSON.parse(JSON.stringify(await askNode(target.url, "eth_getTransactionReceipt", [row.transaction])));
    expect(row).toMatchObject({ block: Number(receipt.blockNumber), gas_used: Number(receipt.gasUsed), unit: "TST", verified: true, explorer_url: `https://explorer.example/address/${row.address}` });
    expect(BigInt(row.cost_wei)).toBe(BigInt(receipt.gasUsed) * BigInt(receipt.effectiveGasPrice));
    // The third word of what the constructor was given is its owner: the deployer.
    expect(String(await askNode(target.url, "eth_call", [{ to: row.address, data: "0x8da5cb5b" }, "latest"])).toLowerCase()).toContain(DEV_ADDRESS.slice(2).toLowerCase());
  }
  expect(run.log).toContain("[Second] contract: transaction 0x");
  expect(run.log).not.toContain(DEV_KEY.slice(2));
});

it("records a transaction before it is sent", async () => {
  let recorded = -1;
  node.meddle = async ({ method }) => {
    if (method === "eth_sendRawTransaction") recorded = ledger.transactions.length;
    return "pass";
  };
  await deploy({ chains: chainsOf([{}]) });
  expect(recorded).toBe(1);
});

it("puts an upgradeable contract behind a proxy and checks where the proxy points", async () => {
  const run = await deploy({ chains: chainsOf([{}]), deployable: compileVault() });
  expect(run.outcome).toMatchObject({ status: "successful" });
  expect(ledger.transactions.map((one) => one.step)).toEqual(["implementation", "proxy"]);
  const [row] = await readJson(run);
  expect(String(await askNode(first.url, "eth_call", [{ to: row.address, data: "0x8da5cb5b" }, "latest"])).toLowerCase()).toContain(DEV_ADDRESS.slice(2).toLowerCase());
});

it("is skipped without a chain", async () => {
  expect((await deploy({ chains: chainsOf([{}]), ids: [] })).outcome).toEqual({ status: "skipped", reason: "no chain was chosen" });
});

it.each([
  ["code", (code: string) => code.replace(/^0x60(..)/, (_, byte: string) => `0x60${byte === "80" ? "81" : "80"}`), "is not the compiled one"],
  ["metadata", (code: string) => `${code.slice(0, -80)}${code.slice(-80, -78) === "00" ? "01" : "00"}${code.slice(-78)}`, "other metadata"],
  ["length", (code: string) => `${code}00`, "is not the compiled one"],
])("fails when the chain has other %s than the compiled", async (_, alter, words) => {
  node.meddle = async ({ method, params }) => (method === "eth_getCode" ? { result: alter(String(await askNode(first.url, method, Array.isArray(params) ? params : []))) } : "pass");
  const run = await deploy({ chains: chainsOf([{}]) });
  expect(run.outcome).toMatchObject({ status: "failed", error: { code: "deployment_failed" } });
  expect(endOf(901)).toMatchObject({ status: "failed", verified: false, error: { code: "verification_failed" } });
  expect(endOf(901)?.error?.message).toContain(words);
  expect(endOf(901)?.address).toMatch(/^0x/);
});

it("fails the lane of a chain that is down, quickly, and finishes the others", async () => {
  const started = Date.now();
  const run = await deploy({ chains: chainsOf([{}, { id: 902, name: "Gone", rpc: { kind: "url", url: `http://127.0.0.1:${await freePort()}/secret-key` } }]), ids: [901, 902] });
  expect(Date.now() - started).toBeLessThan(20_000);
  expect(run.outcome).toMatchObject({ status: "failed", error: { code: "deployment_failed" }, report: { facts: { deployed: 1 } } });
  expect(endOf(901)).toMatchObject({ status: "successful" });
  expect(endOf(902)).toMatchObject({ status: "failed", error: { code: "chain_unreachable" } });
  expect(await readJson(run)).toHaveLength(1);
  expect(run.log + JSON.stringify(run.outcome)).not.toContain("secret-key");
});

it("fails the lane whose node is of another chain", async () => {
  await deploy({ chains: chainsOf([{ rpc: { kind: "url", url: second.url } }]) });
  expect(endOf(901)?.error).toMatchObject({ code: "wrong_chain" });
});

it("refuses a main network that was not confirmed, and goes on when it was", async () => {
  const chains = chainsOf([{ testnet: false }]);
  await deploy({ chains });
  expect(endOf(901)?.error).toMatchObject({ code: "mainnet_not_confirmed" });
  expect(ledger.transactions).toEqual([]);
  await deploy({ chains, confirm: [901], secrets: {} });
  expect(endOf(901)?.error).toMatchObject({ code: "no_signer" });
  await deploy({ chains, confirm: [901] });
  expect(endOf(901)).toMatchObject({ status: "successful" });
});

it("tells of a chain that is not configured, a signer without coins, a constructor that refuses, and arguments that don't fit", async () => {
  await deploy({ chains: chainsOf([{}]), ids: [4711] });
  expect(endOf(4711)?.error).toMatchObject({ code: "unknown_chain", message: expect.stringContaining("901 (First)") });
  await deploy({ chains: chainsOf([{}]), secrets: { "signer/dev": `0x${"1".repeat(64)}` } });
  expect(endOf(901)?.error).toMatchObject({ code: "insufficient_funds" });
  await deploy({ chains: chainsOf([{}]), deployable: compileCounter({ start: "1000" }) });
  expect(endOf(901)?.error).toMatchObject({ code: "deployment_reverted", message: expect.stringContaining("start too large") });
  await deploy({ chains: chainsOf([{}]), deployable: compileCounter({ start: "many" }) });
  expect(endOf(901)?.error).toMatchObject({ code: "invalid_constructor_args", message: expect.stringContaining("constructor_args.1") });
  expect(ledger.transactions).toEqual([]);
});

it("looks for the receipt of a recorded transaction, or sends the very same again, and never deploys twice", async () => {
  const chains = chainsOf([{}]);
  const before = await countCreations(first.url);
  await deploy({ chains });
  const [made] = ledger.transactions;
  // As after a crash right after sending: the record says only that it was sent.
  ledger.transactions.splice(0, 1, { ...(made ?? expect.fail()), status: "sent" });
  node.calls.length = 0;
  await deploy({ chains });
  expect(node.calls).not.toContain("eth_sendRawTransaction");
  expect(ledger.transactions).toHaveLength(1);
  // As after a crash right before sending: the chain has never heard of it.
  const height = await askNode(first.url, "evm_snapshot", []);
  node.meddle = async ({ method }) => (method === "eth_sendRawTransaction" ? "swallow" : "pass");
  const controller = new AbortController();
  const other = compileCounter({ label: "other" });
  ledger = createMemoryLedger();
  const cut = deploy({ chains, deployable: other, signal: controller.signal });
  await expect.poll(() => ledger.transactions.length).toBe(1);
  controller.abort(new Error("stopped by the test"));
  await expect(cut).rejects.toThrow();
  node.meddle = () => Promise.resolve("pass");
  const hash = ledger.transactions[0]?.hash;
  expect((await deploy({ chains, deployable: other })).outcome).toMatchObject({ status: "successful" });
  expect(endOf(901)?.transaction).toBe(hash);
  expect(await countCreations(first.url)).toBe(before + 2);
  // The chain went back: what it lost is sent again, and the contract is where it was.
  const address = endOf(901)?.address;
  await askNode(first.url, "evm_revert", [height]);
  expect((await deploy({ chains, deployable: other })).outcome).toMatchObject({ status: "successful" });
  expect(endOf(901)).toMatchObject({ transaction: hash, address });
});

it("signs a new transaction only when the nonce of the recorded one went to another", async () => {
  const chains = chainsOf([{}]);
  node.meddle = async ({ method }) => (method === "eth_sendRawTransaction" ? "swallow" : "pass");
  const controller = new AbortController();
  const cut = deploy({ chains, signal: controller.signal });
  await expect.poll(() => ledger.transactions.length).toBe(1);
  controller.abort(new Error("stopped by the test"));
  await expect(cut).rejects.toThrow();
  node.meddle = () => Promise.resolve("pass");
  await first.ask("eth_sendTransaction", [{ from: DEV_ADDRESS, to: DEV_ADDRESS }]);
  expect((await deploy({ chains })).outcome).toMatchObject({ status: "successful" });
  expect(ledger.transactions.map((one) => one.status)).toEqual(["replaced", "confirmed"]);
});

it("knows a contract again whose receipt the node no longer keeps", async () => {
  const chains = chainsOf([{}]);
  await deploy({ chains });
  const before = endOf(901);
  node.meddle = ({ method }) => Promise.resolve(method === "eth_getTransactionReceipt" ? { result: null } : "pass");
  expect((await deploy({ chains })).outcome).toMatchObject({ status: "successful" });
  expect(endOf(901)).toMatchObject({ address: before?.address, transaction: before?.transaction, verified: true });
  expect(ledger.transactions).toHaveLength(1);
});

it("deploys anew where the chain was begun anew, and another contract has the address", async () => {
  const chains = chainsOf([{}]);
  await deploy({ chains });
  const before = endOf(901)?.address;
  await first.ask("anvil_setCode", [before, "0x60006000fd"]);
  node.meddle = ({ method, params }) => Promise.resolve(method === "eth_getTransactionReceipt" && JSON.stringify(params).includes(ledger.transactions[0]?.hash ?? "?") ? { result: null } : "pass");
  expect((await deploy({ chains })).outcome).toMatchObject({ status: "successful" });
  expect(endOf(901)).toMatchObject({ verified: true });
  expect(endOf(901)?.address).not.toBe(before);
  expect(ledger.transactions.map((one) => one.status)).toEqual(["replaced", "confirmed"]);
});

it("fills a gap of nonces that nobody closes any more", async () => {
  const chains = chainsOf([{}]);
  const nonce = Number(await askNode(first.url, "eth_getTransactionCount", [DEV_ADDRESS, "pending"]));
  const sign = ledger.sign;
  ledger.sign = (request) => sign({ ...request, readNonce: () => Promise.resolve(nonce + 2) });
  expect((await deploy({ chains })).outcome).toMatchObject({ status: "successful" });
  expect(ledger.transactions.map((one) => [one.step, one.nonce])).toEqual([["contract", nonce + 2], ["filler", nonce], ["filler", nonce + 1]]);
});
