/** A problem document written to a connection that has no answer of its own: no request was read, or it asked for a socket. */
import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { ERROR_STATUS, type ErrorCode } from "~/domain/errors";

export interface RawProblem {
  socket: Duplex;
  code: ErrorCode;
  detail: string;
  requestId: string;
  headers?: Readonly<Record<string, string>>;
}

/** Writes it and ends the connection's sending side. */
export function endWithProblem({ socket, code, detail, requestId, headers = {} }: RawProblem): void {
  const status = ERROR_STATUS[code];
  const title = STATUS_CODES[status] ?? "Error";
  const body = JSON.stringify({ success: false, type: `/docs/api#error-${code}`, title, status, detail, code, request_id: requestId });
  const fields = {
    Connection: "close",
    "X-Request-Id": requestId,
    "Content-Type": "application/problem+json; charset=utf-8",
    "Content-Length": String(Buffer.byteLength(body)),
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    ...headers,
  };
  const head = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${title}\r\n${head.join("")}\r\n${body}`);
}
