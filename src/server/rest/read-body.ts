/** Reads a JSON body, within bounds. */
import type { IncomingMessage } from "node:http";
import { AppError } from "~/domain/errors";
import { MAX_BODY_BYTES } from "../http/trpc-handler";

/** Bodies above this size are taken one at a time, so that a few large uploads at once don't exhaust the heap. */
const LARGE_BYTES = 4 * 1024 * 1024;

let largeTurn: Promise<void> = Promise.resolve();

/**
 * `{}` for an empty body. Throws `payload_too_large` by the announced length before anything is read, `bad_request` for
 * what is not JSON, `unsupported_media_type`, and `validation_failed` for JSON that is no object.
 */
export async function readJsonBody<Answer>(options: { request: IncomingMessage; use: (body: Record<string, unknown>) => Promise<Answer> }): Promise<Answer> {
  const { request, use } = options;
  const announced = Number(request.headers["content-length"] ?? "0");
  if (announced > MAX_BODY_BYTES) throw tooLarge();
  const isEmpty = announced === 0 && request.headers["transfer-encoding"] === undefined;
  const type = request.headers["content-type"]?.split(";", 1)[0]?.trim().toLowerCase();
  if (!isEmpty && type !== "application/json") {
    throw new AppError("unsupported_media_type", { userMessage: `The body must be JSON: send Content-Type: application/json${type === undefined ? "" : `, not ${type.slice(0, 60)}`}.` });
  }
  if (isEmpty) return use({});
  if (announced > 0 && announced <= LARGE_BYTES) return use(parseObject(await readBytes(request)));
  return inTurn(async () => use(parseObject(await readBytes(request))));
}

async function inTurn<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  const before = largeTurn;
  let done: () => void = () => undefined;
  largeTurn = new Promise((resolve) => {
    done = resolve;
  });
  await before;
  try {
    return await work();
  } finally {
    done();
  }
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
    size += bytes.byteLength;
    if (size > MAX_BODY_BYTES) throw tooLarge();
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
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

function tooLarge(): AppError {
  return new AppError("payload_too_large", { userMessage: "The body is larger than 75 MB. Leave out files that the build does not need, such as node_modules." });
}
