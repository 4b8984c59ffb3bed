/** Stands between the command line and a real server, and breaks what it is told to break. */
import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";

export type Fault =
  /** The server gets the request and answers; the answer is lost on its way back. */
  | { lose: "answer" }
  /** The connection breaks once this many lines of the answer have passed. */
  | { cutAfterLines: number }
  /** The connection breaks once this many bytes of the answer have passed. */
  | { cutAfterBytes: number }
  /** The server is not asked. */
  | { answer: { status: number; headers?: Record<string, string>; body: string } }
  | { alter: (bytes: Buffer) => Buffer };

export interface FaultyProxy {
  url: string;
  /** What was asked for, in order: `GET /api/v1/me`. */
  requests: string[];
  /** Decides for each request; null lets it pass. */
  fault: (asked: { method: string; path: string; headers: IncomingMessage["headers"] }) => Fault | null;
  close(): Promise<void>;
}

export async function openFaultyProxy(options: { target: string }): Promise<FaultyProxy> {
  const server = createServer((incoming, outgoing) => {
    const asked = { method: incoming.method ?? "GET", path: incoming.url ?? "/", headers: incoming.headers };
    proxy.requests.push(`${asked.method} ${asked.path}`);
    const fault = proxy.fault(asked);
    if (fault !== null && "answer" in fault) {
      incoming.resume();
      outgoing.writeHead(fault.answer.status, fault.answer.headers).end(fault.answer.body);
      return;
    }
    pass({ target: options.target, incoming, outgoing, fault });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The proxy has no port.");
  const proxy: FaultyProxy = {
    url: `http://127.0.0.1:${address.port}`,
    requests: [],
    fault: () => null,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return proxy;
}

function pass(options: { target: string; incoming: IncomingMessage; outgoing: ServerResponse; fault: Fault | null }): void {
  const { target, incoming, outgoing, fault } = options;
  const upstream = request(`${target}${incoming.url ?? "/"}`, { method: incoming.method, headers: incoming.headers, agent: false }, (answer) => {
    if (fault === null) {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    } else if ("lose" in fault) {
      answer.resume().once("end", () => outgoing.destroy());
    } else if ("alter" in fault) {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk)).once("end", () => outgoing.writeHead(answer.statusCode ?? 500, answer.headers).end(fault.alter(Buffer.concat(chunks))));
    } else if (!("answer" in fault)) {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      cut({ answer, outgoing, fault });
    }
  });
  upstream.on("error", () => outgoing.destroy());
  outgoing.on("close", () => upstream.destroy());
  incoming.pipe(upstream);
}

function cut(options: { answer: IncomingMessage; outgoing: ServerResponse; fault: { cutAfterLines: number } | { cutAfterBytes: number } }): void {
  const { answer, outgoing, fault } = options;
  let passed = 0;
  answer.on("data", (chunk: Buffer) => {
    for (let start = 0; start < chunk.byteLength; ) {
      const lineEnd = chunk.indexOf(10, start);
      const byLines = "cutAfterLines" in fault;
      const end = byLines ? (lineEnd < 0 ? chunk.byteLength : lineEnd + 1) : Math.min(chunk.byteLength, start + fault.cutAfterBytes - passed);
      outgoing.write(chunk.subarray(start, end));
      passed += byLines ? (lineEnd < 0 ? 0 : 1) : end - start;
      start = end;
      if (passed < (byLines ? fault.cutAfterLines : fault.cutAfterBytes)) continue;
      answer.destroy();
      // What was written is still to arrive; then the connection ends in the middle of the body.
      outgoing.socket?.end();
      return;
    }
  });
  answer.once("end", () => outgoing.end());
  answer.on("error", () => undefined);
}
