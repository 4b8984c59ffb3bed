/** Real money: which builds may pay, and how the ledger gives out nonces without holding anything up. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { rebuildRelease } from "~/server/services/builds/rebuild-release";
import { buildExistingRelease } from "~/server/services/builds/submit-build";
import { openDatabase } from "~/server/db/client";
import { openLedger } from "~/server/services/deployments/open-ledger";
import { countCreations, DEV_KEY, startTestAnvil, type TestAnvil } from "../../support/anvil";
import { compileCounter } from "../../support/compile-contract";
import { deployAgain, detailOf, giveSigner, pushContract } from "../../support/contract-builds";
import { openPlatform, type Platform, type WorkerProcess } from "../../support/platform";

let main: TestAnvil;
let platform: Platform;
let worker: WorkerProcess;

beforeAll(async () => {
  main = await startTestAnvil({ chainId: 903 });
  const shared = { unit: "TST", explorerUrl: null, signer: "dev", confirmations: 1, receiptTimeoutMs: 30_000 };
  platform = await openPlatform({ chains: [{ ...shared, id: 903, name: "Main", testnet: false, rpc: { kind: "url", url: main.url } }] });
  await giveSigner(platform, "dev", DEV_KEY);
  worker = await platform.startWorker();
});
afterAll(async () => {
  await worker.stop();
  await platform.close();
  await main.stop();
});

const laneOf = async (buildId: string) => (await detailOf(platform, buildId)).deployments[0];

it("pays for the build that was told to, and for no later one, whatever way it is made", async () => {
  const { context, actor } = platform;
  const buildId = await pushContract(platform, compileCounter({ label: "paid for" }), { chains: [903], confirm_mainnet: [903] });
  expect(await platform.finished(buildId)).toBe("successful");
  const paid = await countCreations(main.url);

  const anew = await rebuildRelease({ context, actor, buildId, mode: "all", requestId: null });
  expect(await platform.finished(anew.buildId)).toBe("failed");
  expect(await laneOf(anew.buildId)).toMatchObject({ status: "failed", error: { code: "mainnet_not_confirmed" } });
  const again = await buildExistingRelease({ context, actor, requestId: null, releaseId: anew.releaseId });
  expect(await platform.finished(again.buildId)).toBe("successful");
  expect(await laneOf(again.buildId)).toMatchObject({ carried_over: true });
  expect(await countCreations(main.url)).toBe(paid);
});

it("asks again when a deployment that was confirmed is tried once more", async () => {
  const buildId = await pushContract(platform, compileCounter({ label: "confirmed late" }), { chains: [903] });
  expect(await platform.finished(buildId)).toBe("failed");
  expect(await laneOf(buildId)).toMatchObject({ error: { code: "mainnet_not_confirmed" } });
  await expect(deployAgain(platform, buildId, [903])).rejects.toMatchObject({ code: "mainnet_not_confirmed" });
  expect(await platform.finished(await deployAgain(platform, buildId, [903], [903]))).toBe("successful");
});

it("asks the chain for a nonce without holding a connection of the database", async () => {
  const { db } = platform.context.database;
  const buildId = await pushContract(platform, compileCounter({ label: "nonces" }), { chains: [903], confirm_mainnet: [903] });
  expect(await platform.finished(buildId)).toBe("successful");
  const stage = await db.buildStage.update({ where: { buildId_key: { buildId, key: "deployment" } }, data: { status: "building" } });
  const narrow = openDatabase({ url: platform.databaseUrl, poolSize: 1 });
  try {
    const ledger = openLedger({ context: { ...platform.context, database: narrow }, stage, workspaceId: stage.workspaceId, fresh: false });
    const signed = await ledger.sign({
      chainId: 903,
      step: "contract",
      readNonce: async () => 4_000 + 0 * (await narrow.db.deployment.count()),
      sign: () => Promise.resolve({ raw: "0xaa", hash: "0xbb" }),
    });
    expect(signed.nonce).toBe(4_000);
    // What was given out a moment ago counts, although the chain does not know of it yet.
    await db.deploymentTransaction.update({ where: { id: signed.id }, data: { status: "confirmed" } });
    const next = await ledger.sign({ chainId: 903, step: "contract", readNonce: () => Promise.resolve(4_000), sign: () => Promise.resolve({ raw: "0xaa", hash: "0xcc" }) });
    expect(next.nonce).toBe(4_001);
    const dearer = await ledger.replace({ chainId: 903, transaction: next, sign: () => Promise.resolve({ raw: "0xaa", hash: "0xdd" }) });
    expect(dearer.nonce).toBe(4_001);
    expect((await ledger.find({ chainId: 903, step: "contract", ownOnly: false })).map((one) => one.hash)).toEqual(["0xcc", "0xdd"]);
  } finally {
    await narrow.close();
  }
});
