import { request as openRequest } from "node:http";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pushTestRelease } from "../../factories/packages";
import { createTestUser, type TestUser } from "../../factories/users";
import { openApiServer, type ApiServer } from "../../support/api-server";

let server: ApiServer;
let ada: TestUser;
let token: string;

beforeAll(async () => {
  server = await openApiServer();
  ada = await createTestUser({ services: server.services });
  token = (await ada.token()).token;
});
afterAll(() => server.close());

const builds = "/api/v1/builds";
const body = () => ({ kind: "project", package: `${ada.handle}/valid`, files: [{ path: "first.sh", content: "echo" }] });

describe("answers", () => {
  it("carry the envelope, or a problem document that tells no secrets", async () => {
    const good = await server.ask("/api/v1/packages", { token });
    expect(good.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(good.json).toMatchObject({ success: true, packages: [], count: 0, total: 0, next_cursor: null, limit: 30 });
    expect(Object.keys(good.json)).toEqual(expect.arrayContaining(["timestamp", "duration", "request_id"]));
    expect(good.headers.get("x-request-id")).toBe(good.json.request_id);

    const bad = await server.ask("/api/v1/builds/build_none", { token });
    expect(bad.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
    expect(bad.json).toEqual({
      success: false,
      type: "/docs/api#error-not_found",
      title: "Not Found",
      status: 404,
      detail: expect.stringContaining("build_none"),
      code: "not_found",
      request_id: bad.headers.get("x-request-id"),
    });
  });

  it("make a request id where the sent one is not sane", async () => {
    for (const sent of ["a b", "x".repeat(129), "<script>"]) {
      expect((await server.ask("/api/health", { headers: { "x-request-id": sent } })).headers.get("x-request-id")).toMatch(/^req_/);
    }
    expect((await server.ask("/api/health", { headers: { "x-request-id": "a.B-9_" } })).headers.get("x-request-id")).toBe("a.B-9_");
  });

  it("carry headers that keep browsers out of trouble", async () => {
    const { headers } = await server.ask("/api/v1/me");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(headers.get("cache-control")).toBe("no-store");
  });

  it("hide faults of ours, and log them under the request's id", async () => {
    await server.services.database.pool.query("ALTER TABLE workspace RENAME TO workspace_gone");
    try {
      const answer = await server.ask("/api/v1/workspaces", { token, headers: { "x-request-id": "broken-1" } });
      expect(answer.json).toMatchObject({ status: 500, code: "internal", detail: expect.stringContaining("on our side") });
      expect(answer.text).not.toMatch(/workspace_gone|relation|prisma|\/src\//i);
      expect(server.complaints).toContainEqual(expect.objectContaining({ fields: expect.objectContaining({ requestId: "broken-1" }) }));
      const trpc = await server.ask("/api/trpc/workspaces.list", { token });
      expect(trpc.json.error).toMatchObject({ message: expect.stringContaining("on our side"), data: { app_code: "internal", httpStatus: 500 } });
      expect(trpc.text).not.toMatch(/stack|relation|prisma/i);
    } finally {
      await server.services.database.pool.query("ALTER TABLE workspace_gone RENAME TO workspace");
    }
  });
});

describe("requests that can't be", () => {
  it.each([
    ["an unknown path", "GET", "/api/v1/nothing", 404, "not_found"],
    ["a broken escape", "GET", "/api/v1/builds/%zz", 400, "bad_request"],
    ["a wrong method", "PUT", builds, 405, "method_not_allowed"],
  ])("%s", async (_what, method, path, status, code) => {
    const answer = await server.ask(path, { method, token });
    expect(answer.json).toMatchObject({ status, code });
  });

  it.each([
    ["an unknown verb", "POST", "/api/package_releases/burn", 404, "not_found"],
    ["a wrong method", "GET", "/api/package_releases/get", 405, "method_not_allowed"],
  ])("of the package registry are told in its own shape: %s", async (_what, method, path, status, code) => {
    const answer = await server.ask(path, { method, token });
    expect(answer).toMatchObject({ status, json: { ok: false, error: { error_code: code, message: expect.any(String) }, request_id: answer.headers.get("x-request-id") } });
  });

  it("name the methods that are allowed, also to who only asks for them", async () => {
    const told = await server.ask(builds, { method: "OPTIONS" });
    expect([told.status, told.headers.get("allow"), told.text]).toEqual([204, "GET, HEAD, POST", ""]);
    expect((await server.ask("/api/v1/nothing", { method: "OPTIONS" })).status).toBe(404);
  });

  it("name the methods that are allowed", async () => {
    expect((await server.ask(builds, { method: "PUT", token })).headers.get("allow")).toBe("GET, HEAD, POST");
    expect((await server.ask("/api/v1/builds/build_x", { method: "PATCH", token })).headers.get("allow")).toBe("DELETE, GET, HEAD");
    expect((await server.ask("/api/health", { method: "POST" })).headers.get("allow")).toBe("GET, HEAD");
  });

  it.each([
    ["no JSON", "{", "application/json", 400, "bad_request"],
    ["bytes that are no text", new Uint8Array([0x7b, 0xff, 0x7d]), "application/json", 400, "bad_request"],
    ["a list", "[]", "application/json", 422, "validation_failed"],
    ["another type", "a=1", "application/x-www-form-urlencoded", 415, "unsupported_media_type"],
  ])("a body of %s", async (_what, text, type, status, code) => {
    const answer = await server.ask(builds, { token, body: text, headers: { "content-type": type } });
    expect(answer.json).toMatchObject({ status, code });
  });

  it("a packed body, which is told what it is", async () => {
    for (const path of [builds, "/api/package_releases/get", `/api/v1/packages/${ada.handle}/any/releases`]) {
      const packed = gzipSync(JSON.stringify(body()));
      const answer = await server.ask(path, { token, body: new Uint8Array(packed), headers: { "content-type": "application/json", "content-encoding": "gzip" } });
      expect([answer.status, answer.text]).toEqual([415, expect.stringContaining("without Content-Encoding: gzip")]);
    }
    expect((await server.ask(builds, { token, json: {}, headers: { "content-encoding": "identity" } })).status).toBe(422);
  });

  it("refuse a body that is announced too large before they read it", async () => {
    const target = new URL(builds, server.url);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sent = openRequest(target, { method: "POST", headers: { authorization: `Bearer ${token}`, "content-type": "application/json", "content-length": 80 * 1024 * 1024 } }, (response) => {
        resolve(response.statusCode);
        sent.destroy();
      });
      sent.once("error", reject);
      // Not one byte of the body: an answer can come only from what was announced.
      sent.flushHeaders();
    });
    expect(status).toBe(413);
  });

  it("refuse anonymous changes before they read anything", async () => {
    expect((await server.ask(builds, { json: body() })).json).toMatchObject({ status: 401, code: "unauthenticated" });
  });
});

describe("validation", () => {
  it.each([
    ["nothing", {}, "", "Send either `release_id`, or `prompt` and `chains`, or `kind`, `package` and `files`."],
    ["a missing field", { kind: "project", package: "a/b" }, "files", "is missing. Send a list, or `git`, or an archive (multipart/form-data)."],
    ["an unknown field", { ...bodyOf("a/b"), fils: [] }, "fils", "is not a known field. Check its spelling, or leave it out."],
    ["a wrong type", { ...bodyOf("a/b"), files: "x" }, "files", "must be a list, not a text."],
    ["a wrong value", { ...bodyOf("a/b"), kind: "circut" }, "kind", 'must be one of "circuit", "contract", "python", "function", "project"; got "circut".'],
    ["no files", { ...bodyOf("a/b"), files: [] }, "files", "must have at least one file."],
    ["a file without content", { ...bodyOf("a/b"), files: [{ path: "x" }] }, "files.0.content", "is missing. Send a text."],
    ["base64 that is none", { ...bodyOf("a/b"), files: [{ path: "x", content_base64: "?" }] }, "files.0.content_base64", "must be base64 (RFC 4648, with padding)."],
    ["a misspelt field of a file", { ...bodyOf("a/b"), files: [{ path: "x", content: "", mode: 1 }] }, "files.0.mode", "is not a known field. Check its spelling, or leave it out."],
    ["a package without a workspace", bodyOf("blinky"), "package", expect.stringContaining("must be `workspace/name`")],
    ["a commit that is none", { ...bodyOf("a/b"), commit_sha: "xyz" }, "commit_sha", "must be 7 to 64 hex digits."],
    ["a label's key that is none", { ...bodyOf("a/b"), labels: { "A b": "1" } }, "labels.A b", expect.stringMatching(/^must be .*letters/)],
    ["files alone", { files: [] }, "package", "is missing. Send a text."],
    ["nothing that is known", { project_name: "x", goal: "a website", parameters: {} }, "", "Send either `release_id`, or `prompt` and `chains`, or `kind`, `package` and `files`."],
    ["a label that is no text", { ...bodyOf("a/b"), labels: { a: 1 } }, "labels.a", "must be a text, not 1."],
  ])("of %s", async (_what, json, path, message) => {
    const answer = await server.ask(builds, { token, json });
    expect(answer.json).toMatchObject({ status: 422, code: "validation_failed" });
    expect(answer.json.errors).toContainEqual({ path, message });
  });

  it("says of the whole body what is wrong with it, in a sentence", async () => {
    const answer = await server.ask(builds, { token, json: {} });
    expect(answer.json.detail).toBe("Send either `release_id`, or `prompt` and `chains`, or `kind`, `package` and `files`.");
    expect((await server.ask(builds, { token, body: '{"__proto__": {}}', headers: { "content-type": "application/json" } })).json.detail).toBe("The input must have no field named __proto__. Leave it out.");
  });

  it.each([
    ["version=abc", { ...bodyOf(""), version: "1.0" }, "version", expect.stringContaining("must be a semantic version")],
    ["version=v1.0.0", { ...bodyOf(""), version: "v1.0.0" }, "version", expect.stringContaining('got "v1.0.0"')],
    ["a path that leaves", { ...bodyOf(""), files: [{ path: "../x", content: "" }] }, "files.0.path", expect.stringContaining("must not contain `..`")],
  ])("by the services: %s", async (_what, json, path, message) => {
    const answer = await server.ask(builds, { token, json: { ...json, package: `${ada.handle}/checked` } });
    expect(answer.json.errors).toEqual([{ path, message }]);
    expect(await server.services.database.db.package.count({ where: { name: "checked", workspaceId: ada.workspaceId } })).toBe(0);
  });

  it.each([
    ["limit=0", "limit", "must be a whole number from 1 to 100."],
    ["limit=101", "limit", "must be a whole number from 1 to 100."],
    ["limit=ten", "limit", "must be a whole number from 1 to 100."],
    ["page=0", "page", "must be 1 or more; the first page is 1."],
    ["page_size=1000", "page_size", "must be a whole number from 1 to 100."],
    ["offset=-1", "offset", "must be 0 or more."],
    ["page=1&cursor=x", "page", expect.stringContaining("Choose one way of paging")],
    ["cursor=x", "cursor", expect.stringContaining("is not a cursor of ours")],
    ["status=broken", "status", expect.stringContaining('Got "broken"')],
    ["created_after=yesterday", "created_after", "must be an ISO 8601 time in UTC, such as 2026-01-31T12:00:00Z."],
  ])("of a list's query %s", async (query, path, message) => {
    const answer = await server.ask(`${builds}?${query}`, { token });
    expect(answer.json).toMatchObject({ status: 422 });
    expect(answer.json.errors).toContainEqual({ path, message });
  });

  it("refuses in the body what the address says", async () => {
    const answer = await server.ask("/api/v1/builds/build_a/rebuild", { token, json: { build_id: "build_b" } });
    expect(answer.json.errors).toEqual([{ path: "build_id", message: "is part of the address. Leave it out of the body." }]);
    // Names that every object of the language has are as unknown as any other.
    for (const name of ["constructor", "toString"]) {
      const odd = await server.ask(builds, { token, json: { ...body(), [name]: "x" } });
      expect(odd.json.errors).toEqual([{ path: name, message: "is not a known field. Check its spelling, or leave it out." }]);
    }
  });

  it("refuses a flag that is neither true nor false", async () => {
    const { releaseId } = await pushTestRelease({ services: server.services, owner: ada });
    const ask = (value: string) => server.ask(`/api/v1/releases/${releaseId}?include_logs=${value}`, { token });
    expect((await ask("maybe")).json).toMatchObject({ status: 422, errors: [{ path: "include_logs" }] });
    expect([(await ask("true")).json.first_logs, (await ask("0")).json.first_logs]).toEqual([[], null]);
  });
});

function bodyOf(name: string) {
  return { kind: "project", package: name, files: [{ path: "first.sh", content: "echo" }] };
}

describe("health", () => {
  it("answers without signing in, and tells details to admins alone", async () => {
    expect((await server.ask("/api/health/live")).json).toMatchObject({ status: "ok" });
    expect((await server.ask("/api/health/status", { token })).json).toEqual({ status: "ok", request_id: expect.any(String) });
    const admin = await createTestUser({ services: server.services, role: "admin" });
    const status = await server.ask("/api/health/status", { token: (await admin.token(["admin"])).token });
    expect(status.json).toMatchObject({ status: "ok", builds: { building: 0 }, workers: [] });
    const modest = await server.ask("/api/health/status", { token: (await admin.token(["builds:read"])).token });
    expect(modest.json.workers).toBeUndefined();
  });
});

describe("a server that is not ready", () => {
  it("says why, and is ready once migrations ran", async () => {
    let migrated = false;
    const other = await openApiServer({ isMigrated: () => Promise.resolve(migrated) });
    try {
      expect(await other.ask("/api/health/ready")).toMatchObject({ status: 503, json: { status: "not_ready", reason: "migrations_pending" } });
      expect((await other.ask("/api/health/live")).status).toBe(200);
      migrated = true;
      expect((await other.ask("/api/health/ready")).status).toBe(200);
    } finally {
      await other.close();
    }
  });
});
