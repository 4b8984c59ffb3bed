/** What a request is addressed to. */
import type { IncomingMessage } from "node:http";
import { AppError } from "~/domain/errors";

const ABSOLUTE_FORM = /^https?:\/\/[^/?#]*/i;

/**
 * Makes `request.url` a path, also where the whole address was sent, as to a proxy (RFC 9112 obliges servers to take
 * that). Null, or why the request is refused: one target, named by one `Host`, is what every reader of it must find.
 */
export function settleTarget(request: IncomingMessage): AppError | null {
  const target = request.url ?? "/";
  const path = target.replace(ABSOLUTE_FORM, "");
  if (path !== target) request.url = path.startsWith("/") ? path : `/${path}`;
  else if (!target.startsWith("/")) return new AppError("bad_request", { userMessage: "The request's target must be a path, such as /api/v1/builds." });
  const hosts = request.headersDistinct.host ?? [];
  if (hosts.length > 1 || (hosts.length === 0 && request.httpVersion !== "1.0")) {
    return new AppError("bad_request", { userMessage: "The request must have one Host header." });
  }
  return null;
}
