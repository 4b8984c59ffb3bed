/** What a connection may carry besides plain requests to our paths: other forms of address, other protocols, no requests at all. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApiServer, type ApiServer } from "../../support/api-server";
import { head, openRaw } from "../../support/raw-http";

let server: ApiServer;
let hasty: ApiServer;

beforeAll(async () => {
  const pages = { handle: (_request: unknown, response: { end(text: string): unknown }) => Promise.resolve(void response.end("a page")), upgrade: () => Promise.resolve() };
  server = await openApiServer({ pages });
  hasty = await openApiServer({ beside: server, timeouts: { headersMs: 200, requestMs: 400, checkEveryMs: 50 } });
});
afterAll(async () => {
  await hasty.close();
  await server.close();
});

interface Read {
  status: number;
  headers: Map<string, string>;
  body: string;
}

/** The answer to these bytes, on a connection that the server closes. */
async function exchange(bytes: string, url = server.url): Promise<Read> {
  const raw = await openRaw(url);
  await raw.send(bytes);
  const [top = "", body = ""] = (await raw.closed()).split("\r\n\r\n");
  const [line = "", ...fields] = top.split("\r\n");
  const headers = new Map(fields.map((field): [string, string] => [field.slice(0, field.indexOf(":")).toLowerCase(), field.slice(field.indexOf(":") + 2)]));
  return { status: Number(line.split(" ")[1]), headers, body };
}

const ask = (path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Read> => exchange(head({ method, path, headers: { connection: "close", ...headers } }));

const SOCKET = { connection: "Upgrade", upgrade: "websocket", "sec-websocket-version": "13", "sec-websocket-key": "x3JJHMbDL1EzLkh9GBhXDw==" };
const STREAM = "/api/v1/builds/build_none/stream";

/** A problem document under the id of its header. */
function expectProblem(answer: Read, status: number, code: string): void {
  expect([answer.status, answer.headers.get("content-type")]).toEqual([status, "application/problem+json; charset=utf-8"]);
  const problem: unknown = JSON.parse(answer.body);
  expect(problem).toMatchObject({ success: false, status, code, type: `/docs/api#error-${code}`, request_id: answer.headers.get("x-request-id") });
  expect(answer.headers.get("x-request-id")).toMatch(/^[A-Za-z0-9._-]+$/);
}

describe("another protocol, offered beside HTTP/1.1", () => {
  it.each([
    ["HTTP/2 in clear text", { connection: "Upgrade, HTTP2-Settings, close", upgrade: "h2c", "http2-settings": "AAMAAABkAAQAAP__" }],
    ["TLS", { connection: "Upgrade, close", upgrade: "TLS/1.2" }],
  ])("is not taken, and the request answered: %s", async (_what, headers) => {
    const answer = await ask("/api/v1/me", { ...headers, "x-request-id": "offers-more" });
    expect([answer.status, answer.headers.get("x-request-id")]).toEqual([200, "offers-more"]);
    expect(answer.body).toContain('"success":true');
  });

  it("leaves a body where it is", async () => {
    const answer = await exchange(`${head({ method: "POST", path: "/api/package_releases/get", headers: { connection: "Upgrade, close", upgrade: "h2c", "content-type": "application/json", "content-length": 2 } })}{}`);
    expect([answer.status, answer.body]).toEqual([422, expect.stringContaining("package_release_id")]);
  });

  it.each(["/api/v1/nothing", "/api/v1/builds", "/api/trpc/no.such"])("is told where there is no socket: %s", async (path) => {
    const answer = await ask(path, { ...SOCKET, connection: "Upgrade, close" });
    expect(answer.status).toBe(path === "/api/v1/builds" ? 200 : 404);
    expect(answer.headers.get("x-request-id")).toMatch(/^req_/);
  });

  it("a socket's handshake carries the request's id, as its refusals do", async () => {
    const raw = await openRaw(server.url);
    await raw.send(head({ method: "GET", path: STREAM, headers: { ...SOCKET, "x-request-id": "opens-a-socket" } }));
    expect(await raw.receives(/\r\n\r\n/)).toMatch(/^HTTP\/1\.1 101 [^]*X-Request-Id: opens-a-socket\r\n/);
    raw.leave();
    const old = await ask(STREAM, { ...SOCKET, "sec-websocket-version": "12", "x-request-id": "too-old" });
    expectProblem(old, 400, "bad_request");
    expect([old.headers.get("x-request-id"), old.headers.get("sec-websocket-version")]).toEqual(["too-old", "13"]);
    expectProblem(await ask(STREAM, { ...SOCKET, "sec-websocket-protocol": "graphql-ws" }), 400, "bad_request");
    expect((await ask(STREAM, { ...SOCKET, connection: "Upgrade, close" }, "POST")).status).toBe(405);
  });
});

describe("a request's address", () => {
  it("may be whole, as it is sent to a proxy", async () => {
    const answer = await ask(`${server.url}/api/health?x=1`);
    expect([answer.status, answer.body]).toEqual([200, expect.stringContaining('"status":"ok"')]);
    expect((await ask("http://elsewhere.example")).body).toContain("a page");
  });

  it.each(["*", "nothing", "elsewhere.example:443"])("is refused when it is no path: %s", async (path) => {
    expectProblem(await ask(path, {}, "OPTIONS"), 400, "bad_request");
  });

  it("is refused without a host, or with two", async () => {
    expectProblem(await exchange("GET /api/health HTTP/1.1\r\nConnection: close\r\n\r\n"), 400, "bad_request");
    expectProblem(await exchange("GET /api/health HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n"), 400, "bad_request");
    expect((await exchange("GET /api/health HTTP/1.0\r\n\r\n")).status).toBe(200);
  });

  it.each(["/api", "/api/", "/api/v2/builds", "/api/trpc", "/api/nothing"])("has a problem document where the API has nothing: %s", async (path) => {
    expectProblem(await ask(path), 404, "not_found");
  });
});

describe("a page", () => {
  it.each(["POST", "PUT", "PATCH", "DELETE"])("is read and nothing else: %s", async (method) => {
    const answer = await ask("/builds", {}, method);
    expectProblem(answer, 405, "method_not_allowed");
    expect(answer.headers.get("allow")).toBe("GET, HEAD");
    expect((await ask("/builds")).body).toBe("a page");
    expect((await ask("/builds", {}, "HEAD")).status).toBe(200);
  });

  it("that would be sent a body does not read it", async () => {
    const answer = await exchange(head({ method: "POST", path: "/new", headers: { "content-length": 1000 } }));
    expectProblem(answer, 405, "method_not_allowed");
  });
});

describe("what is refused before it is a request", () => {
  it.each([
    ["no HTTP", "hello\r\n\r\n", 400, "bad_request"],
    ["two lengths", "POST /api/v1/builds HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, "bad_request"],
    ["too many headers", `GET / HTTP/1.1\r\nHost: a\r\nX-Long: ${"x".repeat(20_000)}\r\n\r\n`, 431, "headers_too_large"],
    ["a tunnel", "CONNECT elsewhere.example:443 HTTP/1.1\r\nHost: elsewhere.example:443\r\n\r\n", 405, "method_not_allowed"],
  ])("has an id too: %s", async (_what, bytes, status, code) => {
    expectProblem(await exchange(bytes), status, code);
  });

  it("has the request's own id once that is known", async () => {
    expectProblem(await exchange("GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ", hasty.url), 408, "request_timeout");
    const late = await exchange(`${head({ path: "/api/package_releases/get", headers: { "content-type": "application/json", "content-length": 100, "x-request-id": "late-body" } })}{`, hasty.url);
    expectProblem(late, 408, "request_timeout");
    expect(late.headers.get("x-request-id")).toBe("late-body");
  });
});
