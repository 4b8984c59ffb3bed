/** HTTP byte by byte, for what a proper client would never send. */
import { once } from "node:events";
import { connect, type Socket } from "node:net";

export interface RawConnection {
  socket: Socket;
  /** Waits while the server does not read. */
  send(text: string | Uint8Array): Promise<void>;
  /** Leaves in the middle, as a client does that is killed. */
  leave(): void;
  /** All that came once the server closed the connection. */
  closed(): Promise<string>;
  /** What came so far, once it matches. */
  receives(pattern: RegExp): Promise<string>;
  /** Bytes that went out. */
  sent(): number;
}

export async function openRaw(url: string): Promise<RawConnection> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, "connect");
  let received = "";
  const waiting = new Set<() => void>();
  socket.on("data", (chunk) => {
    received += chunk.toString("latin1");
    for (const wake of waiting) wake();
  });
  // A server that cuts us off may do so by a reset.
  socket.on("error", () => undefined);
  const closing = new Promise<void>((resolve) => void socket.once("close", () => resolve()));
  return {
    socket,
    async send(text) {
      if (socket.destroyed || socket.writableEnded) return;
      if (socket.write(text)) return;
      await Promise.race([new Promise<void>((resolve) => void socket.once("drain", resolve)), closing]);
    },
    leave: () => void socket.destroy(),
    async closed() {
      await closing;
      return received;
    },
    receives: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => void (pattern.test(received) && (waiting.delete(look), resolve(received)));
        waiting.add(look);
        look();
        void closing.then(() => (pattern.test(received) ? undefined : reject(new Error(`The connection was closed after: ${received.slice(0, 500)}`))));
      }),
    sent: () => socket.bytesWritten,
  };
}

/** A request's head as text. */
export function head(options: { method?: string; path: string; headers: Record<string, string | number> }): string {
  const { method = "POST", path, headers } = options;
  return `${method} ${path} HTTP/1.1\r\n${Object.entries({ host: "slipway.test", ...headers }).map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`;
}
