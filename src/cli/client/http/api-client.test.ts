import { createServer, type Server } from "node:http";
import { afterEach, expect, it } from "vitest";
import { z } from "zod";
import { createApiClient } from "./api-client";

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

interface Way {
  status: number;
  headers?: Record<string, string>;
  body: string;
}

/** Answers each request in turn; the last way again and again. */
async function serve(...ways: Way[]) {
  const keys: (string | undefined)[] = [];
  const opened = createServer((request, response) => {
    keys.push(request.headers["idempotency-key"]?.toString());
    const way = ways[Math.min(keys.length, ways.length) - 1];
    request.resume().once("end", () => response.writeHead(way?.status ?? 500, way?.headers).end(way?.body));
  });
  server = opened;
  await new Promise<void>((resolve) => opened.listen(0, "127.0.0.1", resolve));
  const address = opened.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  const notes: string[] = [];
  const api = createApiClient({ server: `http://127.0.0.1:${address.port}`, token: "slw_secret", tokenSource: "given", note: (text) => notes.push(text) });
  return { api, keys, notes };
}

const schema = z.looseObject({ ok: z.literal(true) });
const GOOD: Way = { status: 200, body: "{\"ok\":true}" };
const problem = (status: number, code: string, headers?: Record<string, string>): Way => ({ status, headers, body: JSON.stringify({ detail: `It is ${code}.`, code, request_id: "req_1" }) });
const PATIENT = { schema, idempotencyKey: "key", patienceMs: 20_000 };

it("sends the same request again while a proxy has no server, and when the server says when to come back", async () => {
  const { api, keys } = await serve({ status: 502, body: "<html>" }, problem(503, "not_available", { "retry-after": "0" }), GOOD);
  expect(await api.post("/x", PATIENT)).toEqual({ ok: true });
  expect(keys).toEqual(["key", "key", "key"]);
});

it.each([
  ["a 503 that means it", problem(503, "safe_mode_enabled"), PATIENT],
  ["a wait that is too long", problem(503, "queue_full", { "retry-after": "3600" }), PATIENT],
  ["a fault of the server's", problem(500, "internal"), PATIENT],
  ["a request without a key", problem(503, "not_available", { "retry-after": "0" }), { schema }],
])("asks once only: %s", async (_what, way, options) => {
  const { api, keys } = await serve(way, GOOD);
  await expect(api.post("/x", options)).rejects.toThrow(expect.objectContaining({ exitCode: 5, status: way.status, requestId: "req_1" }));
  expect(keys).toHaveLength(1);
});

it("does not send a token on to where it is redirected", async () => {
  const { api, keys } = await serve({ status: 308, headers: { location: "https://elsewhere.example.com/" }, body: "" }, GOOD);
  await expect(api.get("/x", { schema })).rejects.toThrow(/sends its callers on to https:\/\/elsewhere\.example\.com\//);
  expect(keys).toHaveLength(1);
});

it("says so when something answers that is no Slipway", async () => {
  const { api } = await serve({ status: 200, body: "<html>" }, { status: 404, body: "<html>" });
  await expect(api.get("/x", { schema })).rejects.toThrow(expect.objectContaining({ code: "unexpected_answer", exitCode: 5 }));
  await expect(api.get("/x", { schema })).rejects.toThrow(expect.objectContaining({ code: "unexpected_answer", status: 404 }));
});

it("counts the bytes on their way out", async () => {
  const { api } = await serve(GOOD);
  const sent: number[] = [];
  const bytes = Buffer.alloc(300_000, 32);
  await api.post("/x", { schema, bytes, onSent: (count) => sent.push(count) });
  expect(sent.at(-1)).toBe(bytes.byteLength);
  expect(sent).toEqual([...sent].sort((a, b) => a - b));
});
