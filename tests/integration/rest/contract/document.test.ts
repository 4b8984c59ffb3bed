import { Validator } from "@seriousme/openapi-schema-validator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ERROR_STATUS } from "~/domain/errors";
import { listRoutes } from "~/server/rest/handle-rest";
import { buildDocument } from "~/server/rest/openapi/build-document";
import { HAND_WRITTEN_ROUTES } from "~/server/rest/routes";
import { openApiServer, type ApiServer } from "../../../support/api-server";
import { createDocumentChecks, listOperations, resolveResponse } from "../../../support/document-checks";

const document = buildDocument();
const operations = listOperations(document).map((listed) => ({ ...listed, name: `${listed.method} ${listed.path}` }));
const outside = HAND_WRITTEN_ROUTES.filter(({ handler }) => handler === null);
const checks = createDocumentChecks(document);

let server: ApiServer;
beforeAll(async () => {
  server = await openApiServer();
});
afterAll(() => server.close());

describe("the API's document", () => {
  it("is valid OpenAPI 3.1", async () => {
    const result = await new Validator().validate(JSON.parse(JSON.stringify(document)));
    expect(result).toEqual({ valid: true });
    expect(document.openapi).toBe("3.1.0");
  });

  it("is served as bytes that a browser needs to fetch once", async () => {
    const answer = await server.ask("/api/openapi.json");
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(answer.json).toEqual(JSON.parse(JSON.stringify(document)));
    const again = await server.ask("/api/openapi.json", { headers: { "if-none-match": answer.headers.get("etag") ?? "" } });
    expect([again.status, again.text]).toEqual([304, ""]);
    expect((await server.ask("/api/openapi.json", { method: "POST" })).status).toBe(405);
  });

  it("has every route that the router answers, and no other", () => {
    const described = operations.map(({ name }) => name);
    const routed = listRoutes().map(({ method, template }) => `${method} ${template.replace("...}", "}")}`);
    const unrouted = described.filter((name) => !routed.includes(name));
    expect(routed.filter((name) => !described.includes(name))).toEqual([]);
    expect(unrouted.sort()).toEqual(outside.map(({ method, path }) => `${method} ${path}`).sort());
  });

  it.each(outside)("has $path, which the web server answers by itself", async ({ path }) => {
    const answer = await server.ask(path.replace("{build_id}", "build_none"));
    expect(answer.text).not.toContain("There is nothing at");
    expect(answer.text).not.toContain("The server is starting");
  });

  it.each(operations)("$name says all there is to say", ({ operation, path, method }) => {
    expect(operation.operationId).toMatch(/^[a-z]+(_[a-z0-9]+)+$/);
    expect(operation.summary.length).toBeGreaterThan(10);
    expect(operation.description.length).toBeGreaterThan(5);
    expect(document.tags.map(({ name }) => name)).toContain(operation.tags[0]);
    expect(operation.security.length).toBeGreaterThan(0);
    const names = (operation.parameters ?? []).filter((parameter) => parameter.in === "path").map(({ name }) => name);
    expect(names).toEqual([...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]));
    for (const parameter of operation.parameters ?? []) {
      expect(parameter.description, parameter.name).not.toBe(parameter.name);
      expect(parameter, parameter.name).toHaveProperty("example");
      expect(checks.findProblems({ schema: parameter.schema, value: parameter.example }), parameter.name).toEqual([]);
    }
    const successes = Object.keys(operation.responses).filter((status) => Number(status) < 300);
    expect(successes.length).toBeGreaterThan(0);
    if (operation["x-limit"] !== "none") {
      expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(["401", "429", "500", "503"]));
      const [status = ""] = successes;
      const { headers } = resolveResponse({ document, response: operation.responses[status] ?? { $ref: "" } });
      expect(Object.keys(headers ?? {})).toEqual(expect.arrayContaining(["X-Request-Id", "RateLimit-Remaining"]));
    }
    if (method !== "GET" && operation["x-access"] !== "public") expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(["403", "400", "413", "415"]));
  });

  it.each(operations)("$name carries an example and the errors it may answer", ({ operation }) => {
    const statuses = Object.keys(operation.responses);
    expect(statuses.filter((status) => Number(status) >= 400)).not.toEqual([]);
    // A change of protocol has no body: its parameters show how it is asked for.
    const bodies = statuses.filter((status) => Number(status) >= 200 && Number(status) < 300).flatMap((status) => Object.values(resolveResponse({ document, response: operation.responses[status] ?? { $ref: "" } }).content ?? {}));
    const examples = bodies.length > 0 ? bodies.flatMap((media) => media.example ?? Object.values(media.examples ?? {})) : (operation.parameters ?? []).map(({ example }) => example);
    expect(examples.length).toBeGreaterThanOrEqual(Math.max(1, bodies.length));
    for (const example of examples) expect(example).toBeDefined();
  });

  it("shows what each header looks like", () => {
    for (const [name, header] of Object.entries(document.components.headers)) expect(header, name).toHaveProperty("example");
  });

  it.each(operations)("$name has examples that are as its schemas say", ({ operation }) => {
    for (const media of Object.values(operation.requestBody?.content ?? {})) {
      expect(media).toHaveProperty("example");
      expect(checks.findProblems({ schema: media.schema ?? {}, value: media.example, closed: true })).toEqual([]);
    }
    for (const [status, response] of Object.entries(operation.responses)) {
      const { content = {} } = resolveResponse({ document, response });
      for (const [type, media] of Object.entries(content)) {
        const examples = media.examples === undefined ? [media.example] : Object.values(media.examples).map(({ value }) => value);
        // Bytes have no schema, and need no example.
        if (Object.keys(media.schema ?? {}).length === 0) continue;
        for (const value of examples) expect(checks.findProblems({ schema: media.schema ?? {}, value, closed: true }), `${status} ${type}`).toEqual([]);
        expect(examples.length, `${status} ${type}`).toBeGreaterThan(0);
      }
    }
  });

  it("explains every error code", () => {
    expect(document["x-error-codes"].map(({ code, status }) => [code, status])).toEqual(Object.entries(ERROR_STATUS));
    const used = new Set(Object.values(document.components.responses).flatMap(({ content }) => Object.keys(content?.["application/problem+json"]?.examples ?? {})));
    expect([...used].filter((code) => !(code in ERROR_STATUS))).toEqual([]);
  });
});

describe("a check against the document", () => {
  it("finds what is wrong, missing or not described", () => {
    const schema = { $ref: "#/components/schemas/LogLine" };
    const line = { id: 1, stage_line: 1, stage: "first", stream: "stdout", created_at: "2026-11-21T09:30:01.250Z", message: "hello" };
    expect(checks.findProblems({ schema, value: line, closed: true })).toEqual([]);
    expect(checks.findProblems({ schema, value: { ...line, id: "1" } })).toEqual([expect.stringContaining("/id must be integer")]);
    expect(checks.findProblems({ schema, value: { ...line, created_at: "yesterday" } })).toHaveLength(1);
    expect(checks.findProblems({ schema, value: { ...line, extra: 1 }, closed: true })).toEqual([expect.stringContaining("additional")]);
    expect(checks.findProblems({ schema, value: { ...line, extra: 1 } })).toEqual([]);
  });
});
