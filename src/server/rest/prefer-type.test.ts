import { describe, expect, it } from "vitest";
import { preferType } from "./prefer-type";

describe("the type that a caller prefers", () => {
  it.each([
    [undefined, "application/json"],
    ["*/*", "application/json"],
    ["text/*", "application/json"],
    ["text/plain", "text/plain"],
    ["Text/Plain; charset=utf-8", "text/plain"],
    ["text/plain, application/json", "text/plain"],
    ["application/json, text/plain", "application/json"],
    ["text/plain;q=0.1, application/json", "application/json"],
    ["application/json;q=0.2, text/plain;q=0.9", "text/plain"],
    ["text/plain;q=0", "application/json"],
    ["text/plain;q=none", "application/json"],
    ["text/plainer", "application/json"],
  ])("%s: %s", (accept, expected) => {
    expect(preferType({ accept, offered: ["application/json", "text/plain"] })).toBe(expected);
  });
});
