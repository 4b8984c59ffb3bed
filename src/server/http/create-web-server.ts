/**
 * The web process's server: tRPC, REST and health are answered here, pages and sign-in by Next.
 * States: starting (not ready) → serving → draining (not ready, streams ended, running requests finish) → closed.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { AppError } from "~/domain/errors";
import { withLogFields } from "~/telemetry/log-scope";
import { isTracing } from "~/telemetry/spans";
import { chooseRequestId, type ApiEnvironment } from "../api/create-api-context";
import { toAppError } from "../api/error-mapping";
import { sendError, sendProblem } from "../rest/answer";
import { handleRest, isRestPath } from "../rest/handle-rest";
import { handleHealth, isHealthPath, type Readiness } from "../rest/health";
import { announceClose, closeUnread } from "./body-limits";
import { createBuildSockets } from "./build-socket";
import { METRICS_PATH, serveMetrics } from "../metrics/serve-metrics";
import { createWebMetrics } from "../metrics/web-metrics";
import { TRACED_HEADER } from "./click-header";
import { readClientAddress } from "./client-address";
import { observeRequest, type ObservedRequest } from "./observe-request";
import { guardRequest, guardServer, SERVER_TIMEOUTS, serverOptions, type ServerTimeouts } from "./guard-request";
import { createOpenResponses } from "./open-responses";
import { endWithProblem } from "./raw-problem";
import { settleTarget } from "./request-target";
import { API_CONTENT_POLICY, isHttps, setPagePolicy, setSecurityHeaders } from "./security-headers";
import { handleTrpc, TRPC_PATH } from "./trpc-handler";

/** What answers pages; a test may do without. */
export interface PageHandler {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** The development server's socket for hot reload. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
}

export interface CreateWebServerOptions {
  environment: ApiEnvironment;
  /** True in development: pages may use eval and sockets of the bundler. */
  development: boolean;
  /** Whether the database has the tables this code needs. */
  isMigrated(): Promise<boolean>;
  /** Default: `SERVER_TIMEOUTS`. */
  timeouts?: Partial<ServerTimeouts>;
  /** Told later, because Next wants the server first. */
  pages(): PageHandler | null;
}

export interface WebServer {
  server: Server;
  /** Stops accepting, ends streams, waits at most `graceMs` (default 10 s) for the rest, then closes. */
  drain(options?: { graceMs?: number }): Promise<void>;
}

const GRACE_MS = 10_000;

export function createWebServer(options: CreateWebServerOptions): WebServer {
  const { environment } = options;
  const { logger } = environment.services;
  const open = createOpenResponses();
  const metrics = createWebMetrics({ database: environment.services.database, countStreams: () => open.countStreams() });
  let draining = false;
  const readiness: Readiness = { isDraining: () => draining, isMigrated: options.isMigrated };

  const sockets = createBuildSockets({ environment });
  // Whoever offers another protocol beside HTTP/1.1, as some clients do with each request, is answered in HTTP/1.1.
  const shouldUpgradeCallback = (request: IncomingMessage): boolean => sockets.takes(request) || (options.development && isSocketOfPages(request));
  const server = createServer({ ...serverOptions({ ...SERVER_TIMEOUTS, ...options.timeouts }), shouldUpgradeCallback }, (request, response) => {
    const started = performance.now();
    const requestId = chooseRequestId(header(request, "x-request-id"));
    const refused = settleTarget(request);
    const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
    open.add(response);
    response.setHeader("X-Request-Id", requestId);
    if (draining) response.setHeader("Connection", "close");
    setSecurityHeaders({ response, https: isHttps({ request, publicUrl: environment.publicUrl }) });
    const asked = { request, response, path, requestId, started };
    const answer = (): Promise<void> => (refused === null ? route(asked) : refuse({ ...asked, error: refused }));
    observeRequest({ ...asked, logger, metrics, run: answer }).catch((error: unknown) => {
      logger.error({ err: error, requestId, path }, "a request failed");
      if (path.startsWith("/api/") || path === METRICS_PATH) return sendError({ path, response, requestId, started, error: toAppError(error) });
      if (!response.headersSent) response.writeHead(500, { "Content-Type": "text/plain" });
      response.end("Something went wrong on our side.");
    });
  });
  // What else a client expects is no reason to refuse it without a word.
  server.on("checkExpectation", (request, response) => server.emit("request", request, response));
  guardServer(server);
  server.on("upgrade", (request, socket, head) => {
    const requestId = chooseRequestId(header(request, "x-request-id"));
    if (sockets.takes(request)) {
      const facts = { requestId, ip: readClientAddress(request), headers: toHeaders(request) };
      metrics.addSocket(socket);
      return withLogFields({ fields: { requestId: facts.requestId }, run: () => sockets.upgrade({ request, socket, head, facts }) });
    }
    const pages = options.pages();
    if (!options.development || pages === null) return endWithProblem({ socket, code: "not_found", detail: "There is no socket at this address.", requestId });
    pages.upgrade(request, socket, head).catch(() => socket.destroy());
  });

  async function route({ request, response, path, requestId, started }: ObservedRequest): Promise<void> {
    if (path === METRICS_PATH) return serveMetrics({ environment, metrics, request, response, requestId });
    const ip = readClientAddress(request);
    const isShared = isRestPath(path) || isHealthPath(path);
    const isOurs = isShared || path.startsWith(`${TRPC_PATH}/`);
    // The development server's pages send it what they see.
    const isPage = !path.startsWith("/api/") && !options.development;
    if (guardRequest({ request, response, path, requestId, started, isShared, isOurs, isPage, corsOrigins: environment.settings.corsOrigins ?? [] })) return;
    if (isOurs) {
      response.setHeader("Content-Security-Policy", API_CONTENT_POLICY);
      const facts = { requestId, ip, headers: toHeaders(request) };
      if (isHealthPath(path)) return handleHealth({ environment, readiness, request, response, path, facts });
      if (path.startsWith(`${TRPC_PATH}/`)) return handleTrpc({ environment, request, response, path: path.slice(TRPC_PATH.length + 1), facts });
      return handleRest({ environment, request, response, facts, started });
    }
    // What the pages and the sign-in read of the request is put right here, whatever was sent.
    request.headers["x-forwarded-for"] = ip;
    request.headers["x-request-id"] = requestId;
    delete request.headers["x-nonce"];
    request.headers[TRACED_HEADER] = String(isTracing());
    delete request.headers["content-security-policy"];
    setPagePolicy({ request, response, development: options.development });
    const pages = options.pages();
    if (pages !== null) return pages.handle(request, response);
    response.writeHead(503, { "Content-Type": "text/plain", "Retry-After": "2" });
    response.end("The server is starting. Try again in a moment.");
  }

  return {
    server,
    async drain({ graceMs = GRACE_MS } = {}) {
      if (draining) return;
      draining = true;
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      server.closeIdleConnections();
      open.endStreams();
      sockets.end();
      const deadline = AbortSignal.timeout(graceMs);
      await Promise.race([Promise.all([open.whenEmpty(), sockets.whenEmpty()]), new Promise<void>((resolve) => deadline.addEventListener("abort", () => resolve(), { once: true }))]);
      if (open.count() > 0) logger.warn({ requests: open.count() }, "requests were cut off by the shutdown");
      server.closeAllConnections();
      sockets.terminate();
      await closed;
    },
  };
}

function refuse({ request, response, requestId, started, error }: ObservedRequest & { error: AppError }): Promise<void> {
  announceClose({ request, response });
  closeUnread({ request, response });
  sendProblem({ response, requestId, started, error });
  return Promise.resolve();
}

function isSocketOfPages(request: IncomingMessage): boolean {
  return request.headers.upgrade?.toLowerCase() === "websocket" && !(request.url ?? "/").startsWith("/api/");
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function toHeaders(request: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    for (const item of Array.isArray(value) ? value : [value]) if (item !== undefined) headers.append(name, item);
  }
  return headers;
}
