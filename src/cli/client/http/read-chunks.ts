/** The bytes of an answer as they come. */
import type { IncomingMessage } from "node:http";
import { toNetworkError } from "./send-request";

/** The connection is read ahead of its reader by about so much. */
const AHEAD_BYTES = 1024 * 1024;

/**
 * Everything that arrived, also what came just before the connection broke: a stream's own iterator throws that away with the
 * connection. Throws NetworkError after it when the answer is not complete.
 */
export async function* readChunks(response: IncomingMessage): AsyncGenerator<Buffer, void, undefined> {
  const queue: Buffer[] = [];
  let held = 0;
  // It may have broken off before anybody came to read: then neither "close" nor "error" comes again.
  let over = response.closed;
  let fault: unknown = over && !response.complete ? new Error("The answer broke off.") : undefined;
  let wake: () => void = () => undefined;
  response.on("data", (chunk: Buffer) => {
    queue.push(chunk);
    held += chunk.byteLength;
    if (held > AHEAD_BYTES) response.pause();
    wake();
  });
  response.on("error", (error) => {
    fault ??= error;
  });
  response.once("close", () => {
    over = true;
    if (!response.complete) fault ??= new Error("The answer broke off.");
    wake();
  });
  try {
    for (;;) {
      const chunk = queue.shift();
      if (chunk !== undefined) {
        held -= chunk.byteLength;
        if (held <= AHEAD_BYTES) response.resume();
        yield chunk;
        continue;
      }
      if (over) break;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    if (fault !== undefined) throw toNetworkError(fault);
  } finally {
    response.destroy();
  }
}

/** The whole answer. Throws NetworkError when it breaks off. */
export async function readText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of readChunks(response)) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
