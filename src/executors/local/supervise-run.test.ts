import { describe, expect, it } from "vitest";
import { readExit } from "./supervise-run";

describe("readExit", () => {
  it.each([
    [{ code: 0, signal: null }, { exitCode: 0, signal: null }],
    [{ code: 1, signal: null }, { exitCode: 1, signal: null }],
    [{ code: 128, signal: null }, { exitCode: 128, signal: null }],
    [{ code: 137, signal: null }, { exitCode: null, signal: "SIGKILL" }],
    [{ code: 143, signal: null }, { exitCode: null, signal: "SIGTERM" }],
    [{ code: 255, signal: null }, { exitCode: 255, signal: null }],
    [{ code: null, signal: "SIGKILL" as const }, { exitCode: null, signal: "SIGKILL" }],
  ])("reads %j as %j", (exit, expected) => expect(readExit(exit)).toEqual(expected));
});
