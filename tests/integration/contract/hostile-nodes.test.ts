/** Nodes that lie, refuse, lag behind or become dear while a contract is deployed: one contract in the end, or a clear answer. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createChains, type Chain, type Chains } from "~/chains";
import { createLocalExecutor } from "~/executors/local";
import type { Deployable } from "~/pipelines/contract/deployable";
import { anvilBinary, countCreations, DEV_ADDRESS, DEV_KEY, startMeddlingNode, startTestAnvil, type MeddlingNode, type TestAnvil } from "../../support/anvil";
import { compileCounter } from "../../support/compile-contract";
import { createDeploymentPipeline, DEPLOYABLE_SOURCE } from "../../support/deployment-pipeline";
import { createMemoryLedger, type MemoryLedger } from "../../support/memory-ledger";
import { runStages, type StageRun } from "../../support/stage-context";

const GWEI = 1_000_000_000n;
let folder: string;
let anvil: TestAnvil;
let node: MeddlingNode;
let ledger: MemoryLedger;
let contracts = 0;
const open: Chains[] = [];
const executor = createLocalExecutor({ slots: 1, workRoot: path.join(tmpdir(), "slipway-hostile-sandboxes"), allowInsecure: false, warmPerKey: 0 });

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "slipway-hostile-"));
  anvil = await startTestAnvil({ chainId: 901 });
});
beforeEach(async () => {
  ledger = createMemoryLedger();
  node = await startMeddlingNode({ target: anvil.url });
});
afterEach(async () => {
  await anvil.ask("evm_setAutomine", [true]);
  await anvil.ask("evm_mine");
  await node.close();
  await Promise.all(open.splice(0).map((chains) => chains.close()));
});
afterAll(async () => {
  await Promise.all([anvil.stop(), executor.close()]);
  await rm(folder, { recursive: true, force: true });
});

async function deploy(options: { change?: Partial<Chain>; deployable?: Deployable; confirm?: number[] } = {}): Promise<StageRun> {
  const chain: Chain = { id: 901, name: "First", testnet: true, unit: "TST", explorerUrl: null, signer: "dev", confirmations: 1, receiptTimeoutMs: 60_000, rpc: { kind: "url", url: node.url }, ...options.change };
  const chains = createChains({ chains: [chain], folder, anvil: anvilBinary, host: false, secret: undefined, logger: { info: () => undefined, warn: () => undefined } });
  open.push(chains);
  const runs = await runStages({
    pipeline: createDeploymentPipeline({ chains }),
    executor,
    workRoot: folder,
    files: { [DEPLOYABLE_SOURCE]: JSON.stringify(options.deployable ?? compileCounter({ label: `hostile ${++contracts}` })) },
    options: { chains: [901], ...(options.confirm === undefined ? {} : { confirm_mainnet: options.confirm }) },
    ledger,
    secrets: { "signer/dev": DEV_KEY },
  });
  return runs.deployment ?? expect.fail("The stage did not run.");
}

const end = () => ledger.lanes.get(901)?.end;
const statuses = () => ledger.transactions.map((one) => one.status);
/** Meddles with the first `times` calls of `method`. */
function meddle(method: string, times: number, answer: Exclude<Awaited<ReturnType<MeddlingNode["meddle"]>>, "pass">): void {
  let left = times;
  node.meddle = (call) => Promise.resolve(call.method === method && left-- > 0 ? answer : "pass");
}

describe("answers that no node gives", () => {
  it.each([
    ["eth_chainId", null],
    ["eth_chainId", "banana"],
    ["eth_getTransactionCount", null],
    ["eth_estimateGas", { a: 1 }],
    ["eth_getBlockByNumber", null],
    ["eth_getCode", "banana"],
    ["eth_getBalance", []],
  ])("%s answered with %j fails the lane, and only the lane", async (method, result) => {
    node.meddle = (call) => Promise.resolve(call.method === method ? { result } : "pass");
    expect((await deploy()).outcome).toMatchObject({ status: "failed", error: { code: "deployment_failed" } });
    expect(end()?.error).toMatchObject({ code: "bad_answer", message: expect.stringContaining(method) });
  });
});

describe("a transaction that is out", () => {
  it.each([
    ["receipts without a meaning", "eth_getTransactionReceipt", { result: { a: 1 } }],
    ["too many requests", "eth_getTransactionReceipt", { httpStatus: 429 }],
    ["too many requests, in the node's own words", "eth_getTransactionReceipt", { error: { code: -32005, message: "daily request count exceeded, request rate limited" } }],
    ["a bad gateway", "eth_getTransactionReceipt", { httpStatus: 502 }],
    ["a full pool", "eth_sendRawTransaction", { error: { code: -32000, message: "txpool is full" } }],
  ])("survives %s", async (_, method, answer) => {
    meddle(method, 9, answer);
    expect((await deploy()).outcome).toMatchObject({ status: "successful" });
    expect(statuses()).toEqual(["confirmed"]);
  });

  it("is told of when the lane gives up: its hash is kept, and the next deployment finds it", async () => {
    const deployable = compileCounter({ label: `hostile ${++contracts}` });
    const before = await countCreations(anvil.url);
    meddle("eth_sendRawTransaction", 1, { error: { code: -32000, message: "exceeds block gas limit" } });
    await deploy({ deployable });
    const [recorded] = ledger.transactions;
    expect(end()).toMatchObject({ status: "failed", transaction: recorded?.hash, address: null, error: { code: "rpc_error", message: expect.stringContaining("nothing is deployed twice") } });
    expect((await deploy({ deployable })).outcome).toMatchObject({ status: "successful" });
    expect(end()?.transaction).toBe(recorded?.hash);
    expect(await countCreations(anvil.url)).toBe(before + 1);
  });

  it("costs what it took when it is mined and reverts", async () => {
    node.meddle = ({ method }) => Promise.resolve(method === "eth_estimateGas" ? { result: "0x15f90" } : "pass");
    await deploy();
    expect(end()).toMatchObject({ status: "failed", error: { code: "deployment_reverted" }, transaction: ledger.transactions[0]?.hash });
    expect(end()?.costWei).toBeGreaterThan(0n);
  });

  it("is not signed a second time by a node that is behind with receipts", async () => {
    const before = await countCreations(anvil.url);
    meddle("eth_getTransactionReceipt", 9, { result: null });
    expect((await deploy()).outcome).toMatchObject({ status: "successful" });
    expect(statuses()).toEqual(["confirmed"]);
    expect(await countCreations(anvil.url)).toBe(before + 1);
  });
});

describe("a chain that becomes dearer than the transaction offers", () => {
  it("gets the same transaction with higher fees, when it lies in the pool", async () => {
    const before = await countCreations(anvil.url);
    await anvil.ask("evm_setAutomine", [false]);
    const running = deploy();
    await expect.poll(() => node.calls.includes("eth_sendRawTransaction"), { timeout: 20_000 }).toBe(true);
    await anvil.ask("anvil_setNextBlockBaseFeePerGas", [`0x${(1000n * GWEI).toString(16)}`]);
    await anvil.ask("evm_mine");
    await expect.poll(() => ledger.transactions.length, { timeout: 30_000 }).toBe(2);
    await anvil.ask("evm_setAutomine", [true]);
    await anvil.ask("evm_mine");
    expect((await running).outcome).toMatchObject({ status: "successful" });
    expect(statuses()).toEqual(["replaced", "confirmed"]);
    expect(new Set(ledger.transactions.map((one) => one.nonce)).size).toBe(1);
    expect(await countCreations(anvil.url)).toBe(before + 1);
  });

  it("gets it at once, when the node refuses to take it", async () => {
    meddle("eth_sendRawTransaction", 1, { error: { code: -32000, message: "max fee per gas less than block base fee: address 0x0, maxFeePerGas: 1, baseFee: 2" } });
    const run = await deploy();
    expect(run.outcome).toMatchObject({ status: "successful" });
    expect(run.log).toContain("with higher fees");
    expect(statuses()).toEqual(["replaced", "confirmed"]);
  });

  it("takes the cheaper one all the same, if that is mined after a crash", async () => {
    const deployable = compileCounter({ label: `hostile ${++contracts}` });
    await deploy({ deployable });
    const made = ledger.transactions[0] ?? expect.fail("Nothing was recorded.");
    // As after a crash between recording the dearer one and seeing that the first was mined.
    ledger.transactions.splice(0, 1, { ...made, status: "sent" }, { ...made, id: "dtx_dearer", hash: `0x${"ab".repeat(32)}`, status: "sent" });
    expect((await deploy({ deployable })).outcome).toMatchObject({ status: "successful" });
    expect(end()?.transaction).toBe(made.hash);
    expect(statuses()).toEqual(["confirmed", "replaced"]);
  });
});

it("says what it waits for", async () => {
  await anvil.ask("evm_setAutomine", [false]);
  const running = deploy();
  await expect.poll(() => ledger.lanes.get(901)?.told.join("\n"), { timeout: 30_000 }).toContain("no block has taken the transaction yet");
  await anvil.ask("evm_mine");
  expect((await running).outcome).toMatchObject({ status: "successful" });
});

it("takes over what is on a main network without a new confirmation, and signs nothing there without one", async () => {
  const change = { testnet: false };
  const deployable = compileCounter({ label: `hostile ${++contracts}` });
  await deploy({ change, deployable, confirm: [901] });
  const address = end()?.address;
  expect((await deploy({ change, deployable })).outcome).toMatchObject({ status: "successful" });
  expect(end()?.address).toBe(address);
  ledger = createMemoryLedger();
  const before = await anvil.ask("eth_getTransactionCount", [DEV_ADDRESS, "pending"]);
  await deploy({ change, deployable });
  expect(end()?.error).toMatchObject({ code: "mainnet_not_confirmed" });
  expect(await anvil.ask("eth_getTransactionCount", [DEV_ADDRESS, "pending"])).toBe(before);
});
