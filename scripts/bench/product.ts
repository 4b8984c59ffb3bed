/** The product as a stranger runs it, on a free port with a data folder of its own, and a client of its HTTP API. */
import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { inheritedEnvironment } from "../../src/env";
import { findProjectRoot } from "../../src/project-root";

const execFileAsync = promisify(execFile);

export interface Product {
  /** Of its supervisor, whose children all others are. */
  pid: number;
  url: string;
  token: string;
  /** The token's personal workspace. */
  workspace: string;
  admin: { email: string; password: string };
  stop(): Promise<void>;
}

const ADMIN = { email: "bench@example.com", password: "bench-password-for-loopback" };

export async function startProduct(settings: Readonly<Record<string, string>> = {}): Promise<Product> {
  const root = findProjectRoot();
  const dataDir = await mkdtemp(path.join(tmpdir(), "slipway-bench-"));
  const port = await findFreePort();
  const url = `http://localhost:${port}`;
  const environment = inheritedEnvironment({
    PORT: String(port),
    SLIPWAY_DATA_DIR: dataDir,
    SLIPWAY_ADMIN_EMAIL: ADMIN.email,
    SLIPWAY_ADMIN_PASSWORD: ADMIN.password,
    SLIPWAY_BUILDS_PER_MINUTE: "1000000",
    SLIPWAY_WRITES_PER_MINUTE: "1000000",
    SLIPWAY_READS_PER_MINUTE: "1000000",
    LOG_LEVEL: "warn",
    NODE_ENV: "production",
    ...settings,
  });
  const child = spawn(process.execPath, ["--max-old-space-size=128", "--max-semi-space-size=4", "dist/supervisor.js"], { cwd: root, env: environment, stdio: ["ignore", "pipe", "inherit"] });
  const { pid } = child;
  if (pid === undefined) throw new Error("The product could not be started.");
  const gone = once(child, "exit");
  const stop = async () => {
    child.kill("SIGTERM");
    await gone;
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await untilRunning(child);
    const { stdout } = await execFileAsync(process.execPath, ["dist/cli.js", "token", "create", "--scopes", "builds:read,builds:write"], { cwd: root, env: environment });
    return { pid, url, token: stdout.trim(), workspace: "admin", admin: ADMIN, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function untilRunning(child: ChildProcess): Promise<void> {
  let text = "";
  const { stdout } = child;
  if (stdout === null) throw new Error("The product has no output.");
  await new Promise<void>((resolve, reject) => {
    stdout.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes("Slipway is running")) resolve();
    });
    child.once("exit", (code) => reject(new Error(`The product ended with ${code} before it ran:\n${text}`)));
  });
}

export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => (address !== null && typeof address === "object" ? resolve(address.port) : reject(new Error("No free port."))));
    });
  });
}

const created = z.object({ build_id: z.string(), release_id: z.string() });
const detail = z.object({
  build_id: z.string(),
  status: z.string(),
  created_at: z.coerce.date(),
  completed_at: z.coerce.date().nullable(),
  cancelled_in_ms: z.number().nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  stages: z.array(z.object({ key: z.string(), status: z.string(), cached: z.boolean(), started_at: z.coerce.date().nullable(), duration_ms: z.number().nullable() })),
});
export type BuildDetail = z.infer<typeof detail>;
const event = z.object({ type: z.string(), step: z.string().optional(), status: z.string().optional(), message: z.string().optional() });
export type StreamedEvent = z.infer<typeof event>;

/** The calls that the measurements make, over HTTP like any script's. */
export function createClient(product: Product) {
  const call = async (method: string, route: string, body?: object): Promise<unknown> => {
    const response = await fetch(`${product.url}/api/v1${route}`, {
      method,
      headers: { authorization: `Bearer ${product.token}`, "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${method} ${route}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  };
  const client = {
    push: async (name: string, files: readonly { path: string; content: string }[]) =>
      created.parse(await call("POST", "/builds", { kind: "circuit", package: `${product.workspace}/${name}`, files })),
    /** Any other body of `POST /builds`. */
    submit: async (body: object) => created.parse(await call("POST", "/builds", body)),
    rebuild: async (buildId: string, mode: "stale" | "all") => created.parse(await call("POST", `/builds/${buildId}/rebuild`, { mode })),
    cancel: async (buildId: string) => void (await call("POST", `/builds/${buildId}/cancel`)),
    get: async (buildId: string) => detail.parse(await call("GET", `/builds/${buildId}`)),
    async *events(buildId: string): AsyncGenerator<StreamedEvent> {
      const response = await fetch(`${product.url}/api/v1/builds/${buildId}/events`, {
        headers: { authorization: `Bearer ${product.token}`, accept: "application/x-ndjson" },
      });
      if (!response.ok || response.body === null) throw new Error(`events: ${response.status} ${await response.text()}`);
      let rest = "";
      const decoder = new TextDecoder();
      const reader = response.body.getReader();
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        const lines = (rest + decoder.decode(part.value, { stream: true })).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) if (line.trim() !== "") yield event.parse(JSON.parse(line));
      }
    },
    /** Follows the build to its end. */
    finished: async (buildId: string): Promise<BuildDetail> => {
      for await (const one of client.events(buildId)) if (one.type === "build.completed") break;
      return client.get(buildId);
    },
  };
  return client;
}

export type Client = ReturnType<typeof createClient>;
