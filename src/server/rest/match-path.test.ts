import { describe, expect, it } from "vitest";
import { matchPath } from "./match-path";

describe("path templates", () => {
  it.each([
    ["/builds", "/builds", {}],
    ["/builds/{id}", "/builds/b1", { id: "b1" }],
    ["/builds/{id}/logs", "/builds/b%201/logs", { id: "b 1" }],
    ["/p/{owner}/{name}", "/p/a/b", { owner: "a", name: "b" }],
    ["/a/{name...}", "/a/x/y%2Fz.svg", { name: "x/y/z.svg" }],
    ["/builds/{id}", "/builds", null],
    ["/builds/{id}", "/builds/", null],
    ["/builds/{id}", "/builds/a/b", null],
    ["/builds", "/builds/", null],
    ["/a/{name...}", "/a/", null],
  ])("%s with %s", (template, path, values) => {
    expect(matchPath({ template, path })).toEqual(values);
  });

  it("refuses a NUL", () => {
    expect(() => matchPath({ template: "/b/{id}", path: "/b/a%00" })).toThrow(expect.objectContaining({ code: "bad_request" }));
  });

  it("refuses a broken escape", () => {
    expect(() => matchPath({ template: "/b/{id}", path: "/b/%E0%A4%A" })).toThrow(expect.objectContaining({ code: "bad_request" }));
  });
});
