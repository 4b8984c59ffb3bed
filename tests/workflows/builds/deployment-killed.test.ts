/** `kill -9` of the worker at each point of a deployment: its successor finishes the build, and every contract is there once. */
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { Deployable } from "~/pipelines/contract/deployable";
import { countCreations, DEV_KEY, startMeddlingNode, startTestAnvil, type MeddlingNode, type TestAnvil } from "../../support/anvil";
import { compileCounter, compileVault } from "../../support/compile-contract";
import { detailOf, giveSigner, pushContract } from "../../support/contract-builds";
import { openPlatform, type Platform } from "../../support/platform";

let anvil: TestAnvil;
let node: MeddlingNode;
let platform: Platform;

beforeAll(async () => {
  anvil = await startTestAnvil({ chainId: 902 });
  node = await startMeddlingNode({ target: anvil.url });
  platform = await openPlatform({ chains: [{ id: 902, name: "Second", testnet: true, unit: "TST", explorerUrl: null, signer: "dev", confirmations: 1, receiptTimeoutMs: 30_000, rpc: { kind: "url", url: node.url } }] });
  await giveSigner(platform, "dev", DEV_KEY);
});
beforeEach(() => {
  node.calls.length = 0;
});
afterAll(async () => {
  node.meddle = () => Promise.resolve("pass");
  await platform.close();
  await node.close();
  await anvil.stop();
});

/** From its `nth` call of `method` on, the node says nothing more. `takes`: that call itself still arrives. */
function fallSilent(options: { method: string; nth: number; takes: boolean }): { isSilent(): boolean } {
  let seen = 0;
  node.meddle = ({ method }) => {
    if (seen >= options.nth) return Promise.resolve("swallow");
    if (method === options.method) seen++;
    return Promise.resolve(seen >= options.nth && !options.takes ? "swallow" : "pass");
  };
  return { isSilent: () => seen >= options.nth };
}

interface Point {
  contract: () => Deployable;
  method: string;
  nth: number;
  takes: boolean;
  /** Contracts on the chain when the worker dies, and what is on record of each transaction. */
  there: number;
  recorded: string[];
  /** Contracts that the deployment makes. */
  makes: number;
  /** Transactions that the successor sends. */
  sends: number;
}

let contracts = 0;
const counter = () => compileCounter({ label: `killed ${++contracts}` });
const vault = () => compileVault({ note: `killed ${++contracts}` });

it.each<[string, Point]>([
  ["recorded the transaction and has not sent it", { contract: counter, method: "eth_sendRawTransaction", nth: 1, takes: false, there: 0, recorded: ["sent"], makes: 1, sends: 1 }],
  ["sent it and has not seen the receipt", { contract: counter, method: "eth_sendRawTransaction", nth: 1, takes: true, there: 1, recorded: ["sent"], makes: 1, sends: 0 }],
  ["saw the receipt and has not settled the lane", { contract: counter, method: "eth_getCode", nth: 1, takes: false, there: 1, recorded: ["confirmed"], makes: 1, sends: 0 }],
  ["has the implementation there, and no transaction for the proxy", { contract: vault, method: "eth_estimateGas", nth: 2, takes: false, there: 1, recorded: ["confirmed"], makes: 2, sends: 1 }],
  ["sent the proxy behind the implementation", { contract: vault, method: "eth_sendRawTransaction", nth: 2, takes: true, there: 2, recorded: ["confirmed", "sent"], makes: 2, sends: 0 }],
])("a worker that is killed when it %s", async (_, point) => {
  const before = await countCreations(anvil.url);
  const doomed = await platform.startWorker();
  const { isSilent } = fallSilent(point);
  const buildId = await pushContract(platform, point.contract(), { chains: [902] });
  const records = () => platform.context.database.db.deploymentTransaction.findMany({ where: { deployment: { buildId } }, orderBy: { id: "asc" }, select: { hash: true, status: true } });
  await expect.poll(isSilent, { timeout: 60_000 }).toBe(true);
  await expect.poll(() => countCreations(anvil.url), { timeout: 30_000 }).toBe(before + point.there);
  await doomed.kill();
  const left = await records();
  expect(left.map((one) => one.status)).toEqual(point.recorded);

  node.meddle = () => Promise.resolve("pass");
  node.calls.length = 0;
  const heir = await platform.startWorker();
  expect(await platform.finished(buildId)).toBe("successful");
  await heir.stop();
  expect(await countCreations(anvil.url)).toBe(before + point.makes);
  expect(node.calls.filter((method) => method === "eth_sendRawTransaction")).toHaveLength(point.sends);
  const made = await records();
  expect(made.slice(0, left.length).map((one) => one.hash)).toEqual(left.map((one) => one.hash));
  expect(made.map((one) => one.status)).toEqual(Array.from({ length: point.makes }, () => "confirmed"));
  expect((await detailOf(platform, buildId)).deployments).toMatchObject([{ status: "successful", verified: true, attempt: 2, carried_over: false, transaction: made.at(-1)?.hash }]);
});
