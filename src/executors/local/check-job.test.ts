import { describe, expect, it } from "vitest";
import { AppError } from "~/domain/errors";
import { LIMIT_PRESETS } from "../limits";
import type { ExecutionJob } from "../types";
import { checkJob, isSafeName, isSafeRelativePath } from "./check-job";

const job: ExecutionJob = { command: ["true"], env: {}, mounts: [], inputs: [], network: "none", limits: LIMIT_PRESETS.compile, collectInto: "/tmp/x" };
const fieldsOf = (change: Partial<ExecutionJob>): string[] => {
  try {
    checkJob({ job: { ...job, ...change } });
    return [];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return error.code === "validation_failed" ? error.fields.map((field) => field.path) : [error.code];
  }
};

describe("checkJob", () => {
  it("takes an ordinary job", () => {
    expect(fieldsOf({ cwd: "/out/sub", env: { A: "b=c" }, mounts: [{ source: "/opt/x", target: "/toolchain/x" }], inputs: [{ path: "a/ü b.ts", content: new Uint8Array() }] })).toEqual([]);
  });

  it("names the field that is wrong", () => {
    expect(fieldsOf({ command: [] })).toEqual(["command"]);
    expect(fieldsOf({ command: ["a", "b\0c"] })).toEqual(["command.1"]);
    expect(fieldsOf({ cwd: "out" })).toEqual(["cwd"]);
    expect(fieldsOf({ cwd: "/out/../usr" })).toEqual(["cwd"]);
    expect(fieldsOf({ env: { "A=B": "c" } })).toEqual(["env.A=B"]);
    expect(fieldsOf({ env: { A: "\0" } })).toEqual(["env.A"]);
    expect(fieldsOf({ mounts: [{ source: "relative", target: "/tool" }] })).toEqual(["mounts.0.source"]);
    expect(fieldsOf({ limits: { ...LIMIT_PRESETS.compile, memoryMb: -1 } })).toEqual(["limits.memoryMb"]);
    expect(fieldsOf({ inputs: [{ path: "../x", content: new Uint8Array() }] })).toEqual(["inputs.0.path"]);
  });

  it.each(["/", "/usr", "/usr/local/x", "/etc/passwd", "/proc", "/dev/x", "/in", "/out/x", "/tmp/x", "/lib64", "//x", "/x/"])("keeps mounts off %s", (target) => {
    expect(fieldsOf({ mounts: [{ source: "/opt", target }] })).toEqual(["mounts.0.target"]);
  });

  it("says that there is no network yet", () => {
    expect(fieldsOf({ network: "egress" })).toEqual(["not_available"]);
  });
});

describe("names and paths", () => {
  it.each(["a", "a/b.txt", "with blank", "ünï", "...", "a/..b", `${"d/".repeat(31)}f`])("takes %j", (path) => expect(isSafeRelativePath(path)).toBe(true));
  it.each(["", "/a", "a/", "a//b", ".", "..", "a/../b", "./a", "a\nb", "a\u202eb", `${"d/".repeat(32)}f`])("refuses %j", (path) => expect(isSafeRelativePath(path)).toBe(false));
  it("refuses what is no text", () => {
    expect(isSafeName("\ufffd")).toBe(false);
    expect(isSafeName("\u0007")).toBe(false);
    expect(isSafeName("\ud800")).toBe(false);
  });
});
