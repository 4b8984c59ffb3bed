/** One request over HTTP: a body of known length whose way out can be watched, an answer that is read as it comes. */
import { Agent as HttpAgent, request as requestHttp, type IncomingMessage, type OutgoingHttpHeaders } from "node:http";
import { Agent as HttpsAgent, request as requestHttps } from "node:https";

export interface SendOptions {
  url: URL;
  method: "GET" | "POST";
  headers: OutgoingHttpHeaders;
  body?: Buffer;
  /** Hears how many bytes of the body are on their way. */
  onSent?: (bytes: number) => void;
  /** Silence after which the connection counts as dead, ms; also while the answer comes. */
  idleMs: number;
  signal?: AbortSignal;
}

const PIECE_BYTES = 64 * 1024;

// A connection for each request: none is left that the server closed meanwhile.
const httpAgent = new HttpAgent({ keepAlive: false });
const httpsAgent = new HttpsAgent({ keepAlive: false });

/** The connection could not be made or broke. `code` is the system's (`ECONNREFUSED`), or `TIMEOUT`. */
export class NetworkError extends Error {
  readonly code: string;
  constructor(code: string, options: { cause: unknown }) {
    super(code, options);
    this.name = "NetworkError";
    this.code = code;
  }
}

class SilenceError extends Error {
  readonly code = "TIMEOUT";
}

/** Resolves when the answer's head is there. Throws NetworkError, and the signal's reason when it aborts. */
export function sendRequest(options: SendOptions): Promise<IncomingMessage> {
  const { url, method, headers, body, idleMs, signal } = options;
  const isHttps = url.protocol === "https:";
  return new Promise((resolve, reject) => {
    let answered = false;
    const request = (isHttps ? requestHttps : requestHttp)(url, {
      method,
      headers: body === undefined ? headers : { ...headers, "content-length": body.byteLength },
      agent: isHttps ? httpsAgent : httpAgent,
      signal,
    });
    request.setTimeout(idleMs, () => request.destroy(new SilenceError(`nothing came for ${idleMs} ms`)));
    request.once("response", (response) => {
      answered = true;
      resolve(response);
    });
    // An answer that comes before the whole body was sent is the answer; that the rest can't be sent then does not matter.
    request.on("error", (error) => void (answered || reject(signal?.aborted === true ? signal.reason : toNetworkError(error))));
    if (body === undefined) {
      request.end();
      return;
    }
    let sent = 0;
    const pump = (): void => {
      while (!answered && !request.destroyed && sent < body.byteLength) {
        const piece = body.subarray(sent, sent + PIECE_BYTES);
        const more = request.write(piece);
        sent += piece.byteLength;
        options.onSent?.(sent);
        if (!more) {
          request.once("drain", pump);
          return;
        }
      }
      if (!answered && !request.destroyed) request.end();
    };
    pump();
  });
}

export function toNetworkError(error: unknown): NetworkError {
  if (error instanceof NetworkError) return error;
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "UNKNOWN";
  return new NetworkError(code, { cause: error });
}
