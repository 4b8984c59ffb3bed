/** The HTTP API as the commands use it: asks, checks the answer, waits where the server says to, tries again where that is safe. */
import type { IncomingMessage } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { z } from "zod";
import { CommandError, EXIT } from "../command-error";
import { toRefusal, toUnreachable } from "./read-problem";
import { readText } from "./read-chunks";
import { NetworkError, sendRequest } from "./send-request";
import { backoffMs, LONGEST_WAIT_MS, parseRetryAfter } from "./wait-time";

export interface ApiClientOptions {
  /** No slash at the end. */
  server: string;
  token: string | undefined;
  /** Where the token came from, in words. */
  tokenSource: string | null;
  note: (text: string) => void;
}

export interface PostOptions<Schema extends z.ZodType> {
  schema: Schema;
  body?: unknown;
  /** `body` as bytes of JSON already. */
  bytes?: Buffer;
  /** With it the request is sent again after a network fault, for as long as `patienceMs` says. */
  idempotencyKey?: string;
  patienceMs?: number;
  onSent?: (bytes: number) => void;
  idleMs?: number;
  signal?: AbortSignal;
}

export interface ApiClient {
  server: string;
  hasToken: boolean;
  /** `patienceMs`: how long the server may be away before this gives up; default: not at all. */
  get<Schema extends z.ZodType>(path: string, options: { schema: Schema; query?: Readonly<Record<string, string | undefined>>; patienceMs?: number }): Promise<z.infer<Schema>>;
  post<Schema extends z.ZodType>(path: string, options: PostOptions<Schema>): Promise<z.infer<Schema>>;
  /** The answer as it comes, once it is a success. Throws NetworkError, or CommandError for a refusal. Tries once. */
  stream(path: string, options?: { headers?: Record<string, string>; signal?: AbortSignal; idleMs?: number }): Promise<IncomingMessage>;
}

const IDLE_MS = 30_000;
const MAX_WAITS = 5;

export function createApiClient(options: ApiClientOptions): ApiClient {
  const { server, token, tokenSource, note } = options;
  const headers = { accept: "application/json", "user-agent": "slipway-cli", ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };

  async function readRefusal(response: IncomingMessage): Promise<CommandError> {
    const text = await readText(response);
    return toRefusal({ server, status: response.statusCode ?? 0, text, tokenSource: token === undefined ? null : (tokenSource ?? "given"), location: response.headers.location });
  }

  /** Asks until there is an answer to keep. `patienceMs`: how long a server may be away; 0 for not at all. */
  async function ask(path: string, request: { method: "GET" | "POST"; extra: Record<string, string>; body?: Buffer; onSent?: (bytes: number) => void; idleMs: number; patienceMs: number; signal?: AbortSignal }): Promise<string> {
    const { method, extra, body, onSent, idleMs, signal, patienceMs } = request;
    const patient = patienceMs > 0;
    const givesUpAt = Date.now() + patienceMs;
    for (let faults = 0, waits = 0; ; ) {
      try {
        const response = await sendRequest({ url: new URL(`${server}${path}`), method, headers: { ...headers, ...extra }, body, onSent, idleMs, signal });
        const status = response.statusCode ?? 0;
        if (status < 300) return await readText(response);
        const wait = parseRetryAfter(response.headers["retry-after"], Date.now());
        if (status === 429 && wait !== undefined && wait <= LONGEST_WAIT_MS && waits < MAX_WAITS) {
          waits += 1;
          response.resume();
          note(`The server is asked too often and says to wait ${Math.ceil(wait / 1000)} s; waiting …`);
          await delay(wait, undefined, { signal });
          continue;
        }
        const refusal = await readRefusal(response);
        if (!isAway({ refusal, wait }) || !patient || Date.now() > givesUpAt) throw refusal;
        if (faults === 0) note(`${refusal.message} Trying again …`);
        await delay(Math.max(wait ?? 0, backoffMs(faults)), undefined, { signal });
        faults += 1;
      } catch (error) {
        if (!(error instanceof NetworkError)) throw error;
        if (!patient || Date.now() > givesUpAt) throw toUnreachable({ server, error });
        if (faults === 0) note(`The connection broke (${error.code}); trying again …`);
        await delay(backoffMs(faults), undefined, { signal });
        faults += 1;
      }
    }
  }

  function check<Schema extends z.ZodType>(text: string, schema: Schema): z.infer<Schema> {
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      json = undefined;
    }
    const parsed = schema.safeParse(json);
    if (parsed.success) return parsed.data;
    throw new CommandError(`${server} answers, but not as this slipway expects.`, {
      exitCode: EXIT.unavailable, code: "unexpected_answer", fix: "Check that the address is that of a Slipway server, and that it is of the same version as this command", cause: parsed.error,
    });
  }

  return {
    server,
    hasToken: token !== undefined,
    async get(path, { schema, query = {}, patienceMs = 0 }) {
      const search = new URLSearchParams(Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined)).toString();
      return check(await ask(search === "" ? path : `${path}?${search}`, { method: "GET", extra: {}, idleMs: IDLE_MS, patienceMs }), schema);
    },
    async post(path, { schema, body, bytes, idempotencyKey, patienceMs = 0, onSent, idleMs = IDLE_MS, signal }) {
      const extra: Record<string, string> = { "content-type": "application/json", ...(idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey }) };
      const content = bytes ?? Buffer.from(JSON.stringify(body ?? {}));
      return check(await ask(path, { method: "POST", extra, body: content, onSent, idleMs, patienceMs: idempotencyKey === undefined ? 0 : patienceMs, signal }), schema);
    },
    async stream(path, { headers: extra = {}, signal, idleMs = IDLE_MS } = {}) {
      const response = await sendRequest({ url: new URL(`${server}${path}`), method: "GET", headers: { ...headers, ...extra }, idleMs, signal });
      if ((response.statusCode ?? 0) < 300) return response;
      throw await readRefusal(response);
    },
  };
}

/** A proxy without its server, or a server that says when to come back. One that says no more than 503 (safe mode) means it. */
function isAway(options: { refusal: CommandError; wait: number | undefined }): boolean {
  const { refusal, wait } = options;
  if (refusal.status === 502 || refusal.status === 504) return true;
  return refusal.status === 503 && (wait === undefined ? refusal.code === "unexpected_answer" : wait <= LONGEST_WAIT_MS);
}
