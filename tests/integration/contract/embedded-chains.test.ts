/** The local chains that workers run: one node a chain, kept over restarts, never left behind. */
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createChains, DEFAULT_CHAINS, type Chain, type Chains } from "~/chains";
import { anvilBinary, askNode, countCreations } from "../../support/anvil";
import { compileCounter } from "../../support/compile-contract";
import { detailOf, pushContract } from "../../support/contract-builds";
import { openPlatform, type Platform } from "../../support/platform";

const chain = (id: number): Chain => ({ testnet: true, unit: "ETH", explorerUrl: null, signer: null, confirmations: 1, receiptTimeoutMs: 20_000, id, name: `Local ${id}`, rpc: { kind: "embedded", port: null } });
let folder: string;
const open: Chains[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "slipway-chains-"));
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((chains) => chains.close()));
  await rm(folder, { recursive: true, force: true });
});

function openHere(options: { host: boolean; anvil?: string | null; secret?: string; list?: readonly Chain[] }): Chains {
  const chains = createChains({
    chains: options.list ?? [chain(9001), chain(9002)], folder, anvil: options.anvil === undefined ? anvilBinary : options.anvil, host: options.host,
    secret: options.secret ?? "a secret of this installation, long enough", logger: { info: () => undefined, warn: () => undefined },
  });
  open.push(chains);
  return chains;
}

/** Pids of living nodes that keep their state under `within`. */
async function nodesOf(within: string): Promise<number[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(pids.map(async (pid) => ((await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")).includes(`--state\0${within}`) ? [Number(pid)] : [])));
  return found.flat();
}

async function portOf(id: number, within = folder): Promise<number> {
  return JSON.parse(await readFile(path.join(within, "ports.json"), "utf8"))[String(id)];
}

it("starts a node with its first use, once however many ask at the same time, on loopback only", async () => {
  const workers = [openHere({ host: true }), openHere({ host: true }), openHere({ host: true })];
  expect(await nodesOf(folder)).toEqual([]);
  const clients = await Promise.all(workers.flatMap((chains) => [chains.connect(9001), chains.connect(9001)]));
  expect(await Promise.all(clients.map((client) => client.getChainId()))).toEqual(clients.map(() => 9001));
  expect(await nodesOf(folder)).toHaveLength(1);
  const port = (await portOf(9001)).toString(16).toUpperCase().padStart(4, "0");
  const listening = (await readFile("/proc/net/tcp", "utf8")).split("\n").filter((line) => line.includes(`:${port} 00000000:0000 0A`));
  expect(listening.map((line) => line.trim().split(/\s+/)[1])).toEqual([`0100007F:${port}`]);
});

it("does not let a page of another site in", async () => {
  await openHere({ host: true }).connect(9001);
  const answer = await fetch(`http://127.0.0.1:${await portOf(9001)}`, { method: "OPTIONS", headers: { origin: "https://evil.example", "access-control-request-method": "POST", "access-control-request-headers": "content-type" } });
  expect(answer.headers.get("access-control-allow-origin")).toBeNull();
});

it("keeps what was on a chain over a restart, and another process finds it", async () => {
  const before = openHere({ host: true });
  const client = await before.connect(9001);
  await askNode(`http://127.0.0.1:${await portOf(9001)}`, "anvil_setBalance", ["0x00000000000000000000000000000000000000aa", "0x7"]);
  expect(await client.getBalance({ address: "0x00000000000000000000000000000000000000aa" })).toBe(7n);
  await before.close();
  expect(await nodesOf(folder)).toEqual([]);
  const web = openHere({ host: false });
  await expect(web.connect(9001)).rejects.toMatchObject({ code: "chain_unreachable" });
  const after = openHere({ host: true });
  await after.keep();
  expect(await (await web.connect(9001)).getBalance({ address: "0x00000000000000000000000000000000000000aa" })).toBe(7n);
  // The other chain was never used, so it is not started.
  expect(await nodesOf(folder)).toHaveLength(1);
});

it("goes on when the node dies under a client, and when the worker that ran it goes", async () => {
  const owner = openHere({ host: true });
  const other = openHere({ host: true });
  await owner.connect(9001);
  const client = await other.connect(9001);
  const [pid] = await nodesOf(folder);
  process.kill(pid ?? -1, "SIGKILL");
  expect(await client.getChainId()).toBe(9001);
  await owner.close();
  expect(await client.getChainId()).toBe(9001);
  expect(await nodesOf(folder)).toHaveLength(1);
});

it("takes another port when another program has its own, and does not take a stranger's node for ours", async () => {
  const first = openHere({ host: true });
  await first.connect(9001);
  const port = await portOf(9001);
  await first.close();
  // The same chain's number, but not our chain: the payer has nothing there.
  const poor = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => (body += String(part)));
    request.on("end", () => response.setHeader("content-type", "application/json").end(JSON.stringify({ jsonrpc: "2.0", id: 1, result: body.includes("eth_chainId") ? "0x2329" : "0x0" })));
  });
  await new Promise<void>((resolve) => poor.listen(port, "127.0.0.1", resolve));
  try {
    const second = openHere({ host: true });
    await second.connect(9001);
    expect(await portOf(9001)).not.toBe(port);
    expect(await nodesOf(folder)).toHaveLength(1);
  } finally {
    poor.closeAllConnections();
    await new Promise((resolve) => poor.close(resolve));
  }
});

it("goes on from the start before when its state was cut off", async () => {
  const first = openHere({ host: true });
  await first.connect(9001);
  await askNode(`http://127.0.0.1:${await portOf(9001)}`, "anvil_setBalance", ["0x00000000000000000000000000000000000000aa", "0x7"]);
  await first.close();
  const second = openHere({ host: true });
  await second.connect(9001);
  await second.close();
  const state = path.join(folder, "9001/state.json");
  await writeFile(state, (await readFile(state, "utf8")).slice(0, 100));
  const third = openHere({ host: true });
  expect(await (await third.connect(9001)).getBalance({ address: "0x00000000000000000000000000000000000000aa" })).toBe(7n);
  expect(existsSync(path.join(folder, "9001/state.broken.json"))).toBe(true);
});

it("says what is missing on a machine without anvil, and without a secret", async () => {
  const none = openHere({ host: true, anvil: null, list: DEFAULT_CHAINS });
  await expect(none.connect(31_337)).rejects.toMatchObject({ code: "no_anvil", message: expect.stringContaining("Install it") });
  expect(await none.isAvailable(31_337)).toBe(false);
  expect(await openHere({ host: false }).isAvailable(9002)).toBe(true);
});

it("each installation has a payer of its own, and its key is on no command line", async () => {
  const chains = openHere({ host: true });
  await chains.connect(9001);
  expect(chains.embeddedKey()).not.toBe(openHere({ host: false, secret: "another installation's secret, long enough" }).embeddedKey());
  const [pid] = await nodesOf(folder);
  const shown = (await readFile(`/proc/${pid}/cmdline`, "utf8")) + (await readFile(`/proc/${pid}/environ`, "utf8"));
  expect(shown).not.toContain(chains.embeddedKey().slice(2));
  expect(shown).not.toContain("mnemonic");
});

it("a killed worker leaves no node behind; its successor's has every contract, once", async () => {
  const platform: Platform = await openPlatform({ chains: [chain(9001), chain(9002)] });
  const within = path.join(platform.folder, "chains");
  try {
    const doomed = await platform.startWorker();
    const deployed = await pushContract(platform, compileCounter({ label: "kept" }), { chains: [9001, 9002] });
    expect(await platform.finished(deployed)).toBe("successful");
    expect(await nodesOf(within)).toHaveLength(2);
    await doomed.kill();
    await expect.poll(() => nodesOf(within), { timeout: 5_000 }).toEqual([]);
    const heir = await platform.startWorker();
    await expect.poll(() => nodesOf(within).then((pids) => pids.length), { timeout: 15_000 }).toBe(2);
    for (const lane of (await detailOf(platform, deployed)).deployments) {
      const url = `http://127.0.0.1:${await portOf(lane.chain_id, within)}`;
      await expect.poll(() => askNode(url, "eth_getCode", [lane.address, "latest"]).catch(() => ""), { timeout: 15_000 }).toMatch(/^0x60/);
      expect(await countCreations(url)).toBe(1);
    }
    await heir.stop();
    expect(await nodesOf(within)).toEqual([]);
  } finally {
    await platform.close();
  }
});
