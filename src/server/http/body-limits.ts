/** How large a body may be, held before it is read where it is announced, and while it comes where it is not. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError } from "~/domain/errors";
import { MAX_TOTAL_BYTES } from "~/domain/release-files";

const MB = 1024 * 1024;
/** All files of a release in base64, and the names and quotes around them. */
export const MAX_JSON_BYTES = Math.ceil((MAX_TOTAL_BYTES * 4) / 3) + 4 * MB;
/** Sign-in forms and the like. */
export const MAX_PAGE_BYTES = MB;
/** Above this, bodies are taken one at a time, so that a few large ones at once don't exhaust the memory. */
export const LARGE_BYTES = 4 * MB;

/** 0 for none, or for one whose length is not told beforehand. */
export function announcedLength(request: IncomingMessage): number {
  return Number(request.headers["content-length"] ?? "0");
}

/** True for a body that is large, or may become so. */
export function isLargeBody(request: IncomingMessage): boolean {
  return announcedLength(request) > LARGE_BYTES || request.headers["transfer-encoding"] !== undefined;
}

export function tooLarge(limit: number): AppError {
  return new AppError("payload_too_large", { userMessage: `The body is larger than ${Math.floor(limit / MB)} MB. Leave out files that the build does not need, such as node_modules.` });
}

/**
 * Calls `onExceeded`, once, when more of a body arrives than may; what comes then is dropped. For handlers that are not
 * ours and count nothing themselves.
 */
export function boundBody(options: { request: IncomingMessage; limit: number; onExceeded: () => void }): void {
  const { request, limit, onExceeded } = options;
  const push = request.push.bind(request);
  let size = 0;
  request.push = (chunk: unknown, encoding?: BufferEncoding) => {
    const before = size;
    size += chunk instanceof Uint8Array ? chunk.byteLength : 0;
    if (size <= limit) return push(chunk, encoding);
    if (before <= limit) onExceeded();
    return true;
  };
}

/** How long a client may go on sending after its answer, and how long it may be silent before it is done, ms. */
export const LINGER_MS = { whole: 30_000, silent: 2_000 };

/** For an answer that comes before the request was read to its end. */
export function announceClose(options: { request: IncomingMessage; response: ServerResponse }): void {
  if (!options.request.complete) options.response.setHeader("Connection", "close");
}

/**
 * Ends the connection after an answer to a request that nobody read to its end. Not at once: many clients send all of a
 * body before they look for the answer, and a system that closes on unread bytes resets the connection, answer and all.
 * So what still comes is thrown away until the client is done, has closed its side, or took too long.
 */
export function closeUnread(options: { request: IncomingMessage; response: ServerResponse }): void {
  const { request, response } = options;
  // Before Node's own listener, which would close at once or read on.
  response.prependOnceListener("finish", () => {
    const { socket } = request;
    // Gone already, whatever the types say.
    if (request.complete || (socket as unknown) === null || socket.destroyed) return;
    socket.destroySoon = () => undefined;
    socket.end();
    let heard = socket.bytesRead;
    const deadline = setTimeout(() => socket.destroy(), LINGER_MS.whole);
    const look = (): void => {
      if (socket.bytesRead === heard) socket.destroy();
      heard = socket.bytesRead;
    };
    // After a pause of this process itself, what came meanwhile is heard first.
    const silence = setInterval(() => setImmediate(look), LINGER_MS.silent);
    socket.once("end", () => socket.destroy());
    socket.once("close", () => {
      clearTimeout(deadline);
      clearInterval(silence);
    });
    // Whoever still reads it would stop and go with its own pace.
    request.unpipe().removeAllListeners("data").removeAllListeners("readable").resume();
  });
}
