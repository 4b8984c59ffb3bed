/**
 * `WS /api/v1/builds/{id}/stream`: a build's events, one a message, over a WebSocket.
 * States of a socket: upgraded → checked (else closed with 4000 + the HTTP status: 4401, 4404 …) → following → closed with
 * 1000 after the last event, 4401 or 4404 when access ends, 4408 for a reader that is too slow, 1001 when the server stops, 1008/1009 for one that talks.
 */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer, type WebSocket } from "ws";
import { AppError, ERROR_STATUS } from "~/domain/errors";
import { STREAM_TIMES, type ApiContext } from "../api/context";
import { createContextFromHeaders, type ApiEnvironment } from "../api/create-api-context";
import { publicMessage, toAppError } from "../api/error-mapping";
import { countCall, requireValidCaller } from "../api/guards";
import { matchPath } from "../rest/match-path";
import { presentFrame } from "../rest/present-events";
import { findBuild } from "../services/builds/find-build";
import { lastEventIdOf, parseEventId, streamBuild } from "../services/builds/stream-build";
import { watchAccess, type AccessWatch } from "../services/builds/watch-access";
import { endWithProblem } from "./raw-problem";
import { describeSlowReader } from "./slow-reader";
import { offersOnlyOthers, readOfferedToken, SOCKET_PROTOCOL } from "./socket-protocol";
import { keepAlive, sendAll } from "./socket-traffic";

export const BUILD_SOCKET_PATH = "/api/v1/builds/{build_id}/stream";

export interface SocketFacts {
  requestId: string;
  ip: string;
  headers: Headers;
}

export interface BuildSockets {
  /** True when the request asks for a socket of ours. */
  takes(request: IncomingMessage): boolean;
  upgrade(options: { request: IncomingMessage; socket: Duplex; head: Buffer; facts: SocketFacts }): void;
  /** Closes every socket with 1001, so that its client connects elsewhere and resumes; later ones are refused. */
  end(): void;
  /** Resolves when none is left. */
  whenEmpty(): Promise<void>;
  /** Cuts off those that are left. */
  terminate(): void;
}

/** Clients have nothing to say here. */
const MAX_MESSAGE_BYTES = 1024;
const MAX_MESSAGES = 64;
/** What a close frame has room for. */
const MAX_REASON_BYTES = 123;

interface Following {
  ws: WebSocket;
  leaving: AbortController;
}

export function createBuildSockets({ environment }: { environment: ApiEnvironment }): BuildSockets {
  const { logger } = environment.services;
  const open = new Set<Following>();
  const waiting = new Set<() => void>();
  let ended = false;
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: MAX_MESSAGE_BYTES,
    handleProtocols: (offered) => (offered.has(SOCKET_PROTOCOL) ? SOCKET_PROTOCOL : false),
  });

  const requestIds = new WeakMap<IncomingMessage, string>();
  server.on("headers", (headers, request) => void headers.push(`X-Request-Id: ${requestIds.get(request) ?? ""}`));
  // A handshake that breaks the protocol: the library's own answer has neither our shape nor the request's id.
  server.on("wsClientError", (error, socket, request) =>
    endWithProblem({ socket, code: "bad_request", detail: `This is no WebSocket handshake: ${error.message}.`, requestId: requestIds.get(request) ?? "", headers: { "Sec-WebSocket-Version": "13" } }),
  );

  function serve(options: { ws: WebSocket; request: IncomingMessage; socket: Duplex; facts: SocketFacts }): void {
    const { ws, facts } = options;
    const following: Following = { ws, leaving: new AbortController() };
    const started = performance.now();
    open.add(following);
    let heard = 0;
    ws.on("message", () => {
      heard += 1;
      if (heard > MAX_MESSAGES) close({ ws, code: 1008, reason: "Nothing is read from this socket. Send no messages." });
    });
    // A broken or oversized frame: the library closes the socket with the code that says so.
    ws.on("error", (error) => logger.debug({ requestId: facts.requestId, error: error.message }, "a socket's client broke the protocol"));
    ws.on("close", (code) => {
      following.leaving.abort();
      open.delete(following);
      if (open.size === 0) for (const wake of waiting) wake();
      logger.info({ requestId: facts.requestId, path: pathOf(options.request), code, ms: Math.round(performance.now() - started) }, "socket closed");
    });
    follow({ ...options, environment, signal: following.leaving.signal }).catch((error: unknown) => {
      if (following.leaving.signal.aborted) return;
      const known = toAppError(error);
      const status = ERROR_STATUS[known.code];
      if (status >= 500) logger.error({ requestId: facts.requestId, err: known.cause ?? known }, known.message);
      close({ ws, code: status === 503 ? 1013 : status >= 500 ? 1011 : 4000 + status, reason: publicMessage(known) });
    });
  }

  return {
    takes: (request) => request.method === "GET" && request.headers.upgrade?.toLowerCase() === "websocket" && findBuildId(pathOf(request)) !== null,
    upgrade({ request, socket, head, facts }) {
      const { requestId } = facts;
      socket.on("error", () => undefined);
      if (ended) return endWithProblem({ socket, code: "not_available", detail: "The server is stopping. Connect again in a moment.", requestId });
      if (offersOnlyOthers(facts.headers)) return endWithProblem({ socket, code: "bad_request", detail: `Offer the subprotocol ${SOCKET_PROTOCOL}.`, requestId });
      requestIds.set(request, requestId);
      server.handleUpgrade(request, socket, head, (ws) => serve({ ws, request, socket, facts }));
    },
    end() {
      ended = true;
      for (const { ws, leaving } of open) {
        close({ ws, code: 1001, reason: "The server is stopping. Connect again with after_id." });
        leaving.abort();
      }
    },
    whenEmpty: () =>
      open.size === 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            waiting.add(resolve);
          }),
    terminate() {
      for (const { ws } of open) ws.terminate();
    },
  };
}

interface FollowOptions {
  environment: ApiEnvironment;
  ws: WebSocket;
  request: IncomingMessage;
  socket: Duplex;
  facts: SocketFacts;
  signal: AbortSignal;
}

/** Resolves when the socket is closed or closing. Throws what the caller is to be told. */
async function follow(options: FollowOptions): Promise<void> {
  const { environment, ws, request, socket, signal } = options;
  const { heartbeatMs, stallMs } = environment.settings.streams ?? STREAM_TIMES;
  const context = environment.services;
  const alive = keepAlive({ ws, everyMs: heartbeatMs });
  let access: AccessWatch | undefined;
  try {
    const ctx = await admit(options);
    const build = await findBuild({ context, actor: ctx.actor, build: { build_id: findBuildId(pathOf(request)) ?? "" } });
    const after = new URL(request.url ?? "/", "http://localhost").searchParams.get("after_id");
    let cursor = parseEventId({ value: after, field: "after_id" });
    access = watchAccess({ context, reader: ctx, buildId: build.id, everyMs: heartbeatMs });
    for await (const frame of streamBuild({ context, buildId: build.id, afterEventId: cursor, signal: AbortSignal.any([signal, access.signal]) })) {
      if (access.lost() !== null) break;
      alive.pause();
      const taken = await sendAll({ ws, socket, messages: presentFrame({ frame, buildId: build.id }).messages, stallMs });
      alive.resume();
      cursor = lastEventIdOf(frame);
      if (!taken) return close({ ws, code: 4408, reason: `${describeSlowReader(stallMs)} after_id=${cursor}` });
    }
    const lost = access.lost();
    if (lost !== null) throw lost;
    if (!signal.aborted) close({ ws, code: 1000, reason: "The build is over." });
  } finally {
    access?.leave();
    alive.stop();
  }
}

/** As for any read; and since browsers let every site open sockets with the cookie, the cookie counts from this site alone. */
async function admit({ environment, facts }: FollowOptions): Promise<ApiContext> {
  const headers = new Headers(facts.headers);
  const token = readOfferedToken(headers);
  if (token !== null) headers.set("authorization", `Bearer ${token}`);
  const ctx = await createContextFromHeaders({ environment, ...facts, headers });
  requireValidCaller({ ctx, changes: false });
  if (ctx.actor?.via === "session" && !ctx.sameOrigin) {
    throw new AppError("forbidden", { userMessage: "With the sign-in cookie a socket is opened from this site alone. Use a token." });
  }
  await countCall({ ctx, bucket: "reads" });
  return ctx;
}

function close(options: { ws: WebSocket; code: number; reason: string }): void {
  const { ws, code, reason } = options;
  const bytes = Buffer.from(reason);
  // Cut between characters: a close frame with half of one is a broken one.
  const short = bytes.byteLength <= MAX_REASON_BYTES ? reason : new TextDecoder("utf-8").decode(bytes.subarray(0, MAX_REASON_BYTES - 3), { stream: true });
  ws.close(code, short);
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? "/").split("?", 1)[0] ?? "/";
}

function findBuildId(path: string): string | null {
  try {
    return matchPath({ template: BUILD_SOCKET_PATH, path })?.build_id ?? null;
  } catch {
    return null;
  }
}
