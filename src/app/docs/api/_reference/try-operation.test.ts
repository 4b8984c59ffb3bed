import { describe, expect, it } from "vitest";
import { makeRequest, type TryOperation } from "./try-operation";

const operation: TryOperation = {
  id: "list_builds",
  method: "GET",
  path: "/api/v1/builds/{build_id}/artifacts/{name}",
  fields: [
    { name: "build_id", in: "path", required: true, hint: "", placeholder: "" },
    { name: "name", in: "path", required: true, hint: "", placeholder: "" },
    { name: "q", in: "query", required: false, hint: "", placeholder: "" },
    { name: "label", in: "query", required: false, hint: "As name=value, several with &.", placeholder: "" },
    { name: "Accept", in: "header", required: false, hint: "", placeholder: "" },
  ],
  body: null,
};

describe("what is sent", () => {
  it("is put together from the fields, with a token or with the cookie", () => {
    const values = { build_id: " build_1 ", name: "a b/c.svg", q: "x&y", label: "label.team=boards&label.a=b", Accept: "text/plain" };
    const { url, init } = makeRequest({ operation, values, body: "", token: "slw_1" });
    expect(url).toBe("/api/v1/builds/build_1/artifacts/a%20b/c.svg?q=x%26y&label.team=boards&label.a=b");
    expect(Object.fromEntries(new Headers(init.headers))).toEqual({ accept: "text/plain", authorization: "Bearer slw_1" });
    expect([init.credentials, init.body]).toEqual(["omit", undefined]);
    expect(makeRequest({ operation, values, body: "", token: "" }).init.credentials).toBe("same-origin");
  });

  it("has a body and its type where one is taken", () => {
    const { init } = makeRequest({ operation: { ...operation, method: "POST", path: "/api/v1/builds", fields: [], body: "{}" }, values: {}, body: '{"a":1}', token: "" });
    expect([init.method, init.body, new Headers(init.headers).get("content-type")]).toEqual(["POST", '{"a":1}', "application/json"]);
  });

  it("is not sent without a part of the address", () => {
    expect(() => makeRequest({ operation, values: { build_id: "b" }, body: "", token: "" })).toThrow("name is missing");
  });
});
