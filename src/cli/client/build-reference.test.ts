import { describe, expect, it } from "vitest";
import { parseBuildReference } from "./build-reference";

describe("parseBuildReference", () => {
  it.each([
    ["build_01J8ZQ", { id: "build_01J8ZQ" }],
    ["ada/blinky#12", { package: "ada/blinky", number: 12 }],
    ["ada/blinky#latest", { package: "ada/blinky", number: "latest" }],
    ["ada/blinky", { package: "ada/blinky", number: "latest" }],
  ])("reads %s", (text, reference) => {
    expect(parseBuildReference(text)).toEqual(reference);
  });
  it.each(["", "12", "latest", "ada/blinky#0", "ada/blinky#1#2", "ada/blinky#new", "Ada/x", "build_../../me", "build_"])("refuses %j with the fix", (text) => {
    expect(() => parseBuildReference(text)).toThrow(expect.objectContaining({ exitCode: 2, fix: expect.stringContaining("ada/blinky#12") }));
  });
});
