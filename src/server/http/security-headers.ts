/** Headers that keep a browser from doing with our answers what they are not for. */
import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { isLoopback } from "./client-address";
import { LIBRARY_STYLE_HASHES, MODEL_VIEWER_STYLE_HASH } from "./library-styles";

/** True where people reach the server by TLS: by configuration, or because a proxy on this machine says so of this request. */
export function isHttps(options: { request: IncomingMessage; publicUrl: string }): boolean {
  const { request, publicUrl } = options;
  if (publicUrl.startsWith("https:")) return true;
  const told = request.headers["x-forwarded-proto"];
  return told === "https" && isLoopback(request.socket.remoteAddress?.replace(/^::ffff:/, "") ?? "");
}

/** On every answer. */
export function setSecurityHeaders(options: { response: ServerResponse; https: boolean }): void {
  const { response, https } = options;
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("X-Frame-Options", "DENY");
  response.setHeader("Referrer-Policy", "strict-origin-when-cross-origin");
  response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
  response.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
  if (https) response.setHeader("Strict-Transport-Security", "max-age=31536000");
}

/** For answers of the API, should one ever be opened as a page. */
export const API_CONTENT_POLICY = "default-src 'none'; frame-ancestors 'none'";

/**
 * The policy of a page: only scripts and styles that carry this answer's nonce, and what those load. Next finds the nonce in the
 * request's own header, the pages' code in `x-nonce`.
 */
export function setPagePolicy(options: { request: IncomingMessage; response: ServerResponse; development: boolean }): void {
  const { request, response, development } = options;
  const nonce = randomBytes(16).toString("base64");
  const policy = [
    "default-src 'self'",
    // WebAssembly decodes 3D models; the development server compiles with eval.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic' 'wasm-unsafe-eval'${development ? " 'unsafe-eval'" : ""}`,
    // The development server puts styles in as it compiles them.
    ...(development ? ["style-src 'self' 'unsafe-inline'"] : [`style-src 'self' 'nonce-${nonce}' ${MODEL_VIEWER_STYLE_HASH}`, `style-src-attr 'unsafe-hashes' ${LIBRARY_STYLE_HASHES.join(" ")}`]),
    "img-src 'self' data: blob: https://avatars.githubusercontent.com",
    "font-src 'self' data:",
    `connect-src 'self' data: blob:${development ? " ws: wss:" : ""}`,
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
  request.headers["content-security-policy"] = policy;
  request.headers["x-nonce"] = nonce;
  response.setHeader("Content-Security-Policy", policy);
}
