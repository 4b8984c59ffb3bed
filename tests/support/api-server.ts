/** The web process's server without pages, on a port and a database of its own. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { PipelineRegistry } from "~/pipelines/define";
import type { Chains } from "~/chains";
import type { ApiContext, ApiSettings } from "~/server/api/context";
import { createContextFromHeaders, type ApiEnvironment } from "~/server/api/create-api-context";
import { createCaller } from "~/server/api/root";
import { createWebServer, type PageHandler, type WebServer } from "~/server/http/create-web-server";
import type { ServerTimeouts } from "~/server/http/guard-request";
import type { PlatformLimits } from "~/server/services/context";
import { createServiceContext, type OpenedServiceContext } from "~/server/services/create-context";
import type { GitSettings } from "~/server/services/context";
import { createTestDatabase } from "./database";
import { TEST_INSTALLATION_SECRET } from "./deployment-pipeline";
import { fixtureRegistry } from "./fixture-pipeline";

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The parsed body; `null` when it is no JSON. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into answers of every shape, and fail on a wrong one
  json: any;
}

export interface AskOptions {
  method?: string;
  token?: string;
  cookie?: string;
  /** Default for cookies: this server's own. `null`: none. */
  origin?: string | null;
  json?: unknown;
  body?: string | Uint8Array<ArrayBuffer>;
  headers?: Record<string, string>;
}

export interface ApiServer {
  url: string;
  databaseUrl: string;
  blobDirectory: string;
  web: WebServer;
  services: OpenedServiceContext;
  environment: ApiEnvironment;
  /** What the server logged with level warn or error. */
  complaints: { fields: object; message: string }[];
  ask(path: string, options?: AskOptions): Promise<Answer>;
  /** Calls procedures without HTTP, as the holder of these headers. */
  callAs(headers: Record<string, string>): Promise<{ caller: ReturnType<typeof createCaller>; ctx: ApiContext }>;
  close(): Promise<void>;
}

export interface OpenApiServerOptions {
  git?: GitSettings;
  /** Default: none. */
  chains?: Chains;
  /** Brings workflow events to the engine, for a test with a worker of its own. Default: nobody does. */
  createSend?: Parameters<typeof createServiceContext>[0]["createSend"];
  /** Default: the fixture pipeline alone. */
  pipelines?: PipelineRegistry;
  timeouts?: Partial<ServerTimeouts>;
  /** Default: http://slipway.test. */
  publicUrl?: string;
  /** Another server, whose database and blobs this one shares, as two processes of one installation do. */
  beside?: Pick<ApiServer, "databaseUrl" | "blobDirectory">;
  pages?: PageHandler;
  settings?: Partial<ApiSettings>;
  /** Default: true at once. */
  isMigrated?: () => Promise<boolean>;
  /** Default: `DEFAULT_LIMITS`. */
  limits?: Partial<PlatformLimits>;
  metricsToken?: string;
}

/** Limits so wide that no test meets them by accident. */
const WIDE = { builds: 100_000, writes: 100_000, reads: 100_000 };

export const TEST_SECRET = "a secret of the tests, long enough to be one";

export async function openApiServer(options: OpenApiServerOptions = {}): Promise<ApiServer> {
  const { beside } = options;
  const database = beside === undefined ? await createTestDatabase() : { url: beside.databaseUrl, drop: () => Promise.resolve() };
  const folder = await mkdtemp(path.join(tmpdir(), "slipway-api-"));
  const blobDirectory = beside?.blobDirectory ?? path.join(folder, "blobs");
  const complaints: ApiServer["complaints"] = [];
  const complain = (fields: object, message: string): void => void complaints.push({ fields, message });
  const services = await createServiceContext({
    databaseUrl: database.url,
    blobDirectory,
    pipelines: options.pipelines ?? fixtureRegistry,
    chains: options.chains,
    secretKey: TEST_INSTALLATION_SECRET,
    logger: { debug: () => undefined, info: () => undefined, warn: complain, error: complain },
    // Without a worker what waits in the outbox stays there.
    createSend: options.createSend ?? (() => () => Promise.resolve()),
    poolSize: 5,
    limits: options.limits,
    git: options.git,
  });
  const environment: ApiEnvironment = {
    services,
    settings: { signupOpen: true, githubEnabled: false, limits: WIDE, ...options.settings },
    authSecret: TEST_SECRET,
    publicUrl: options.publicUrl ?? "http://slipway.test",
    metricsToken: options.metricsToken,
  };
  const web = createWebServer({ environment, development: false, isMigrated: options.isMigrated ?? (() => Promise.resolve(true)), timeouts: options.timeouts, pages: () => options.pages ?? null });
  await new Promise<void>((resolve) => web.server.listen(0, "127.0.0.1", resolve));
  const address = web.server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  const url = `http://127.0.0.1:${address.port}`;

  return {
    url,
    databaseUrl: database.url,
    blobDirectory,
    web,
    services,
    environment,
    complaints,
    async ask(target, { method, token, cookie, origin, json, body, headers = {} } = {}) {
      const sent = new Headers(headers);
      if (token !== undefined) sent.set("authorization", `Bearer ${token}`);
      if (cookie !== undefined) sent.set("cookie", cookie);
      if (origin !== null && (origin !== undefined || cookie !== undefined)) sent.set("origin", origin ?? url);
      if (json !== undefined) sent.set("content-type", "application/json");
      const response = await fetch(`${url}${target}`, {
        method: method ?? (json !== undefined || body !== undefined ? "POST" : "GET"),
        headers: sent,
        body: json === undefined ? body : JSON.stringify(json),
        redirect: "manual",
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, text, json: parse(text) };
    },
    async callAs(headers) {
      const ctx = await createContextFromHeaders({
        environment,
        headers: new Headers({ host: "slipway.test", origin: "http://slipway.test", ...headers }),
        requestId: "req_test",
        ip: "192.0.2.1",
      });
      return { caller: createCaller(ctx), ctx };
    },
    async close() {
      await web.drain({ graceMs: 1_000 });
      await services.close();
      await rm(folder, { recursive: true, force: true });
      await database.drop();
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
