/** The chains of the product under test: two of its own, and two whose nodes run only while a spec runs them, one of them a main network. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { expect } from "@playwright/test";
import { createTestClient, http, publicActions } from "viem";
import { generatePrivateKey, privateKeyToAddress } from "viem/accounts";
import { foundry } from "viem/chains";
import { findAnvil } from "~/chains/find-anvil";

export const NEAR = { id: 31_337, name: "Local" };
export const SECOND = { id: 5_001, name: "Local 5001" };
export const FAR = { id: 31_998, name: "Far away", signer: "far", portsBelow: 0 };
/** Its coins count as real. */
export const MAIN = { id: 31_999, name: "Real money", signer: "treasury", portsBelow: 1 };

/** Text of the `chains.json` of the product under test. */
export function describeChains({ port }: { port: number }): string {
  const chains = [
    { id: NEAR.id, name: NEAR.name, embedded: true },
    { id: SECOND.id, name: SECOND.name, embedded: true },
    { id: FAR.id, name: FAR.name, rpc_url: `http://127.0.0.1:${port}`, signer: FAR.signer, testnet: true, explorer_url: "https://explorer.example" },
    { id: MAIN.id, name: MAIN.name, rpc_url: `http://127.0.0.1:${port - MAIN.portsBelow}`, signer: MAIN.signer, testnet: false },
  ];
  return JSON.stringify({ chains }, null, 2);
}

export interface ChainNode {
  /** How many contracts its chain has seen made. */
  countCreations(): Promise<number>;
  close(): Promise<void>;
}

/** A key of nobody, for the signer of a chain. */
export function inventKey(): `0x${string}` {
  return generatePrivateKey();
}

/** Starts the node of the chain; the account of `payer` has coins on it. */
export async function startNode({ chain, payer }: { chain: typeof FAR | typeof MAIN; payer: `0x${string}` }): Promise<ChainNode> {
  const highest = process.env.E2E_CHAIN_PORT;
  const anvil = findAnvil({ toolchainsDir: path.resolve("toolchains"), searchPath: process.env.PATH });
  if (highest === undefined || anvil === null) throw new Error("There is no anvil, or no port for it: npm run prepare:machine installs it, playwright.config.ts chooses the port.");
  const port = String(Number(highest) - chain.portsBelow);
  const node: ChildProcess = spawn(anvil, ["--host", "127.0.0.1", "--port", port, "--chain-id", String(chain.id), "--accounts", "1", "--quiet"], { stdio: "ignore" });
  const client = createTestClient({ chain: { ...foundry, id: chain.id }, mode: "anvil", transport: http(`http://127.0.0.1:${port}`, { retryCount: 0 }) }).extend(publicActions);
  await expect.poll(() => client.getChainId().catch(() => null), { message: "the node answers" }).toBe(chain.id);
  await client.setBalance({ address: privateKeyToAddress(payer), value: 10n ** 20n });
  return {
    async countCreations() {
      const height = await client.getBlockNumber({ cacheTime: 0 });
      let creations = 0;
      for (let blockNumber = 0n; blockNumber <= height; blockNumber++) {
        const { transactions } = await client.getBlock({ blockNumber, includeTransactions: true });
        creations += transactions.filter((transaction) => transaction.to === null).length;
      }
      return creations;
    },
    async close() {
      if (node.exitCode !== null) return;
      const gone = once(node, "exit");
      node.kill("SIGKILL");
      await gone;
    },
  };
}
