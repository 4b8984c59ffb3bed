/**
 * `GET /metrics`. With a token configured, whoever sends it; without one, programs of this machine that ask directly. The
 * socket's peer decides, and a request that a proxy passed on is refused: behind one, everybody seems to be this machine.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError } from "~/domain/errors";
import type { ApiEnvironment } from "../api/create-api-context";
import { inTime } from "../db/in-time";
import { isLoopback, stripMapped } from "../http/client-address";
import { sendProblem } from "../rest/answer";
import { readPlatformSeries } from "../services/workers/read-platform-series";
import { describePlatform } from "./platform-metrics";
import type { WebMetrics } from "./web-metrics";

export const METRICS_PATH = "/metrics";
/** Scrapers give up after 10 s, and would learn nothing of this process either. */
const DATABASE_MS = 5_000;
const PASSED_ON = ["x-forwarded-for", "x-forwarded-host", "x-real-ip", "forwarded", "via"];

export async function serveMetrics(options: {
  environment: ApiEnvironment;
  metrics: WebMetrics;
  request: IncomingMessage;
  response: ServerResponse;
  requestId: string;
}): Promise<void> {
  const { environment, metrics, request, response, requestId } = options;
  const refusal = findRefusal({ request, response, token: environment.metricsToken });
  if (refusal !== null) return sendProblem({ response, requestId, started: performance.now(), error: refusal });
  const { services } = environment;
  // A scrape must say that the database is away, not fail with it.
  const platform = await inTime({ work: readPlatformSeries({ context: services }), ms: DATABASE_MS })
    .then((series) => `${describePlatform({ series, limits: services.limits })}${up(1)}`)
    .catch((error: unknown) => {
      services.logger.warn({ err: error }, "the platform's metrics could not be read");
      return up(0);
    });
  const body = Buffer.from(`${await metrics.describe()}\n${platform}`);
  response.writeHead(200, { "Content-Type": "text/plain; version=0.0.4; charset=utf-8", "Content-Length": body.byteLength, "Cache-Control": "no-store" });
  response.end(body);
}

function findRefusal(options: { request: IncomingMessage; response: ServerResponse; token: string | undefined }): AppError | null {
  const { request, response, token } = options;
  if (request.method !== "GET" && request.method !== "HEAD") {
    response.setHeader("Allow", "GET, HEAD");
    return new AppError("method_not_allowed", { userMessage: "Metrics are read with GET." });
  }
  if (token !== undefined) {
    const sent = /^Bearer\s+(.+)$/i.exec(request.headers.authorization ?? "")?.[1] ?? "";
    return sameText(sent, token) ? null : new AppError("unauthenticated", { userMessage: "Send the token of SLIPWAY_METRICS_TOKEN: Authorization: Bearer …" });
  }
  const direct = isLoopback(stripMapped(request.socket.remoteAddress ?? "")) && PASSED_ON.every((name) => request.headers[name] === undefined);
  return direct ? null : new AppError("forbidden", { userMessage: "Without SLIPWAY_METRICS_TOKEN only this machine reads the metrics, and not through a proxy. Set it, and send it as bearer token." });
}

/** In the same time whatever was sent. */
function sameText(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

function up(value: 0 | 1): string {
  return `# HELP slipway_database_up Whether the database answered this scrape.\n# TYPE slipway_database_up gauge\nslipway_database_up ${value}\n`;
}
