/** What is decided about a request before anybody handles it: other sites' pages, the size of its body, its pace. */
import type { IncomingMessage, Server, ServerOptions, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { AppError } from "~/domain/errors";
import { createId } from "~/domain/ids";
import { sendError } from "../rest/answer";
import { MAX_MULTIPART_BYTES } from "../rest/read-multipart";
import { announceClose, announcedLength, boundBody, closeUnread, MAX_JSON_BYTES, MAX_PAGE_BYTES, tooLarge } from "./body-limits";
import { handleCors } from "./cors";
import { endWithProblem } from "./raw-problem";
import { refuseMalformed } from "./refuse-malformed";

/** In ms. */
export interface ServerTimeouts {
  /** Until the headers are complete. */
  headersMs: number;
  /** Until the body is complete. */
  requestMs: number;
  /** How often that is looked at. */
  checkEveryMs: number;
}

export const SERVER_TIMEOUTS: ServerTimeouts = { headersMs: 15_000, requestMs: 120_000, checkEveryMs: 2_000 };

/** For `createServer`. */
export function serverOptions(timeouts: ServerTimeouts): ServerOptions {
  return {
    keepAliveTimeout: 65_000,
    headersTimeout: timeouts.headersMs,
    requestTimeout: timeouts.requestMs,
    connectionsCheckingInterval: timeouts.checkEveryMs,
    // Two servers that read one request differently are a way to smuggle another.
    insecureHTTPParser: false,
    // Node would answer with an empty body: `settleTarget` says why.
    requireHostHeader: false,
  };
}

/** Answers what is no request, or takes too long to become one, and lets nobody send a body that will be refused. */
export function guardServer(server: Server): void {
  const latest = new WeakMap<Duplex, ServerResponse>();
  server.on("request", (request: IncomingMessage, response: ServerResponse) => void latest.set(request.socket, response));
  server.on("clientError", (error: Error & { code?: string }, socket: Duplex) => refuseMalformed({ error, socket, open: latest.get(socket) }));
  server.on("connect", (request: IncomingMessage, socket: Duplex) => {
    socket.on("error", () => undefined);
    endWithProblem({ socket, code: "method_not_allowed", detail: "This server is no proxy.", requestId: createId("request") });
  });
  server.on("checkContinue", (request: IncomingMessage, response: ServerResponse) => {
    if (announcedLength(request) <= bodyLimitOf(request)) response.writeContinue();
    server.emit("request", request, response);
  });
}

export interface GuardOptions {
  request: IncomingMessage;
  response: ServerResponse;
  path: string;
  requestId: string;
  started: number;
  /** True for the REST API and what belongs to it: other sites may call it. */
  isShared: boolean;
  /** True where our own code reads and counts bodies. */
  isOurs: boolean;
  /** True for pages, which are read and nothing else. */
  isPage: boolean;
  corsOrigins: readonly string[];
}

/** True when the request is answered already. */
export function guardRequest(options: GuardOptions): boolean {
  const { request, response, path, requestId, started, isOurs, isPage, isShared, corsOrigins } = options;
  closeUnread({ request, response });
  if (isShared && handleCors({ request, response, allowed: corsOrigins })) return true;
  const limit = isOurs ? bodyLimitOf(request) : MAX_PAGE_BYTES;
  const refuse = (error: AppError): void => {
    if (response.headersSent) return;
    announceClose({ request, response });
    sendError({ path, response, requestId, started, error });
  };
  if (announcedLength(request) > limit) {
    refuse(tooLarge(limit));
    return true;
  }
  if (isPage && request.method !== "GET" && request.method !== "HEAD") {
    response.setHeader("Allow", "GET, HEAD");
    refuse(new AppError("method_not_allowed", { userMessage: "This is a page: it can only be read. What changes something is below /api/v1, and described at /docs/api." }));
    return true;
  }
  if (!isOurs) boundBody({ request, limit, onExceeded: () => refuse(tooLarge(limit)) });
  return false;
}

function bodyLimitOf(request: IncomingMessage): number {
  return /^multipart\/form-data\b/i.test(request.headers["content-type"] ?? "") ? MAX_MULTIPART_BYTES : MAX_JSON_BYTES;
}
