/** Chains for tests: anvils of the test's own, and a node that a test can make lie, hang or go away. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import { createServer as createTcpServer, type AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { findAnvil } from "~/chains";

export const toolchainsDir = fileURLToPath(new URL("../../toolchains", import.meta.url));
const found = findAnvil({ toolchainsDir, searchPath: process.env.PATH });
if (found === null || !existsSync(found)) throw new Error("The tests of chains need anvil: npm run prepare:machine installs it.");
export const anvilBinary: string = found;

/** A well-known development key: its account has coins on every anvil that is started with accounts. */
export const DEV_KEY = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
export const DEV_ADDRESS = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";

export interface TestAnvil {
  url: string;
  port: number;
  ask(method: string, params?: readonly unknown[]): Promise<unknown>;
  stop(): Promise<void>;
  /** Again on the same port, with an empty chain. */
  start(): Promise<void>;
}

export async function startTestAnvil(options: { chainId: number; blockTime?: number }): Promise<TestAnvil> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  const anvil: TestAnvil = {
    url,
    port,
    ask: (method, params = []) => askNode(url, method, params),
    async start() {
      const timing = options.blockTime === undefined ? [] : ["--block-time", String(options.blockTime)];
      const started = spawn("setpriv", ["--pdeathsig", "KILL", anvilBinary, "--host", "127.0.0.1", "--port", String(port), "--chain-id", String(options.chainId), "--accounts", "2", "--quiet", ...timing], { stdio: "ignore" });
      child = started;
      while (!(await askNode(url, "eth_chainId", []).then(() => true, () => false))) {
        if (started.exitCode !== null) throw new Error("anvil did not start.");
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    async stop() {
      if (child === undefined || child.exitCode !== null) return;
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    },
  };
  await anvil.start();
  return anvil;
}

/** What to do with a call: pass it on, answer something else (a result, an error of the node, another HTTP status), or never answer. */
export type Meddle = (call: { method: string; params: unknown }) => Promise<"pass" | "swallow" | { result: unknown } | { error: { code: number; message: string } } | { httpStatus: number }>;

export interface MeddlingNode {
  url: string;
  /** Methods in the order in which they came. */
  calls: string[];
  meddle: Meddle;
  close(): Promise<void>;
}

export async function startMeddlingNode(options: { target: string }): Promise<MeddlingNode> {
  const node: MeddlingNode = { url: "", calls: [], meddle: () => Promise.resolve("pass"), close: () => Promise.resolve() };
  const server = createServer((request, response) => {
    void (async () => {
      const call: { id: number; method: string; params: unknown } = JSON.parse(await readBody(request));
      node.calls.push(call.method);
      const answer = await node.meddle(call);
      if (answer === "swallow") return;
      if (answer !== "pass" && "httpStatus" in answer) return response.writeHead(answer.httpStatus).end("<html>no node</html>");
      response.setHeader("content-type", "application/json");
      if (answer !== "pass") return response.end(JSON.stringify({ jsonrpc: "2.0", id: call.id, ...answer }));
      const real = await fetch(options.target, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(call) });
      return response.end(await real.text());
    })().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  node.url = `http://127.0.0.1:${portOf(server.address())}`;
  node.close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return node;
}

/** A loopback port on which nothing listens. */
export async function freePort(): Promise<number> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const port = portOf(server.address());
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export async function askNode(url: string, method: string, params: readonly unknown[]): Promise<unknown> {
  const response = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }), signal: AbortSignal.timeout(5_000) });
  const body: { result?: unknown; error?: { message: string } } = JSON.parse(await response.text());
  if (body.error !== undefined) throw new Error(body.error.message);
  return body.result;
}

/** How many contracts a node's chain has seen made. */
export async function countCreations(url: string): Promise<number> {
  const height = Number(await askNode(url, "eth_blockNumber", []));
  let creations = 0;
  for (let number = 0; number <= height; number++) {
    const block = JSON.parse(JSON.stringify(await askNode(url, "eth_getBlockByNumber", [`0x${number.toString(16)}`, true])));
    creations += block.transactions.filter((transaction: { to: string | null }) => transaction.to === null).length;
  }
  return creations;
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === "string") throw new Error("No port.");
  return address.port;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}
