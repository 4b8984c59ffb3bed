/** Contracts of the prompt table on a chain of the test's own: deployed as their spec says, asked and told over viem. */
import { createPublicClient, createTestClient, createWalletClient, encodeFunctionData, getAddress, hexToBigInt, http, type Abi, type Address, type Hex } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { z } from "zod";
import type { Deployable } from "~/pipelines/contract/deployable";
import { DEV_KEY, startTestAnvil } from "../../support/anvil";

const CHAIN_ID = 31_999;
const STRANGER_KEY = "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d";
const IMPLEMENTATION_SLOT = "0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc";
const abiSchema = z.custom<Abi>((value) => Array.isArray(value));
const hexSchema = z.custom<Hex>((value) => typeof value === "string" && value.startsWith("0x"));

export interface DeployedContract {
  address: Address;
  has(name: string): boolean;
  /** How many parameters a function has. */
  takes(name: string): number | undefined;
  read(name: string, args?: readonly unknown[]): Promise<unknown>;
  /** Sends it and waits; rejects when it reverts. Default sender: the deployer. */
  send(name: string, args?: readonly unknown[], from?: Address): Promise<void>;
  reverts(name: string, args?: readonly unknown[], from?: Address): Promise<boolean>;
  /** Same address, another contract's interface: such as the token of a governor. */
  at(address: Address, abi: unknown): DeployedContract;
}

export type TestChain = Awaited<ReturnType<typeof openTestChain>>;

export async function openTestChain() {
  const anvil = await startTestAnvil({ chainId: CHAIN_ID });
  const chain = { id: CHAIN_ID, name: "Test", nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 }, rpcUrls: { default: { http: [anvil.url] } } };
  const transport = http(anvil.url);
  const deployer = privateKeyToAccount(DEV_KEY);
  const stranger = privateKeyToAccount(STRANGER_KEY);
  const client = createPublicClient({ chain, transport, pollingInterval: 20 });
  const wallet = createWalletClient({ chain, transport, account: deployer });
  const testing = createTestClient({ chain, transport, mode: "anvil" });

  async function mined(hash: Hex): Promise<Address> {
    const receipt = await client.waitForTransactionReceipt({ hash });
    if (receipt.status !== "success") throw new Error(`Transaction ${hash} was reverted.`);
    return receipt.contractAddress ?? "0x";
  }

  /** Any account may send: the node lets tests borrow it. */
  async function borrow(from: Address): Promise<Address> {
    await testing.impersonateAccount({ address: from });
    await testing.setBalance({ address: from, value: 10n ** 20n });
    return from;
  }

  function open(address: Address, abi: Abi): DeployedContract {
    const send = async (name: string, args: readonly unknown[] = [], from: Address = deployer.address) => {
      const account = await borrow(from);
      const { request } = await client.simulateContract({ address, abi, functionName: name, args, account });
      // The node's estimate is made in the block before: checkpoints of votes, one a block, are cheaper there.
      await mined(await wallet.writeContract({ ...request, account, gas: 5_000_000n }));
    };
    return {
      address,
      has: (name) => abi.some((entry) => entry.type === "function" && entry.name === name),
      takes: (name) => abi.flatMap((entry) => (entry.type === "function" && entry.name === name ? [entry.inputs.length] : [])).at(0),
      read: (name, args = []) => client.readContract({ address, abi, functionName: name, args }),
      send,
      reverts: (name, args, from) => send(name, args, from).then(() => false, (error: unknown) => /revert/i.test(String(error))),
      at: (other, otherAbi) => open(other, abiSchema.parse(otherAbi)),
    };
  }

  return {
    client, testing, deployer, stranger: stranger.address, chainId: CHAIN_ID,
    close: () => anvil.stop(),
    signTypedData: (data: Parameters<typeof deployer.signTypedData>[0]) => deployer.signTypedData(data),
    /** `args` with `$deployer` filled in; behind its proxy when it is upgradeable. */
    async deploy({ deployable, args }: { deployable: Deployable; args: readonly unknown[] }): Promise<DeployedContract> {
      const abi = abiSchema.parse(deployable.abi);
      const filled = args.map((value) => (value === "$deployer" ? deployer.address : value));
      const { upgradeable } = deployable;
      const address = await mined(await wallet.deployContract({ abi, bytecode: hexSchema.parse(deployable.bytecode), args: upgradeable === null ? filled : [] }));
      if (upgradeable === null) return open(address, abi);
      const call = encodeFunctionData({ abi, functionName: upgradeable.initializer.name, args: filled });
      const constructorOfProxy: Abi = [{ type: "constructor", stateMutability: "payable", inputs: [{ type: "address", name: "implementation" }, { type: "bytes", name: "data" }] }];
      return open(await mined(await wallet.deployContract({ abi: constructorOfProxy, bytecode: hexSchema.parse(upgradeable.proxy_bytecode), args: [address, call] })), abi);
    },
    async implementationOf(address: Address): Promise<bigint> {
      return hexToBigInt((await client.getStorageAt({ address, slot: IMPLEMENTATION_SLOT })) ?? "0x0");
    },
    addressOf: (value: string): Address => (value === "$deployer" ? deployer.address : getAddress(value)),
  };
}
