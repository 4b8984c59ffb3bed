/** What is kept of every request: its ids on each line that it causes, one line when it is answered, its figures, its span. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { withLogFields } from "~/telemetry/log-scope";
import { inSpan } from "~/telemetry/spans";
import type { WebMetrics } from "../metrics/web-metrics";
import { isHealthPath } from "../rest/health";
import type { Logger } from "../services/context";
import { recordClick } from "./click-span";
import { routeOf } from "./request-route";

export interface ObservedRequest {
  request: IncomingMessage;
  response: ServerResponse;
  path: string;
  requestId: string;
  /** `performance.now()` of its arrival. */
  started: number;
}

/** What other servers call it too; no answer carries it. */
const CALLER_LEFT = 499;

/** Runs the work that answers; what it throws is thrown on. */
export function observeRequest(options: ObservedRequest & { logger: Logger; metrics: WebMetrics; run: () => Promise<void> }): Promise<void> {
  const { request, response, path, requestId, started, logger, metrics, run } = options;
  const method = request.method ?? "GET";
  response.once("close", () => {
    const ms = performance.now() - started;
    const route = routeOf({ request, path });
    // Nothing was sent: the caller left, or was cut off, before there was an answer.
    const status = response.headersSent ? response.statusCode : CALLER_LEFT;
    metrics.countRequest({ method, route, status, seconds: ms / 1_000 });
    const fields = { requestId, method, path, route, status, ms: Math.round(ms * 10) / 10 };
    if (path.startsWith("/_next/") || path === "/metrics" || isHealthPath(path)) logger.debug(fields, "answered");
    else logger.info(fields, "answered");
  });
  const work = (): Promise<void> => withLogFields({ fields: { requestId }, run });
  if (!path.startsWith("/api/") || isHealthPath(path)) return work();
  return inSpan({
    name: method,
    kind: "server",
    parent: header(request, "traceparent"),
    attributes: { "http.request.method": method, "url.path": path, "slipway.request_id": requestId },
    run: async (span) => {
      await work();
      const route = routeOf({ request, path });
      span.rename(`${method} ${route}`);
      span.set({ "http.route": route, "http.response.status_code": response.statusCode });
      if (response.statusCode >= 500) span.fail(`HTTP ${response.statusCode}`);
    },
  }).finally(() => recordClick({ request, path, status: response.statusCode, requestId, started }));
}

function header(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
}
