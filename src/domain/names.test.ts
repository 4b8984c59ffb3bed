import { describe, expect, it } from "vitest";
import { HANDLE_PATTERN, isReservedHandle, LABEL_KEY_PATTERN, parsePackageName } from "./names";

describe("names", () => {
  it.each([
    ["ada", true], ["a", true], ["a-b-1", true], ["a".repeat(39), true],
    ["", false], ["-a", false], ["a-", false], ["Ada", false], ["a_b", false], ["a.b", false], ["a".repeat(40), false], ["a\n", false],
  ])("handle %j: %s", (handle, allowed) => {
    expect(HANDLE_PATTERN.test(handle)).toBe(allowed);
  });

  it.each([
    ["ada/blinky", { workspace: "ada", name: "blinky" }],
    ["ada/blinky.v2_x-1", { workspace: "ada", name: "blinky.v2_x-1" }],
    ["ada", null], ["ada/", null], ["/blinky", null], ["ada/b/c", null], ["Ada/b", null], ["ada/B", null], ["ada/..", null], ["ada/.git", null],
    [`ada/${"x".repeat(101)}`, null],
  ])("package %j", (value, parts) => {
    expect(parsePackageName(value)).toEqual(parts);
  });

  it("keeps the pages' own addresses", () => {
    for (const page of ["new", "builds", "settings", "docs", "api", "admin", "sign-in", "_next"]) expect(isReservedHandle(page)).toBe(true);
    expect(isReservedHandle("ada")).toBe(false);
  });

  it("allows label keys with a namespace", () => {
    expect(LABEL_KEY_PATTERN.test("team/name_1.x")).toBe(true);
    expect(LABEL_KEY_PATTERN.test("/x")).toBe(false);
    expect(LABEL_KEY_PATTERN.test("")).toBe(false);
  });
});
