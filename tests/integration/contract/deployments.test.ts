/** Deployments through the whole platform: web's services, a real worker, real nodes. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import type { Chain } from "~/chains";
import { cancelBuild } from "~/server/services/builds/cancel-build";
import { rebuildRelease } from "~/server/services/builds/rebuild-release";
import { readContract } from "~/server/services/deployments/read-contract";
import { askNode, countCreations, DEV_KEY, startMeddlingNode, startTestAnvil, type MeddlingNode, type TestAnvil } from "../../support/anvil";
import { compileCounter } from "../../support/compile-contract";
import { deployAgain, detailOf, giveSigner, pushContract } from "../../support/contract-builds";
import { openPlatform, readFrames, readLog, type Platform } from "../../support/platform";

let first: TestAnvil;
let second: TestAnvil;
let node: MeddlingNode;
let platform: Platform;

beforeAll(async () => {
  first = await startTestAnvil({ chainId: 901 });
  second = await startTestAnvil({ chainId: 902 });
  node = await startMeddlingNode({ target: second.url });
  const shared = { testnet: true, unit: "TST", explorerUrl: null, signer: "dev", confirmations: 1, receiptTimeoutMs: 30_000 };
  const chains: Chain[] = [
    { ...shared, id: 901, name: "First", rpc: { kind: "url", url: first.url } },
    { ...shared, id: 902, name: "Second", rpc: { kind: "url", url: node.url } },
    { ...shared, id: 903, name: "Main", testnet: false, rpc: { kind: "url", url: first.url } },
    { ...shared, id: 904, name: "Other signer", signer: "other", rpc: { kind: "url", url: first.url } },
  ];
  platform = await openPlatform({ chains });
  await giveSigner(platform, "dev", DEV_KEY);
});
beforeEach(() => {
  node.meddle = () => Promise.resolve("pass");
  node.calls.length = 0;
});
afterEach(async () => {
  node.meddle = () => Promise.resolve("pass");
});
afterAll(async () => {
  await platform.close();
  await Promise.all([node.close(), first.stop(), second.stop()]);
});

let contracts = 0;
const newContract = () => compileCounter({ label: `contract ${++contracts}` });

it("deploys to two chains, tells each lane live, and answers what it took and cost", async () => {
  const worker = await platform.startWorker();
  const buildId = await pushContract(platform, newContract(), { chains: [901, 902] });
  expect(await platform.finished(buildId)).toBe("successful");
  await worker.stop();

  const detail = await detailOf(platform, buildId);
  expect(detail.deployments).toMatchObject([
    { chain_id: 901, chain_name: "First", status: "successful", verified: true, carried_over: false, unit: "TST", error: null, attempt: 1 },
    { chain_id: 902, chain_name: "Second", status: "successful", verified: true },
  ]);
  for (const [index, target] of [first, second].entries()) expect(await askNode(target.url, "eth_getCode", [detail.deployments[index]?.address, "latest"])).toMatch(/^0x60/);
  expect(detail.deploy_time).toBeGreaterThan(0);
  expect(detail.total_cost?.chains.map((cost) => [cost.chain_id, cost.unit, Number(cost.cost) > 0])).toEqual([[901, "TST", true], [902, "TST", true]]);

  const lanes = (await readFrames(platform, buildId)).flatMap((frame) => (frame.type === "event" && frame.event.deployment !== undefined ? [frame.event.deployment] : []));
  expect(lanes.filter((lane) => lane.chain_id === 902).map((lane) => lane.status)).toContain("building");
  expect(lanes.findLast((lane) => lane.chain_id === 902)).toMatchObject({ status: "successful", address: detail.deployments[1]?.address });
  const text = (await readLog(platform, buildId)).map((line) => line.text).join("\n");
  expect(text).toContain("[First] ");
  expect(text).not.toContain(DEV_KEY.slice(2));
});

it("keeps the key encrypted, and no answer, event or log has it", async () => {
  const { rows } = await platform.context.database.pool.query<{ ciphertext: Buffer }>("SELECT ciphertext FROM secret");
  expect(rows).toHaveLength(1);
  expect(rows[0]?.ciphertext.toString("latin1")).not.toContain(DEV_KEY.slice(2, 20));
  const dump = await platform.context.database.pool.query<{ text: string }>("SELECT (SELECT string_agg(e::text, '') FROM build_event e) || (SELECT string_agg(l::text, '') FROM log_chunk l) || (SELECT string_agg(d::text, '') FROM deployment d) AS text");
  expect(dump.rows[0]?.text).not.toContain(DEV_KEY.slice(2));
});

it("one chain is down: its lane fails, the other keeps its contract, and deploying again tries only the failed one", async () => {
  const worker = await platform.startWorker();
  const before = await countCreations(first.url);
  node.meddle = () => Promise.reject(new Error("the line is cut"));
  const buildId = await pushContract(platform, newContract(), { chains: [901, 902] });
  expect(await platform.finished(buildId)).toBe("failed");
  const failed = await detailOf(platform, buildId);
  expect(failed.error).toMatchObject({ stage: "deployment", code: "deployment_failed", message: expect.stringContaining("Second does not answer") });
  expect(failed.deployments.map((lane) => [lane.status, lane.error?.code])).toEqual([["successful", undefined], ["failed", "chain_unreachable"]]);
  node.meddle = () => Promise.resolve("pass");
  const again = await deployAgain(platform, buildId, [902]);
  expect(await platform.finished(again)).toBe("successful");
  await worker.stop();

  const detail = await detailOf(platform, again);
  expect(detail.stages.map((stage) => [stage.key, stage.cached])).toEqual([["security_audit", true], ["deployment", false]]);
  expect(detail.deployments).toMatchObject([{ chain_id: 901, carried_over: true, address: failed.deployments[0]?.address }, { chain_id: 902, carried_over: false, status: "successful" }]);
  expect(detail.total_cost?.chains.map((cost) => cost.chain_id)).toEqual([902]);
  expect(await countCreations(first.url)).toBe(before + 1);
});

it("reuses everything when nothing changed, adds a chain without touching the first, and makes a new contract when everything is asked for", async () => {
  const worker = await platform.startWorker();
  const buildId = await pushContract(platform, newContract(), { chains: [901] });
  expect(await platform.finished(buildId)).toBe("successful");
  const original = (await detailOf(platform, buildId)).deployments[0];
  const { context, actor } = platform;

  const same = await rebuildRelease({ context, actor, buildId, mode: "stale", requestId: null });
  expect(await platform.finished(same.buildId)).toBe("successful");
  const reused = await detailOf(platform, same.buildId);
  expect(reused.stages[1]).toMatchObject({ key: "deployment", cached: true });
  expect(reused.deployments).toMatchObject([{ address: original?.address, carried_over: true, status: "successful" }]);
  expect(reused.total_cost?.chains).toEqual([]);

  const added = await deployAgain(platform, buildId, [902]);
  expect(await platform.finished(added)).toBe("successful");
  expect((await detailOf(platform, added)).deployments).toMatchObject([{ chain_id: 901, address: original?.address, carried_over: true }, { chain_id: 902, carried_over: false }]);

  const anew = await rebuildRelease({ context, actor, buildId, mode: "all", requestId: null });
  expect(await platform.finished(anew.buildId)).toBe("successful");
  const fresh = (await detailOf(platform, anew.buildId)).deployments[0];
  expect(fresh?.carried_over).toBe(false);
  expect(fresh?.address).not.toBe(original?.address);
  await worker.stop();
});

it("tells of no chain but the build's own, although what it deploys was reused from a build with others", async () => {
  const worker = await platform.startWorker();
  const contract = newContract();
  const buildId = await pushContract(platform, contract, { chains: [901, 902] });
  expect(await platform.finished(buildId)).toBe("successful");
  const other = await pushContract(platform, contract, { chains: [901] });
  expect(await platform.finished(other)).toBe("successful");
  await worker.stop();
  const detail = await detailOf(platform, other);
  expect(detail.stages.map((stage) => [stage.key, stage.cached])).toEqual([["security_audit", true], ["deployment", false]]);
  expect(detail.deployments).toMatchObject([{ chain_id: 901, carried_over: true, attempt: 1, address: (await detailOf(platform, buildId)).deployments[0]?.address }]);
  expect(detail.deployments).toHaveLength(1);
});

it("does not reuse a contract that is no longer on its chain, and refuses one whose code was changed", async () => {
  const worker = await platform.startWorker();
  const { context, actor } = platform;
  const buildId = await pushContract(platform, newContract(), { chains: [901] });
  await platform.finished(buildId);
  const address = (await detailOf(platform, buildId)).deployments[0]?.address ?? "";
  const code = String(await first.ask("eth_getCode", [address, "latest"]));
  await first.ask("anvil_setCode", [address, "0x"]);
  const redone = await rebuildRelease({ context, actor, buildId, mode: "stale", requestId: null });
  expect(await platform.finished(redone.buildId)).toBe("successful");
  const moved = (await detailOf(platform, redone.buildId)).deployments[0];
  expect(moved).toMatchObject({ carried_over: false, verified: true });
  expect(moved?.address).not.toBe(address);
  expect((await readLog(platform, redone.buildId)).map((line) => line.text).join("\n")).toContain(`the contract at ${address} is no longer on First`);

  const ask = () => readContract({ context, actor, buildId: redone.buildId, chainId: 901, functionName: "count", args: [] });
  expect((await ask()).outputs).toMatchObject([{ value: "7" }]);
  await first.ask("anvil_setCode", [moved?.address, code.replace("6080", "6081")]);
  await expect(ask()).rejects.toMatchObject({ code: "not_found", userMessage: expect.stringContaining("another contract") });
  const unsound = await rebuildRelease({ context, actor, buildId, mode: "stale", requestId: null });
  expect(await platform.finished(unsound.buildId)).toBe("failed");
  expect((await detailOf(platform, unsound.buildId)).deployments).toMatchObject([{ status: "failed", verified: false, error: { code: "verification_failed" } }]);
  const refused = await deployAgain(platform, redone.buildId, [902]);
  expect(await platform.finished(refused)).toBe("failed");
  expect((await detailOf(platform, refused)).deployments.map((lane) => [lane.chain_id, lane.status, lane.error?.code])).toEqual([[901, "failed", "verification_failed"], [902, "successful", undefined]]);
  await worker.stop();
});

it("asks for a confirmation of a main network, a signer and a known chain before it makes a build", async () => {
  const worker = await platform.startWorker();
  const buildId = await pushContract(platform, newContract(), { chains: [] });
  expect(await platform.finished(buildId)).toBe("successful");
  expect((await detailOf(platform, buildId)).stages[1]).toMatchObject({ key: "deployment", status: "skipped", reason: "no chain was chosen" });
  await expect(deployAgain(platform, buildId, [903])).rejects.toMatchObject({ code: "mainnet_not_confirmed" });
  await expect(deployAgain(platform, buildId, [904])).rejects.toMatchObject({ code: "no_signer" });
  await expect(deployAgain(platform, buildId, [4711])).rejects.toMatchObject({ code: "validation_failed", fields: [{ path: "chain_ids.0" }] });
  expect(await platform.context.database.db.build.count({ where: { releaseId: (await detailOf(platform, buildId)).release_id } })).toBe(1);
  await worker.stop();
});

it("leaves behind a chain that is configured no more, when the contract is deployed to another", async () => {
  const worker = await platform.startWorker();
  const buildId = await pushContract(platform, newContract(), { chains: [901, 4711] });
  expect(await platform.finished(buildId)).toBe("failed");
  expect((await detailOf(platform, buildId)).deployments.map((lane) => [lane.chain_id, lane.error?.code])).toEqual([[901, undefined], [4711, "unknown_chain"]]);
  const again = await deployAgain(platform, buildId, [902]);
  expect(await platform.finished(again)).toBe("successful");
  expect((await detailOf(platform, again)).deployments.map((lane) => [lane.chain_id, lane.carried_over])).toEqual([[901, true], [902, false]]);
  await worker.stop();
});

it("deploys to one chain from several builds at once, each transaction with a nonce of its own", async () => {
  const workers = [await platform.startWorker(), await platform.startWorker()];
  const before = await countCreations(first.url);
  const builds = await Promise.all(Array.from({ length: 6 }, () => pushContract(platform, newContract(), { chains: [901] })));
  expect(await Promise.all(builds.map((buildId) => platform.finished(buildId)))).toEqual(builds.map(() => "successful"));
  const addresses = await Promise.all(builds.map(async (buildId) => (await detailOf(platform, buildId)).deployments[0]?.address));
  expect(new Set(addresses).size).toBe(6);
  expect(await countCreations(first.url)).toBe(before + 6);
  await Promise.all(workers.map((worker) => worker.stop()));
});

it("cancelling says honestly that a sent transaction is out, and the next deployment finds what became of it", async () => {
  const worker = await platform.startWorker();
  const before = await countCreations(second.url);
  let sent = false;
  node.meddle = async ({ method }) => {
    if (method === "eth_sendRawTransaction") sent = true;
    return sent && method === "eth_getTransactionReceipt" ? { result: null } : sent && method === "eth_getTransactionCount" ? { result: "0x0" } : "pass";
  };
  const buildId = await pushContract(platform, newContract(), { chains: [902] });
  await expect.poll(() => countCreations(second.url), { timeout: 30_000 }).toBe(before + 1);
  await cancelBuild({ context: platform.context, actor: platform.actor, buildId, requestId: null });
  const [lane] = (await detailOf(platform, buildId)).deployments;
  expect(lane).toMatchObject({ status: "cancelled", error: { message: expect.stringContaining("can not be taken back") }, transaction: expect.stringMatching(/^0x/) });
  node.meddle = () => Promise.resolve("pass");
  const again = await deployAgain(platform, buildId, [902]);
  expect(await platform.finished(again)).toBe("successful");
  expect((await detailOf(platform, again)).deployments).toMatchObject([{ status: "successful", transaction: lane?.transaction, carried_over: true }]);
  expect(await countCreations(second.url)).toBe(before + 1);
  await worker.stop();
});
