import { describe, expect, it } from "vitest";
import { hasFilters, loadFilters, toListInput } from "./filters";

const read = (search: string) => loadFilters(new URLSearchParams(search));

describe("filters in the URL", () => {
  it("reads all of them", () => {
    expect(read("status=failed,cancelled&trigger=push&branch=main&q=led")).toEqual({ status: ["failed", "cancelled"], trigger: "push", branch: "main", q: "led" });
  });
  it("passes over what it does not know, so that an old link still opens", () => {
    expect(read("status=exploded,failed&trigger=magic&foo=bar")).toMatchObject({ status: ["failed"], trigger: null, branch: "", q: "" });
  });
});

describe("toListInput", () => {
  it("leaves out what is not set", () => {
    expect(toListInput({ filters: read(""), scope: {} })).toEqual({ limit: 40 });
    expect(toListInput({ filters: read("q=%20&branch=%20"), scope: { package: "ada/blinky" } })).toEqual({ limit: 40, package: "ada/blinky" });
  });
  it("is the same for the same choice in another order", () => {
    expect(toListInput({ filters: read("status=failed,pending"), scope: {} })).toEqual(toListInput({ filters: read("status=pending,failed"), scope: {} }));
  });
  it("names things as the API does, and keeps within its limits", () => {
    expect(toListInput({ filters: read("branch=main&trigger=files_changed&q=%2312"), scope: {} })).toEqual({ limit: 40, ref: "main", trigger: "files_changed", q: "#12" });
    expect(toListInput({ filters: read(`q=${"x".repeat(500)}`), scope: {} }).q).toHaveLength(200);
  });
});

describe("hasFilters", () => {
  it.each([
    ["", false],
    ["q=%20", false],
    ["q=a", true],
    ["status=failed", true],
    ["trigger=api", true],
    ["branch=main", true],
  ])("%j: %s", (search, expected) => {
    expect(hasFilters(read(search))).toBe(expected);
  });
});
