/**
 * Large bodies of this process. Each is received into a file, at whatever pace its sender has; what is slow holds up
 * nobody. Then they are taken one after the other, because each is in memory several times over while it is parsed and
 * stored.
 */
import type { FileHandle } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { AppError } from "~/domain/errors";
import { tooLarge } from "./body-limits";
import { openNamelessFile } from "./nameless-file";

let last: Promise<void> = Promise.resolve();

/** Throws `payload_too_large` as soon as more than `limit` bytes came, `bad_request` for a body that is cut off. */
export async function takeLargeBody<Answer>(options: { request: IncomingMessage; limit: number; use: (bytes: Buffer) => Promise<Answer> }): Promise<Answer> {
  const file = await openNamelessFile();
  try {
    const size = await receive({ ...options, file });
    return await takeTurn(async () => {
      const bytes = Buffer.alloc(size);
      await file.read(bytes, 0, size, 0);
      return options.use(bytes);
    });
  } finally {
    await file.close();
  }
}

/** Bytes received. One chunk is in memory at a time. */
function receive(options: { request: IncomingMessage; limit: number; file: FileHandle }): Promise<number> {
  const { request, limit, file } = options;
  let size = 0;
  return new Promise((resolve, reject) => {
    request.on("data", (chunk: Buffer) => {
      size += chunk.byteLength;
      request.pause();
      if (size <= limit) return void file.write(chunk).then(() => request.resume(), reject);
      request.removeAllListeners("data");
      reject(tooLarge(limit));
    });
    request.once("end", () => resolve(size));
    request.once("error", reject);
    request.once("close", () => reject(new AppError("bad_request", { userMessage: "The body was cut off." })));
  });
}

async function takeTurn<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  const before = last;
  let done: () => void = () => undefined;
  last = new Promise((resolve) => {
    done = resolve;
  });
  await before;
  try {
    return await work();
  } finally {
    done();
  }
}
