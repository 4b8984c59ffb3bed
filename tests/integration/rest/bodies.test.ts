/** How large requests may be, how long they may take, and what is no request at all. */
import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestUser } from "../../factories/users";
import { openApiServer, type ApiServer } from "../../support/api-server";
import { head, openRaw } from "../../support/raw-http";

const MB = 1024 * 1024;
let server: ApiServer;
let hasty: ApiServer;
let authorization: string;
let cookie: string;

/** In place of Next: reads what comes to its end, as the sign-in does. */
async function handlePage(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let size = 0;
  request.on("data", (chunk: Buffer) => (size += chunk.byteLength));
  await once(request, "end");
  response.end(`read ${size}`);
}

beforeAll(async () => {
  const pages = { handle: handlePage, upgrade: () => Promise.resolve() };
  server = await openApiServer({ pages });
  hasty = await openApiServer({ beside: server, pages, timeouts: { headersMs: 300, requestMs: 600, checkEveryMs: 50 } });
  const ada = await createTestUser({ services: server.services });
  authorization = `Bearer ${(await ada.token()).token}`;
  cookie = (await ada.cookie()).cookie;
});
afterAll(async () => {
  await hasty.close();
  await server.close();
});

const TARGETS: [what: string, path: string, type: string][] = [
  ["REST", "/api/v1/builds", "application/json"],
  ["a release's form", "/api/v1/packages/a/b/releases", "multipart/form-data; boundary=x"],
  ["the registry's paths", "/api/package_releases/get", "application/json"],
  ["tRPC", "/api/trpc/releases.create", "application/json"],
  ["the sign-in", "/api/auth/callback/credentials", "application/x-www-form-urlencoded"],
];
const SIZE: Record<string, number> = { "multipart/form-data; boundary=x": 60 * MB };

/** A chunk of 1 MB. */
const PIECE = Buffer.concat([Buffer.from(`${MB.toString(16)}\r\n`), Buffer.alloc(MB, 97), Buffer.from("\r\n")]);

function startOf(type: string): string {
  if (type.startsWith("multipart")) return '--x\r\nContent-Disposition: form-data; name="archive"; filename="a.zip"\r\n\r\n';
  return type === "application/json" ? '{"kind":"' : "";
}

/** A client that reads nothing until it has sent everything, as many libraries' do. */
function openBlind() {
  const { hostname, port } = new URL(server.url);
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true }).pause();
  socket.on("error", () => undefined);
  return {
    send: (bytes: string | Uint8Array) => new Promise<void>((resolve, reject) => void socket.write(bytes, (error) => (error == null ? resolve() : reject(error)))),
    async look(): Promise<string> {
      const answer = await text(socket);
      socket.destroy();
      return answer;
    },
  };
}

describe("a body that is too large", () => {
  it.each(TARGETS)("is refused by its announced length before any of it is sent: %s", async (_what, path, type) => {
    const raw = await openRaw(server.url);
    await raw.send(head({ path, headers: { authorization, "content-type": type, "content-length": SIZE[type] ?? 80 * MB } }));
    const answer = await raw.closed();
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain(path.startsWith("/api/package_releases/") ? '"error":{"error_code":"payload_too_large"' : '"code":"payload_too_large"');
    expect(answer).toMatch(/connection: close/i);
  });

  it.each(TARGETS)("is not asked for with Expect: 100-continue: %s", async (_what, path, type) => {
    const raw = await openRaw(server.url);
    await raw.send(head({ path, headers: { authorization, expect: "100-continue", "content-type": type, "content-length": SIZE[type] ?? 80 * MB } }));
    expect(await raw.closed()).toMatch(/^HTTP\/1\.1 413 /);
  });

  it.each(TARGETS)("is cut off on its way when it comes in pieces: %s", async (_what, path, type) => {
    const raw = await openRaw(server.url);
    await raw.send(head({ path, headers: { authorization, cookie, origin: "http://slipway.test", "content-type": type, "transfer-encoding": "chunked" } }));
    const start = startOf(type);
    if (start !== "") await raw.send(`${start.length.toString(16)}\r\n${start}\r\n`);
    for (let count = 0; count < 200 && !raw.socket.destroyed && raw.socket.readable; count += 1) await raw.send(PIECE);
    expect(await raw.closed()).toMatch(/^HTTP\/1\.1 413 /);
    // What is on its way when the server stops reading counts as sent.
    expect(raw.sent()).toBeLessThan(100 * MB);
  });

  it.each(TARGETS)("is answered also to a client that sends all of it before it looks: %s", async (_what, path, type) => {
    const client = openBlind();
    await client.send(head({ path, headers: { authorization, cookie, origin: "http://slipway.test", "content-type": type, "transfer-encoding": "chunked" } }));
    const start = startOf(type);
    if (start !== "") await client.send(`${start.length.toString(16)}\r\n${start}\r\n`);
    for (let count = 0; count < 100; count += 1) await client.send(PIECE);
    expect(await client.look()).toMatch(/^HTTP\/1\.1 413 [^]*\r\nConnection: close\r\n[^]*"(error_)?code":"payload_too_large"/);
  });

  it.each(TARGETS)("is answered also to a client that takes longer to send it: %s", async (_what, path, type) => {
    const client = openBlind();
    await client.send(head({ path, headers: { authorization, "content-type": type, "content-length": 80 * MB } }));
    // Its line is slow: that is what is tried, and not waited for.
    for (let count = 0; count < 16; count += 1) {
      await client.send(Buffer.alloc(5 * MB, 97));
      await delay(200);
    }
    expect(await client.look()).toMatch(/^HTTP\/1\.1 413 [^]*"(error_)?code":"payload_too_large"/);
  });

  it.each([
    ["the sign-in", "/api/auth/callback/credentials", "POST"],
    ["a page", "/new", "GET"],
  ])("that nobody announced is answered also to a slow client: %s", async (_what, path, method) => {
    const client = openBlind();
    await client.send(head({ method, path, headers: { "content-type": "application/x-www-form-urlencoded", "transfer-encoding": "chunked" } }));
    for (let count = 0; count < 16; count += 1) {
      await client.send(PIECE);
      await delay(200);
    }
    expect(await client.look()).toMatch(/^HTTP\/1\.1 413 /);
  });

  it("is welcome where it fits: the server says to go on, and reads it", async () => {
    const raw = await openRaw(server.url);
    await raw.send(head({ path: "/api/v1/packages", headers: { authorization, expect: "100-continue", "content-type": "application/json", "content-length": 2, connection: "close" } }));
    expect(await raw.receives(/100 Continue\r\n\r\n/)).toMatch(/^HTTP\/1\.1 100 /);
    await raw.send("{}");
    expect(await raw.closed()).toMatch(/HTTP\/1\.1 422 /);
    const page = await server.ask("/api/auth/callback/credentials", { method: "POST", body: "x".repeat(MB), headers: { "content-type": "text/plain" } });
    expect([page.status, page.text]).toEqual([200, `read ${MB}`]);
  });

  it("of tRPC is not read for somebody who is not signed in", async () => {
    const raw = await openRaw(server.url);
    await raw.send(head({ path: "/api/trpc/releases.create", headers: { "content-type": "application/json", "content-length": 40 * MB } }));
    expect(await raw.closed()).toMatch(/^HTTP\/1\.1 401 /);
  });

  it("of the package registry's names and flags is refused before it is a large one, whoever sends it", async () => {
    const raw = await openRaw(server.url);
    await raw.send(head({ path: "/api/package_releases/get", headers: { "content-type": "application/json", "content-length": 2 * MB } }));
    expect(await raw.closed()).toMatch(/^HTTP\/1\.1 413 [^]*"error_code":"payload_too_large"[^]*larger than 1 MB/);
  });

  it("leaves the server well", async () => {
    expect((await server.ask("/api/v1/me", { headers: { authorization } })).status).toBe(200);
    expect(server.complaints).toEqual([]);
  });
});

describe("a request that takes its time", () => {
  it("with its headers is answered 408", async () => {
    const raw = await openRaw(hasty.url);
    await raw.send("GET /api/v1/me HTTP/1.1\r\nhost: slipway.test\r\nx-slow: ");
    expect(await raw.closed()).toMatch(/^HTTP\/1\.1 408 [^]*"code":"request_timeout"/);
  });

  it("with its body is answered 408 or closed", async () => {
    for (const path of ["/api/v1/packages", "/api/trpc/packages.create", "/api/auth/callback/credentials"]) {
      const raw = await openRaw(hasty.url);
      await raw.send(`${head({ path, headers: { authorization, "content-type": "application/json", "content-length": 100 } })}{`);
      expect(await raw.closed()).toMatch(/^(HTTP\/1\.1 408 |$)/);
    }
  });

  it("with a body that may be large holds up nobody else's", async () => {
    const slow = await openRaw(server.url);
    await slow.send(`${head({ path: "/api/v1/builds", headers: { authorization, "content-type": "application/json", "content-length": 20 * MB } })}{`);
    const large = { method: "POST", body: `{"x":"${"y".repeat(5 * MB)}"}`, headers: { authorization, "content-type": "application/json" } };
    expect((await server.ask("/api/v1/builds", large)).status).toBe(422);
    expect((await server.ask("/api/trpc/builds.create", large)).status).toBe(422);
    slow.leave();
  });
});

describe("what is no request", () => {
  it.each([
    ["no HTTP", "hello\r\n\r\n", 400],
    ["a space in a header's name", "GET / HTTP/1.1\r\nhost: a\r\nbad header: x\r\n\r\n", 400],
    ["two lengths", "POST /api/v1/builds HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n", 400],
    ["a length and pieces", "POST /api/v1/builds HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n", 400],
    ["a length that is none", "POST /api/v1/builds HTTP/1.1\r\nhost: a\r\ncontent-length: -1\r\n\r\n", 400],
    ["no host", "GET /api/v1/me HTTP/1.1\r\n\r\n", 400],
    ["endless headers", `GET /api/v1/me HTTP/1.1\r\nhost: a\r\nx: ${"y".repeat(40_000)}\r\n\r\n`, 431],
  ])("%s", async (_what, text, status) => {
    const raw = await openRaw(server.url);
    await raw.send(text);
    expect(await raw.closed()).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });
});
