/**
 * The embedded chains' nodes. A worker hosts them: it starts one on first use, keeps those that were ever used running, and
 * hands over to any other worker of the machine when it goes. Other processes only find them.
 *
 * One chain in a hosting process: unknown → found (another worker's) | ours → gone → …
 */
import { existsSync } from "node:fs";
import path from "node:path";
import { keepPreviousState, mendState, startAnvil, stateFile, type AnvilProcess } from "./anvil-process";
import { ChainError } from "./chain-errors";
import type { Chain } from "./chain-config";
import { choosePort, isPortFree, readPort } from "./embedded-ports";

export interface ChainLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export interface EmbeddedNodesOptions {
  /** Ports and states; made when missing. */
  folder: string;
  /** Null: this machine has no anvil. */
  binary: string | null;
  /** False: only find what others run. */
  host: boolean;
  /** Address that pays for deployments, and by which an installation knows its own nodes; null without a secret. */
  payer: string | null;
  logger: ChainLogger;
}

export interface EmbeddedNodes {
  /** The address of the chain's node, which answered just now. Throws `ChainError`. */
  find(chain: Chain): Promise<string>;
  /** True when a node runs, or would be started by a use. */
  available(chain: Chain): Promise<boolean>;
  /** Hosting only: starts what was in use before, and again whatever ends. */
  keep(chains: readonly Chain[]): Promise<void>;
  close(): Promise<void>;
}

const READY_WITHIN_MS = 10_000;
const POLL_MS = 10;
const PROBE_MS = 2_000;
const KEEP_EVERY_MS = 3_000;
/** 10,000 coins, topped up below 1,000. */
const FULL = 10_000n * 10n ** 18n;
const LOW = 1_000n * 10n ** 18n;

export function createEmbeddedNodes(options: EmbeddedNodesOptions): EmbeddedNodes {
  const { folder, binary, host, payer, logger } = options;
  const ours = new Map<number, { anvil: AnvilProcess; port: number }>();
  const starting = new Map<number, Promise<string>>();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  const portOf = async (chain: Chain): Promise<number | null> => (chain.rpc.kind === "embedded" && chain.rpc.port !== null ? chain.rpc.port : readPort({ folder, chainId: chain.id }));

  /** True for a node of this installation: the right chain, and one that knows our payer. */
  const isNode = async (chain: Chain, port: number): Promise<boolean> => {
    const url = nodeUrl(port);
    const id = await ask(url, "eth_chainId", []).catch(() => null);
    if (id === null || Number(id) !== chain.id) return false;
    return payer === null || BigInt(String(await ask(url, "eth_getBalance", [payer, "latest"]).catch(() => "0x0"))) > 0n;
  };

  const start = async (chain: Chain): Promise<string> => {
    if (binary === null) throw new ChainError("no_anvil", `${chain.name} needs the program anvil, which this machine has not. Install it on PATH, or configure other chains.`);
    const own = path.join(folder, String(chain.id));
    const configured = chain.rpc.kind === "embedded" ? chain.rpc.port : null;
    const deadline = Date.now() + READY_WITHIN_MS;
    let port = configured ?? (await choosePort({ folder, chainId: chain.id }));
    while (Date.now() < deadline) {
      if (closed) throw new ChainError("chain_unreachable", `${chain.name} is being shut down.`);
      // Whoever listens there answers in the place of a node that has yet to find out: then only its end tells.
      const free = await isPortFree(port);
      const anvil = await startAnvil({ binary, folder: own, chainId: chain.id, port });
      const end = await Promise.race([anvil.ended, free ? waitUntilAnswers({ chain, port, deadline, anvil }) : waitUntil(deadline)]);
      if (end === "ready") {
        await keepPreviousState(own);
        if (payer !== null) await fund(nodeUrl(port), payer);
        ours.set(chain.id, { anvil, port });
        void anvil.ended.then(({ text }) => {
          ours.delete(chain.id);
          if (!closed) logger.warn({ chain: chain.id, why: text }, "a local chain's node ended; it is started again");
        });
        logger.info({ chain: chain.id, port, pid: anvil.pid }, "local chain ready");
        return nodeUrl(port);
      }
      if (end === "late") {
        await anvil.stop();
        break;
      }
      if (end.why === "locked") {
        // Another worker's node, which may still be starting.
        port = configured ?? (await choosePort({ folder, chainId: chain.id }));
        if (await isNode(chain, port)) return nodeUrl(port);
        await new Promise((resolve) => setTimeout(resolve, 50));
        continue;
      }
      if (end.why === "port taken" && configured === null) {
        port = await choosePort({ folder, chainId: chain.id, insteadOf: port });
        continue;
      }
      if (end.why === "port taken") throw new ChainError("chain_unreachable", `${chain.name}: port ${port} is in use by another program. Choose another in chains.json.`);
      const mended = await mendState(own);
      if (mended === null) throw new ChainError("chain_unreachable", `${chain.name}: its node does not start (${end.text.split("\n").at(-1) ?? ""}).`);
      logger.warn({ chain: chain.id }, `local chain: ${mended}`);
    }
    throw new ChainError("chain_unreachable", `${chain.name}: its node was not ready within ${READY_WITHIN_MS / 1000} s. Try again.`);
  };

  const find = async (chain: Chain): Promise<string> => {
    const mine = ours.get(chain.id);
    if (mine?.anvil.alive === true) return nodeUrl(mine.port);
    const running = starting.get(chain.id);
    if (running !== undefined) return running;
    const work = (async () => {
      const port = await portOf(chain);
      if (port !== null && (await isNode(chain, port))) return nodeUrl(port);
      if (host) return start(chain);
      throw new ChainError("chain_unreachable", `${chain.name} does not run. A worker starts it with the first deployment to it, and again after a restart.`);
    })().finally(() => starting.delete(chain.id));
    starting.set(chain.id, work);
    return work;
  };

  const keepOnce = async (chains: readonly Chain[]): Promise<void> => {
    for (const chain of chains) {
      if (closed || chain.rpc.kind !== "embedded" || !existsSync(stateFile(path.join(folder, String(chain.id))))) continue;
      await find(chain).catch((error: unknown) => logger.warn({ chain: chain.id, error: error instanceof Error ? error.message : String(error) }, "a local chain could not be started"));
    }
  };

  return {
    find,
    async available(chain) {
      const port = await portOf(chain);
      if (port !== null && (await isNode(chain, port))) return true;
      return binary !== null;
    },
    async keep(chains) {
      await keepOnce(chains);
      const next = (): void => {
        if (closed) return;
        timer = setTimeout(() => void keepOnce(chains).finally(next), KEEP_EVERY_MS);
      };
      next();
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await Promise.allSettled(starting.values());
      await Promise.all([...ours.values()].map(({ anvil }) => anvil.stop()));
    },
  };
}

function nodeUrl(port: number): string {
  return `http://127.0.0.1:${port}`;
}

async function waitUntilAnswers(options: { chain: Chain; port: number; deadline: number; anvil: AnvilProcess }): Promise<"ready" | "late"> {
  while (Date.now() < options.deadline) {
    const id = await ask(nodeUrl(options.port), "eth_chainId", []).catch(() => null);
    if (id !== null && Number(id) === options.chain.id && options.anvil.alive) return "ready";
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return "late";
}

async function waitUntil(deadline: number): Promise<"late"> {
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, deadline - Date.now())).unref());
  return "late";
}

async function fund(url: string, payer: string): Promise<void> {
  if (BigInt(String(await ask(url, "eth_getBalance", [payer, "latest"]))) < LOW) await ask(url, "anvil_setBalance", [payer, `0x${FULL.toString(16)}`]);
}

async function ask(url: string, method: string, params: readonly unknown[]): Promise<unknown> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
    signal: AbortSignal.timeout(PROBE_MS),
  });
  const body: unknown = await response.json();
  if (typeof body !== "object" || body === null || !("result" in body)) throw new Error(`${method} was refused`);
  return body.result;
}
