/** What Node's parser or its clocks refuse before there is a request to answer. */
import type { ServerResponse } from "node:http";
import type { Duplex } from "node:stream";

const ANSWERS: Readonly<Record<string, { line: string; code: string; detail: string }>> = {
  ERR_HTTP_REQUEST_TIMEOUT: { line: "408 Request Timeout", code: "request_timeout", detail: "The request did not arrive in time. Send it again, in one go." },
  HPE_HEADER_OVERFLOW: { line: "431 Request Header Fields Too Large", code: "bad_request", detail: "The headers are larger than 16 KB." },
};
const MALFORMED = { line: "400 Bad Request", code: "bad_request", detail: "This is not a well-formed HTTP request." };

/** For the answer to get through, ms. */
const CLOSE_AFTER_MS = 250;

/** Answers and closes. `open` is the answer that the socket's latest request already got or is getting, if there is one. */
export function refuseMalformed(options: { error: Error & { code?: string }; socket: Duplex; open: ServerResponse | undefined }): void {
  const { error, socket, open } = options;
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  // In the middle of an answer, another one would be taken for its body.
  if (open !== undefined && open.headersSent && !open.writableFinished) return void socket.destroy();
  const { line, code, detail } = ANSWERS[error.code ?? ""] ?? MALFORMED;
  const [status = "400", ...title] = line.split(" ");
  const body = JSON.stringify({ success: false, type: `/docs/api#error-${code}`, title: title.join(" "), status: Number(status), detail, code });
  const head = [`HTTP/1.1 ${line}`, "Connection: close", "Content-Type: application/problem+json; charset=utf-8", `Content-Length: ${Buffer.byteLength(body)}`];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
  // Nobody reads what still comes, and whoever waits for the rest of a body must learn that there is none.
  const timer = setTimeout(() => socket.destroy(), CLOSE_AFTER_MS);
  socket.once("close", () => clearTimeout(timer));
}
