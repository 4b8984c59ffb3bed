/** What Node's parser or its clocks refuse before there is a request to answer. */
import type { ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { ErrorCode } from "~/domain/errors";
import { createId } from "~/domain/ids";
import { endWithProblem } from "./raw-problem";

const ANSWERS: Readonly<Record<string, { code: ErrorCode; detail: string }>> = {
  ERR_HTTP_REQUEST_TIMEOUT: { code: "request_timeout", detail: "The request did not arrive in time. Send it again, in one go." },
  HPE_HEADER_OVERFLOW: { code: "headers_too_large", detail: "The headers are larger than 16 KB." },
};
const MALFORMED = { code: "bad_request", detail: "This is not a well-formed HTTP request." } as const;

/** For the answer to get through, ms. */
const CLOSE_AFTER_MS = 250;

/** Answers and closes. `open` is the answer that the socket's latest request already got or is getting, if there is one. */
export function refuseMalformed(options: { error: Error & { code?: string }; socket: Duplex; open: ServerResponse | undefined }): void {
  const { error, socket, open } = options;
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  // In the middle of an answer, another one would be taken for its body.
  if (open !== undefined && open.headersSent && !open.writableFinished) return void socket.destroy();
  const known = open?.headersSent === false ? open.getHeader("X-Request-Id") : undefined;
  endWithProblem({ socket, ...(ANSWERS[error.code ?? ""] ?? MALFORMED), requestId: typeof known === "string" ? known : createId("request") });
  // Nobody reads what still comes, and whoever waits for the rest of a body must learn that there is none.
  const timer = setTimeout(() => socket.destroy(), CLOSE_AFTER_MS);
  socket.once("close", () => clearTimeout(timer));
}
