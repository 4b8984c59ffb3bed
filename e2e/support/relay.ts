/**
 * A way to the product that can be cut. A browser that is told to be offline keeps the streams it has; a cable that is
 * pulled does not.
 */
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

export interface Relay {
  /** The product's origin, by way of the relay. */
  origin: string;
  /** Drops every connection and takes no new one. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

/** Relays TCP from a free port to `target`, an origin on this machine. */
export async function openRelay({ target }: { target: string }): Promise<Relay> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let isCut = false;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    // Each end learns from `close` that the other is gone.
    socket.on("error", () => socket.destroy());
  };
  const dropAll = () => sockets.forEach((socket) => socket.destroy());
  const server = createServer((browser) => {
    if (isCut) return void browser.destroy();
    const product = connect({ host: hostname, port: Number(port) });
    keep(browser);
    keep(product);
    browser.pipe(product).pipe(browser);
    browser.once("close", () => product.destroy());
    product.once("close", () => browser.destroy());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The relay has no port.");
  return {
    origin: `http://localhost:${address.port}`,
    cut: () => {
      isCut = true;
      dropAll();
    },
    mend: () => {
      isCut = false;
    },
    close: async () => {
      dropAll();
      server.close();
      await once(server, "close");
    },
  };
}
