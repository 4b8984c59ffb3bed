/** The chains of the product under test: two of its own, and one whose node runs only while a spec runs it. */
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
export const FAR = { id: 31_998, name: "Far away", signer: "far" };

/** Text of the `chains.json` of the product under test. */
export function describeChains({ port }: { port: number }): string {
  const chains = [
    { id: NEAR.id, name: NEAR.name, embedded: true },
    { id: SECOND.id, name: SECOND.name, embedded: true },
    { id: FAR.id, name: FAR.name, rpc_url: `http://127.0.0.1:${port}`, signer: FAR.signer, testnet: true, explorer_url: "https://explorer.example" },
  ];
  return JSON.stringify({ chains }, null, 2);
}

export interface FarNode {
  /** How many contracts its chain has seen made. */
  countCreations(): Promise<number>;
  close(): Promise<void>;
}

/** A key of nobody, for the signer of the chain that is far away. */
export function inventKey(): `0x${string}` {
  return generatePrivateKey();
}

/** Starts the node of the chain that is far away; the account of `payer` has coins on it. */
export async function startFarNode({ payer }: { payer: `0x${string}` }): Promise<FarNode> {
  const port = process.env.E2E_CHAIN_PORT;
  const anvil = findAnvil({ toolchainsDir: path.resolve("toolchains"), searchPath: process.env.PATH });
  if (port === undefined || anvil === null) throw new Error("There is no anvil, or no port for it: npm run prepare:machine installs it, playwright.config.ts chooses the port.");
  const node: ChildProcess = spawn(anvil, ["--host", "127.0.0.1", "--port", port, "--chain-id", String(FAR.id), "--accounts", "1", "--quiet"], { stdio: "ignore" });
  const client = createTestClient({ chain: { ...foundry, id: FAR.id }, mode: "anvil", transport: http(`http://127.0.0.1:${port}`, { retryCount: 0 }) }).extend(publicActions);
  await expect.poll(() => client.getChainId().catch(() => null), { message: "the node answers" }).toBe(FAR.id);
  await client.setBalance({ address: privateKeyToAddress(payer), value: 10n ** 20n });
  return {
    async countCreations() {
      const height = await client.getBlockNumber();
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
