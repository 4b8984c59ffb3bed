/** Reads a body, within bounds: JSON, or a form where one is taken. */
import type { IncomingMessage } from "node:http";
import { AppError } from "~/domain/errors";
import { announcedLength, isLargeBody, LARGE_BYTES, MAX_JSON_BYTES, tooLarge } from "../http/body-limits";
import { takeLargeBody } from "../http/large-turn";
import { MAX_MULTIPART_BYTES, readMultipart } from "./read-multipart";

/** A form where `takesArchive`, else JSON. Throws as `readJsonBody` and `readMultipart` do. */
export async function readBody<Answer>(options: { request: IncomingMessage; takesArchive: boolean; use: (body: Record<string, unknown>) => Promise<Answer> }): Promise<Answer> {
  const { request, takesArchive, use } = options;
  refuseEncoding(request);
  if (!takesArchive || mediaType(request) !== "multipart/form-data") return readJsonBody({ request, use });
  if (announcedLength(request) > MAX_MULTIPART_BYTES) throw tooLarge(MAX_MULTIPART_BYTES);
  return readMultipart({ request, use });
}

function mediaType(request: IncomingMessage): string | undefined {
  return request.headers["content-type"]?.split(";", 1)[0]?.trim().toLowerCase();
}

/**
 * `{}` for an empty body. Throws `payload_too_large` by the announced length before anything is read, `bad_request` for
 * what is not JSON, `unsupported_media_type`, and `validation_failed` for JSON that is no object.
 */
export async function readJsonBody<Answer>(options: {
  request: IncomingMessage;
  /** Default: what the files of a release need. */
  limit?: number;
  use: (body: Record<string, unknown>) => Promise<Answer>;
}): Promise<Answer> {
  const { request, limit = MAX_JSON_BYTES, use } = options;
  refuseEncoding(request);
  const announced = announcedLength(request);
  if (announced > limit) throw tooLarge(limit);
  const isEmpty = announced === 0 && request.headers["transfer-encoding"] === undefined;
  const type = mediaType(request);
  if (!isEmpty && type !== "application/json") {
    throw new AppError("unsupported_media_type", { userMessage: `The body must be JSON: send Content-Type: application/json${type === undefined ? "" : `, not ${type.slice(0, 60)}`}.` });
  }
  if (isEmpty) return use({});
  if (limit <= LARGE_BYTES || !isLargeBody(request)) return use(parseObject(await readBytes({ request, limit })));
  return takeLargeBody({ request, limit, use: async (bytes) => use(parseObject(bytes)) });
}

/** A packed body could be far larger than what was announced; what needs packing is sent as an archive. */
function refuseEncoding(request: IncomingMessage): void {
  const encoding = request.headers["content-encoding"]?.trim().toLowerCase() ?? "identity";
  if (encoding === "identity") return;
  throw new AppError("unsupported_media_type", { userMessage: `The body must be sent as it is, without Content-Encoding: ${encoding.slice(0, 60)}.` });
}

/** Not by iterating: to leave a loop early would destroy the connection, and with it the answer that says why. */
function readBytes({ request, limit }: { request: IncomingMessage; limit: number }): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    request.on("data", (chunk: Buffer) => {
      size += chunk.byteLength;
      if (size <= limit) return void chunks.push(chunk);
      request.removeAllListeners("data").pause();
      reject(tooLarge(limit));
    });
    request.once("end", () => resolve(Buffer.concat(chunks)));
    request.once("error", reject);
    request.once("close", () => reject(new AppError("bad_request", { userMessage: "The body was cut off." })));
  });
}

function parseObject(bytes: Buffer): Record<string, unknown> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new AppError("bad_request", { userMessage: "The body is not valid JSON. Check its quotes and commas, and that it is UTF-8.", cause });
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
    throw new AppError("validation_failed", { userMessage: "The body must be a JSON object.", fields: [{ path: "", message: "must be a JSON object." }] });
  }
  return Object.fromEntries(Object.entries(parsed));
}
