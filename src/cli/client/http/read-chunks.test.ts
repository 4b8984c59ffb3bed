import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { readText } from "./read-chunks";
import { NetworkError, sendRequest } from "./send-request";

let server: Server | undefined;
afterEach(() => void server?.close());

/** Says 100 bytes, sends five, and hangs up. */
async function openBreakingServer(): Promise<URL> {
  server = createServer((_request, response) => {
    response.writeHead(200, { "content-length": "100" });
    response.write("first", () => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return new URL(`http://127.0.0.1:${address.port}/`);
}

describe("an answer that broke off", () => {
  it("is told to a reader who comes only after that", async () => {
    const response = await sendRequest({ url: await openBreakingServer(), method: "GET", headers: {}, idleMs: 10_000 });
    if (!response.closed) await new Promise<void>((resolve) => response.once("close", resolve));
    await expect(readText(response)).rejects.toBeInstanceOf(NetworkError);
  });

  it("is told to a reader who was there", async () => {
    const response = await sendRequest({ url: await openBreakingServer(), method: "GET", headers: {}, idleMs: 10_000 });
    await expect(readText(response)).rejects.toBeInstanceOf(NetworkError);
  });
});
