/**
 * Which other sites' pages may call the API with a token of theirs. Cookies never count across sites: no answer allows
 * credentials, and a change by cookie needs this site's own `Origin` besides (see the API's guards).
 */
import type { IncomingMessage, ServerResponse } from "node:http";

/** Headers of an answer that a page of another site may read. */
const EXPOSED = [
  "X-Request-Id",
  "RateLimit-Limit",
  "RateLimit-Remaining",
  "RateLimit-Reset",
  "RateLimit-Policy",
  "Retry-After",
  "Idempotency-Replayed",
  "ETag",
  "Content-Disposition",
  "Content-Length",
  "Content-Range",
  "Accept-Ranges",
  "WWW-Authenticate",
];
const ACCEPTED = ["Authorization", "Content-Type", "Accept", "Idempotency-Key", "X-Request-Id", "Last-Event-ID", "If-None-Match", "If-Range", "Range", "Traceparent"];
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];
const PREFLIGHT_SECONDS = 600;

export interface CorsOptions {
  request: IncomingMessage;
  response: ServerResponse;
  /** Origins, lower case, without a slash at the end; `*` stands for every one. */
  allowed: readonly string[];
}

/** Sets the headers of an API answer. True when the request was a preflight, which is answered then. */
export function handleCors({ request, response, allowed }: CorsOptions): boolean {
  // Also for those that are refused: a cache must not show one site's answer to another.
  response.appendHeader("Vary", "Origin");
  const { origin } = request.headers;
  const isPreflight = request.method === "OPTIONS" && origin !== undefined && request.headers["access-control-request-method"] !== undefined;
  if (origin !== undefined && (allowed.includes("*") || allowed.includes(origin.toLowerCase()))) {
    response.setHeader("Access-Control-Allow-Origin", origin);
    if (isPreflight) {
      response.setHeader("Access-Control-Allow-Methods", METHODS.join(", "));
      response.setHeader("Access-Control-Allow-Headers", ACCEPTED.join(", "));
      response.setHeader("Access-Control-Max-Age", String(PREFLIGHT_SECONDS));
    } else response.setHeader("Access-Control-Expose-Headers", EXPOSED.join(", "));
  }
  if (!isPreflight) return false;
  response.appendHeader("Vary", "Access-Control-Request-Method, Access-Control-Request-Headers");
  response.writeHead(204, { "Content-Length": "0" });
  response.end();
  return true;
}
