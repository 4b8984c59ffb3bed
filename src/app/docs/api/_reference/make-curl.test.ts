import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import type { OpenApiOperation } from "~/server/rest/openapi/document";
import { makeCurl } from "./make-curl";

const operation: OpenApiOperation = {
  operationId: "create_build",
  tags: ["Builds"],
  summary: "Build",
  description: "",
  security: [],
  parameters: [{ name: "name", in: "path", required: true, description: "", schema: {}, example: "boards/a b.svg" }],
  requestBody: { required: true, content: { "application/json": { example: { text: "it's \"quoted\" $HOME `date`" } } } },
  responses: { "202": { description: "", content: { "application/json": {} } } },
  "x-access": "builds:write",
  "x-limit": "builds",
};

describe("the curl command", () => {
  it("reaches the program word for word through a shell", () => {
    const command = makeCurl({ method: "POST", path: "/api/v1/things/{name}", operation, origin: "http://localhost:3000" });
    const words = execFileSync("/bin/sh", ["-c", command.replace(/^curl/, "printf '%s\\n'")], { env: { NODE_ENV: "test", SLIPWAY_TOKEN: "slw_x" } }).toString();
    expect(words).toContain("http://localhost:3000/api/v1/things/boards/a%20b.svg\n");
    expect(words).toContain("Authorization: Bearer slw_x\n");
    expect(words).toContain(JSON.stringify(operation.requestBody?.content["application/json"]?.example, null, 2));
  });

  it("neither names the method of a GET nor sends what it has not", () => {
    const { requestBody: _body, ...get } = operation;
    expect(makeCurl({ method: "GET", path: "/api/health", operation: { ...get, parameters: [], "x-access": "public" }, origin: "http://a" })).toBe("curl 'http://a/api/health'");
  });
});
