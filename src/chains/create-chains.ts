/** The chains of this installation, ready to be talked to. */
import { createPublicClient, custom, defineChain, http, HttpRequestError, TimeoutError, type Hex, type PublicClient } from "viem";
import { privateKeyToAddress } from "viem/accounts";
import type { Chain } from "./chain-config";
import { checkAnswer } from "./check-answer";
import { ChainError, toChainError } from "./chain-errors";
import { createEmbeddedNodes, type ChainLogger } from "./embedded-nodes";
import { deriveEmbeddedKey } from "./signer-key";

export interface Chains {
  list(): readonly Chain[];
  get(chainId: number): Chain | undefined;
  /** A client whose node answered with the right chain. Throws `ChainError` (`unknown_chain`, `chain_unreachable`, `rate_limited`, `bad_answer`, `wrong_chain`, `no_anvil`). */
  connect(chainId: number): Promise<PublicClient>;
  /** The key that pays on embedded chains. Throws `ChainError` (`no_secret`). */
  embeddedKey(): Hex;
  /** Whether a deployment could be tried now: the node answers, or would be started. Never throws. */
  isAvailable(chainId: number): Promise<boolean>;
  /** In the process that hosts nodes: keeps those that were in use running. */
  keep(): Promise<void>;
  close(): Promise<void>;
}

export interface CreateChainsOptions {
  chains: readonly Chain[];
  /** Folder for the embedded chains: ports and states. */
  folder: string;
  /** Path of anvil; null when this machine has none. */
  anvil: string | null;
  /** True in workers: they run the embedded nodes. */
  host: boolean;
  /** The installation's secret; undefined: no embedded deployments. */
  secret: string | undefined;
  logger: ChainLogger;
}

/** For one call. */
const TIMEOUT_MS = 10_000;
const PROBE_TIMEOUT_MS = 2_500;
/** Pages ask often, and a node may count who asks. */
const PROBE_KEPT_MS = 5_000;
/** Times that a call to an embedded node is made again after its node went away under it. */
const LOCAL_RETRIES = 3;

export function createChains(options: CreateChainsOptions): Chains {
  const { chains, secret } = options;
  const byId = new Map(chains.map((chain) => [chain.id, chain]));
  const key = secret === undefined ? null : deriveEmbeddedKey({ secret });
  const nodes = createEmbeddedNodes({ folder: options.folder, binary: options.anvil, host: options.host, payer: key === null ? null : privateKeyToAddress(key), logger: options.logger });

  const probes = new Map<number, { at: number; answer: Promise<boolean> }>();

  const chainOf = (chainId: number): Chain => {
    const chain = byId.get(chainId);
    if (chain === undefined) throw unknownChain(chainId, chains);
    return chain;
  };

  const open = (chain: Chain, timeout: number, retryCount: number): PublicClient => {
    const definition = defineChain({
      id: chain.id,
      name: chain.name,
      nativeCurrency: { name: chain.unit, symbol: chain.unit, decimals: 18 },
      rpcUrls: { default: { http: [] } },
    });
    const pollingInterval = chain.rpc.kind === "embedded" ? 50 : 1_500;
    const { rpc } = chain;
    const node = rpc.kind === "url" ? http(rpc.url, { timeout, retryCount })({}) : null;
    const request = async (call: { method: string; params?: unknown }): Promise<unknown> =>
      node === null ? askEmbedded({ find: () => nodes.find(chain), call, timeout }) : checkAnswer({ chain: chain.name, method: call.method, answer: await node.request(call) });
    return createPublicClient({ chain: definition, pollingInterval, cacheTime: 0, transport: custom({ request }, { retryCount: 0 }) });
  };

  const connect = async (chain: Chain, timeout: number, retryCount: number): Promise<PublicClient> => {
    const client = open(chain, timeout, retryCount);
    try {
      const found = await client.getChainId();
      if (found !== chain.id) throw new ChainError("wrong_chain", `${chain.name}: its node is of chain ${found}, not ${chain.id}. Correct chains.json.`);
    } catch (error) {
      throw toChainError(error, chain.name);
    }
    return client;
  };

  return {
    list: () => chains,
    get: (chainId) => byId.get(chainId),
    connect: (chainId) => connect(chainOf(chainId), TIMEOUT_MS, 1),
    embeddedKey() {
      if (key === null) throw new ChainError("no_secret", "This process has no AUTH_SECRET, so it has no key for local chains. Start it through npm start, or set AUTH_SECRET.");
      return key;
    },
    async isAvailable(chainId) {
      const chain = byId.get(chainId);
      if (chain === undefined) return false;
      if (chain.rpc.kind === "embedded") return nodes.available(chain).catch(() => false);
      const known = probes.get(chainId);
      if (known !== undefined && Date.now() - known.at < PROBE_KEPT_MS) return known.answer;
      const answer = connect(chain, PROBE_TIMEOUT_MS, 0).then(() => true, () => false);
      probes.set(chainId, { at: Date.now(), answer });
      return answer;
    },
    keep: () => nodes.keep(chains),
    close: () => nodes.close(),
  };
}

/** An installation without chains: for tests and tools that have nothing to do with them. */
export function createNoChains(): Chains {
  return createChains({ chains: [], folder: "", anvil: null, host: false, secret: undefined, logger: { info: () => undefined, warn: () => undefined } });
}

export function unknownChain(chainId: number, chains: readonly Pick<Chain, "id" | "name">[]): ChainError {
  const known = chains.map((chain) => `${chain.id} (${chain.name})`).join(", ");
  return new ChainError("unknown_chain", `Chain ${chainId} is not configured here. ${known === "" ? "There is none." : `There are: ${known}.`}`);
}

/** One call to a local node. When the node went away with its worker, it is found or started again and asked once more. */
async function askEmbedded(options: { find: () => Promise<string>; call: { method: string; params?: unknown }; timeout: number }): Promise<unknown> {
  for (let tries = 1; ; tries++) {
    const { request } = http(await options.find(), { timeout: options.timeout, retryCount: 0 })({});
    try {
      return await request(options.call);
    } catch (error) {
      const gone = error instanceof HttpRequestError && !(error instanceof TimeoutError);
      if (!gone || tries > LOCAL_RETRIES) throw error;
    }
  }
}
