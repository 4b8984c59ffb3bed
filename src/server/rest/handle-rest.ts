/** The REST surface: finds the route, makes the context, and turns whatever is thrown into a problem document. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError, ERROR_STATUS } from "~/domain/errors";
import { createContextFromHeaders, type ApiEnvironment } from "../api/create-api-context";
import { toAppError } from "../api/error-mapping";
import { announceClose } from "../http/body-limits";
import { noteRoute } from "../http/request-route";
import { sendError } from "./answer";
import { downloadLog, wantsText } from "./download-log";
import { matchPath } from "./match-path";
import { OPENAPI_PATH } from "./openapi/document-path";
import { serveDocument } from "./openapi/serve-document";
import { listProcedureRoutes, type RestRoute } from "./procedure-routes";
import type { RestHandler, RestRequest } from "./rest-request";
import { HAND_WRITTEN_ROUTES } from "./routes";
import { countedRead } from "./routes/counted";

/** Everything below `/api` is answered here, found or not, but for what others answer. */
const OF_OTHERS = ["/api/trpc/", "/api/auth/"];

let routes: readonly RestRoute[] | undefined;

export function isRestPath(path: string): boolean {
  return (path === "/api" || path.startsWith("/api/")) && !OF_OTHERS.some((prefix) => path.startsWith(prefix));
}

/** What the router answers, in the order in which it looks. */
export function listRoutes(): readonly RestRoute[] {
  routes ??= [
    ...HAND_WRITTEN_ROUTES.flatMap(({ method, path, handler }) => (handler === null ? [] : [{ method, template: path, handler }])),
    { method: "GET", template: OPENAPI_PATH, handler: serveDocument },
    ...listProcedureRoutes(),
  ];
  return routes;
}

/** One for all: an error is costly to make, and each request ends with it. */
const CONNECTION_CLOSED = new Error("The connection is closed.");

export async function handleRest(options: {
  environment: ApiEnvironment;
  request: IncomingMessage;
  response: ServerResponse;
  facts: { requestId: string; ip: string; headers: Headers };
  started: number;
}): Promise<void> {
  const { environment, request, response, facts, started } = options;
  const { logger } = environment.services;
  const leaving = new AbortController();
  response.once("close", () => leaving.abort(CONNECTION_CLOSED));
  const url = new URL(request.url ?? "/", "http://localhost");
  try {
    const { handler, params, template } = findRoute({ method: request.method ?? "GET", path: url.pathname, response });
    noteRoute({ request, template });
    const ctx = await createContextFromHeaders({ environment, ...facts });
    await handler({ request, response, ctx, url, params, started, signal: leaving.signal }).catch((error: unknown) => {
      for (const [name, value] of ctx.responseHeaders) if (!response.headersSent) response.setHeader(name, value);
      throw error;
    });
  } catch (error) {
    if (leaving.signal.aborted) return;
    const known = toAppError(error);
    if (ERROR_STATUS[known.code] >= 500) logger.error({ requestId: facts.requestId, err: known.cause ?? known }, known.message);
    if (!response.headersSent) announceClose({ request, response });
    sendError({ path: url.pathname, response, requestId: facts.requestId, started, error: known });
  }
}

function findRoute(options: { method: string; path: string; response: ServerResponse }): { handler: RestHandler; params: Record<string, string>; template: string } {
  const { path, response } = options;
  const method = options.method === "HEAD" ? "GET" : options.method;
  const matches = listRoutes().flatMap((route) => {
    const params = matchPath({ template: route.template, path });
    return params === null ? [] : [{ route, params }];
  });
  if (matches.length === 0) throw noSuchPath(path);
  const found = matches.find(({ route }) => route.method === method);
  if (found === undefined) {
    const allowed = nameMethods(matches.map(({ route }) => route.method));
    response.setHeader("Allow", allowed.join(", "));
    if (method !== "OPTIONS") throw new AppError("method_not_allowed", { userMessage: `Use ${allowed.join(" or ")} here.` });
    return { handler: tellMethods, params: {}, template: matches[0]?.route.template ?? path };
  }
  const { params, route } = found;
  const handler = route.template === "/api/v1/builds/{build_id}/logs" ? logsByAccept(route.handler) : route.handler;
  return { handler, params, template: route.template };
}

function logsByAccept(json: RestHandler): RestHandler {
  const text = countedRead(downloadLog);
  return (rest) => {
    rest.response.appendHeader("Vary", "Accept");
    return wantsText(rest) ? text(rest) : json(rest);
  };
}

function noSuchPath(path: string): AppError {
  return new AppError("not_found", { userMessage: `There is nothing at ${path.slice(0, 200)}. The API is described at /docs/api.` });
}

function nameMethods(routed: readonly string[]): string[] {
  return [...new Set(routed.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method])))].sort();
}

/** The answer to OPTIONS is the header `Allow`. */
function tellMethods({ response }: RestRequest): Promise<void> {
  response.writeHead(204, { "Content-Length": "0" }).end();
  return Promise.resolve();
}
