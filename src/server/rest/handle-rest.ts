/** The REST surface: finds the route, makes the context, and turns whatever is thrown into a problem document. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError, ERROR_STATUS } from "~/domain/errors";
import { createContextFromHeaders, type ApiEnvironment } from "../api/create-api-context";
import { toAppError } from "../api/error-mapping";
import { countCall, requireValidCaller } from "../api/guards";
import { sendProblem } from "./answer";
import { downloadArtifact } from "./download-artifact";
import { downloadLog, wantsText } from "./download-log";
import { downloadArtifacts, downloadReleaseFiles } from "./download-zip";
import { matchPath } from "./match-path";
import { findPackageReleaseHandler, PACKAGE_RELEASES_PATH } from "./package-releases";
import { listProcedureRoutes, type RestRoute } from "./procedure-routes";
import type { RestHandler, RestRequest } from "./rest-request";
import { streamEvents } from "./stream-events";

const PREFIX = "/api/v1";

const DOWNLOADS: readonly RestRoute[] = [
  { method: "GET", template: "/builds/{build_id}/artifacts.zip", handler: download(downloadArtifacts) },
  { method: "GET", template: "/builds/{build_id}/artifacts/{name...}", handler: download(downloadArtifact) },
  { method: "GET", template: "/builds/{build_id}/events", handler: download(streamEvents) },
  { method: "GET", template: "/releases/{release_id}/files.zip", handler: download(downloadReleaseFiles) },
];

let routes: readonly RestRoute[] | undefined;

export function isRestPath(path: string): boolean {
  return path === PREFIX || path.startsWith(`${PREFIX}/`) || path.startsWith(PACKAGE_RELEASES_PATH);
}

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
  response.once("close", () => leaving.abort());
  try {
    const url = new URL(request.url ?? "/", "http://localhost");
    const { handler, params } = findRoute({ method: request.method ?? "GET", path: url.pathname, response });
    const ctx = await createContextFromHeaders({ environment, ...facts });
    await handler({ request, response, ctx, url, params, started, signal: leaving.signal }).catch((error: unknown) => {
      for (const [name, value] of ctx.responseHeaders) if (!response.headersSent) response.setHeader(name, value);
      throw error;
    });
  } catch (error) {
    if (leaving.signal.aborted) return;
    const known = toAppError(error);
    if (ERROR_STATUS[known.code] >= 500) logger.error({ requestId: facts.requestId, err: known.cause ?? known }, known.message);
    // What was not read of a refused body is not worth reading.
    if (!request.complete) response.setHeader("Connection", "close");
    sendProblem({ response, requestId: facts.requestId, started, error: known });
  }
}

function findRoute(options: { method: string; path: string; response: ServerResponse }): { handler: RestHandler; params: Record<string, string> } {
  const { path, response } = options;
  const method = options.method === "HEAD" ? "GET" : options.method;
  if (path.startsWith(PACKAGE_RELEASES_PATH)) {
    const handler = findPackageReleaseHandler(path);
    if (handler === null) throw noSuchPath(path);
    if (method !== "POST") throw notAllowed({ allowed: ["POST"], response });
    return { handler, params: {} };
  }
  routes ??= [...DOWNLOADS, ...listProcedureRoutes()];
  const matches = routes.flatMap((route) => {
    const params = matchPath({ template: route.template, path: path.slice(PREFIX.length) });
    return params === null ? [] : [{ route, params }];
  });
  if (matches.length === 0) throw noSuchPath(path);
  const found = matches.find(({ route }) => route.method === method);
  if (found === undefined) throw notAllowed({ allowed: matches.map(({ route }) => route.method), response });
  const { params, route } = found;
  return { handler: route.template === "/builds/{build_id}/logs" ? logsByAccept(route.handler) : route.handler, params };
}

/** What procedures do for themselves: valid credentials and the limit. */
function download(handler: RestHandler): RestHandler {
  return async (rest: RestRequest) => {
    requireValidCaller({ ctx: rest.ctx, changes: false });
    await countCall({ ctx: rest.ctx, bucket: "reads" });
    for (const [name, value] of rest.ctx.responseHeaders) rest.response.setHeader(name, value);
    await handler(rest);
  };
}

function logsByAccept(json: RestHandler): RestHandler {
  const text = download(downloadLog);
  return (rest) => {
    rest.response.setHeader("Vary", "Accept");
    return wantsText(rest) ? text(rest) : json(rest);
  };
}

function noSuchPath(path: string): AppError {
  return new AppError("not_found", { userMessage: `There is nothing at ${path.slice(0, 200)}. The API is described at /docs/api.` });
}

function notAllowed(options: { allowed: readonly string[]; response: ServerResponse }): AppError {
  const methods = [...new Set(options.allowed.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method])))].sort();
  options.response.setHeader("Allow", methods.join(", "));
  return new AppError("method_not_allowed", { userMessage: `Use ${methods.join(" or ")} here.` });
}
