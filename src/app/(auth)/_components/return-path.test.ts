import { expect, it } from "vitest";
import { readReturnPath } from "./return-path";

it.each([
  ["/ada/blinky?tab=releases", "/ada/blinky?tab=releases"],
  ["/", "/"],
  [null, "/"],
  [undefined, "/"],
  ["", "/"],
  ["https://evil.example", "/"],
  ["//evil.example", "/"],
  ["/\\evil.example", "/"],
  ["javascript:alert(1)", "/"],
  ["/sign-in?callbackUrl=/x", "/"],
  ["/sign-inside", "/sign-inside"],
])("%s leads to %s", (value, path) => {
  expect(readReturnPath(value)).toBe(path);
});
