/** The two shapes of an answer: the envelope of a success, and `application/problem+json` (RFC 9457). */
import { STATUS_CODES, type ServerResponse } from "node:http";
import { ERROR_STATUS, type AppError } from "~/domain/errors";
import { publicMessage } from "../api/error-mapping";

export interface AnswerFacts {
  response: ServerResponse;
  requestId: string;
  started: number;
}

/** The resource's own fields at top level, and what every success adds. */
export function wrapSuccess(options: { body: Record<string, unknown>; requestId: string; started: number }): Record<string, unknown> {
  const { body, requestId, started } = options;
  return {
    success: true,
    ...body,
    timestamp: new Date().toISOString(),
    duration: Math.round(performance.now() - started) / 1000,
    request_id: requestId,
  };
}

export function sendJson(options: { response: ServerResponse; status: number; body: unknown; type?: string }): void {
  const { response, status, body } = options;
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, {
    "Content-Type": options.type ?? "application/json; charset=utf-8",
    "Content-Length": bytes.byteLength,
    "Cache-Control": "no-store",
  });
  response.end(bytes);
}

export type ErrorFacts = AnswerFacts & { error: AppError };

/** Never a stack, a path of the server or SQL. */
export function sendProblem(options: ErrorFacts): void {
  const { response, requestId, error } = options;
  if (!setErrorHeaders(options)) return;
  const status = ERROR_STATUS[error.code];
  sendJson({
    response,
    status,
    type: "application/problem+json; charset=utf-8",
    body: {
      success: false,
      type: `/docs/api#error-${error.code}`,
      title: STATUS_CODES[status] ?? "Error",
      status,
      detail: publicMessage(error),
      code: error.code,
      request_id: requestId,
      ...(error.fields.length > 0 ? { errors: error.fields } : {}),
    },
  });
}

const REGISTRY_PREFIX = "/api/package_releases/";

/** An error in the shape of the address that was asked: the package registry's paths have one of their own. */
export function sendError(options: ErrorFacts & { path: string }): void {
  if (options.path.startsWith(REGISTRY_PREFIX)) sendRegistryError(options);
  else sendProblem(options);
}

/** The package registry's shape of errors. */
function sendRegistryError(options: ErrorFacts): void {
  const { response, requestId, error } = options;
  if (!setErrorHeaders(options)) return;
  sendJson({ response, status: ERROR_STATUS[error.code], body: { ok: false, error: { error_code: error.code, message: publicMessage(error) }, request_id: requestId } });
}

/** False once the answer began: then there is nothing to say but to cut it off. */
function setErrorHeaders({ response, error }: ErrorFacts): boolean {
  if (response.headersSent) {
    response.destroy();
    return false;
  }
  for (const name of ["Content-Disposition", "Content-Length", "ETag", "Accept-Ranges"]) response.removeHeader(name);
  if (error.retryAfterSeconds !== undefined) response.setHeader("Retry-After", String(error.retryAfterSeconds));
  if (error.code === "unauthenticated") response.setHeader("WWW-Authenticate", 'Bearer realm="slipway"');
  return true;
}
