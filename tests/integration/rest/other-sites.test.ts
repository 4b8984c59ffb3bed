/** What pages of other sites may do, and what browsers are told. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestUser, type TestUser } from "../../factories/users";
import { openApiServer, type ApiServer } from "../../support/api-server";

const FRIEND = "https://app.example.com";
let server: ApiServer;
let open: ApiServer;
let ada: TestUser;
let token: string;

beforeAll(async () => {
  server = await openApiServer({ settings: { corsOrigins: [FRIEND, "http://localhost:5173"] } });
  open = await openApiServer({ publicUrl: "https://slipway.test", settings: { corsOrigins: ["*"] } });
  ada = await createTestUser({ services: server.services });
  token = (await ada.token()).token;
});
afterAll(async () => {
  await server.close();
  await open.close();
});

const cors = (headers: Headers): string[] => [...headers.keys()].filter((name) => name.startsWith("access-control-"));
const preflight = (target: ApiServer, path: string, origin: string) =>
  target.ask(path, { method: "OPTIONS", origin, headers: { "access-control-request-method": "POST", "access-control-request-headers": "authorization,content-type,idempotency-key" } });

describe("a page of a listed site", () => {
  it("may ask first, and is told what it may send", async () => {
    const answer = await preflight(server, "/api/v1/builds", FRIEND);
    expect(answer.status).toBe(204);
    expect(answer.headers.get("access-control-allow-origin")).toBe(FRIEND);
    expect(answer.headers.get("access-control-allow-methods")).toMatch(/GET.*POST.*DELETE/);
    expect(answer.headers.get("access-control-allow-headers")).toMatch(/Authorization.*Idempotency-Key/);
    expect(answer.headers.get("access-control-allow-credentials")).toBeNull();
    expect(answer.headers.get("vary")).toMatch(/Origin/);
  });

  it("may read answers and their headers, also of refusals", async () => {
    const paths: [string, number][] = [["/api/v1/me", 200], ["/api/v1/builds/build_none", 404], ["/api/v1/nothing", 404], ["/api/health/live", 200], ["/api/openapi.json", 200]];
    for (const [path, status] of paths) {
      const answer = await server.ask(path, { token, origin: FRIEND });
      expect([path, answer.status]).toEqual([path, status]);
      expect(answer.headers.get("access-control-allow-origin")).toBe(FRIEND);
      const exposed = answer.headers.get("access-control-expose-headers") ?? "";
      for (const name of ["X-Request-Id", "RateLimit-Remaining", "RateLimit-Policy", "Retry-After", "Idempotency-Replayed", "ETag", "Content-Disposition"]) expect(exposed).toContain(name);
      expect(answer.headers.get("access-control-allow-credentials")).toBeNull();
    }
  });

  it("may write with a token, never with the cookie of whoever looks at it", async () => {
    const json = { package: `${ada.handle}/by-token`, kind: "project" };
    expect((await server.ask("/api/v1/packages", { token, origin: FRIEND, json })).status).toBe(201);
    const { cookie } = await ada.cookie();
    const byCookie = await server.ask("/api/v1/packages", { cookie, origin: FRIEND, json: { ...json, package: `${ada.handle}/by-cookie` } });
    expect(byCookie.json).toMatchObject({ status: 403, code: "forbidden" });
    expect(await server.services.database.db.package.count({ where: { name: "by-cookie" } })).toBe(0);
  });
});

describe("a page of any other site", () => {
  it.each(["https://evil.example", "https://app.example.com.evil.example", "http://app.example.com", "https://app.example.com:8443", "null"])("at %s is told nothing", async (origin) => {
    for (const answer of [await preflight(server, "/api/v1/builds", origin), await server.ask("/api/v1/me", { token, origin })]) {
      expect(cors(answer.headers)).toEqual([]);
      expect(answer.headers.get("vary")).toMatch(/Origin/);
    }
  });

  it("reads nothing of the browser's own ways in, whoever is listed", async () => {
    for (const path of ["/api/trpc/me.get", "/api/auth/session"]) expect(cors((await server.ask(path, { origin: FRIEND })).headers)).toEqual([]);
    expect(cors((await preflight(server, "/api/trpc/packages.create", FRIEND)).headers)).toEqual([]);
  });

  it("is welcome where everybody is, still without credentials", async () => {
    const answer = await open.ask("/api/v1/me", { origin: "https://anybody.example" });
    expect(answer.headers.get("access-control-allow-origin")).toBe("https://anybody.example");
    expect(answer.headers.get("access-control-allow-credentials")).toBeNull();
  });

  it("keeps what answers vary by besides", async () => {
    const answer = await server.ask("/api/v1/builds/build_none/logs", { token, origin: FRIEND });
    expect(answer.headers.get("vary")).toMatch(/Origin/);
    expect(answer.headers.get("vary")).toMatch(/Accept/);
  });
});

describe("every answer", () => {
  it.each(["/api/v1/me", "/api/trpc/me.get", "/api/health/live", "/", "/api/auth/session"])("of %s keeps browsers out of trouble", async (path) => {
    const { headers } = await server.ask(path);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("referrer-policy")).toBe("strict-origin-when-cross-origin");
    expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(headers.get("content-security-policy")).not.toMatch(/'unsafe-(inline|eval)'/);
    expect(headers.get("strict-transport-security")).toBeNull();
  });

  it("of a server behind TLS asks browsers to stay with it", async () => {
    const long = "max-age=31536000";
    expect((await open.ask("/api/v1/me")).headers.get("strict-transport-security")).toBe(long);
    expect((await server.ask("/", { headers: { "x-forwarded-proto": "https" } })).headers.get("strict-transport-security")).toBe(long);
  });

  it("of a page has a nonce of its own", async () => {
    const nonces = [];
    for (let count = 0; count < 3; count += 1) nonces.push(/style-src [^;]*'nonce-([^']+)'/.exec((await server.ask("/")).headers.get("content-security-policy") ?? "")?.[1]);
    expect(new Set(nonces).size).toBe(3);
    expect(nonces.every((nonce) => nonce !== undefined && nonce.length >= 22)).toBe(true);
  });
});
