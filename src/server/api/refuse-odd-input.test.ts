import { describe, expect, it } from "vitest";
import { isAppError } from "~/domain/errors";
import { refuseOddInput } from "./refuse-odd-input";

function problemsOf(input: unknown): unknown {
  try {
    refuseOddInput(input);
    return [];
  } catch (error) {
    return isAppError(error) ? error.fields.map((field) => field.path) : error;
  }
}

const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);

describe("refuseOddInput", () => {
  it("lets pass what the database can keep", () => {
    for (const input of [undefined, null, 5, "text", { a: ["ü", "💥", "\n"] }, { files: [{ path: "a", content: "\u0000" }] }, nested(64), new Uint8Array(3)]) expect(problemsOf(input)).toEqual([]);
  });

  it.each([
    ["a NUL", { label: { a: "x\u0000" } }, ["label.a"]],
    ["half of a surrogate pair, also in a file", { q: "\ud800", files: [{ content: "\udc00" }] }, ["q", "files.0.content"]],
    ["a NUL in a text that only looks like a file's", { content: "\u0000" }, ["content"]],
    ["a key with a NUL", { labels: { "a\u0000": 1 } }, ["labels"]],
    ["a key __proto__", JSON.parse('{"options": {"__proto__": {"a": 1}}}'), ["options"]],
    ["too many levels", { options: nested(65) }, ["options.0.0"]],
  ])("refuses %s", (_what, input, paths) => {
    expect(problemsOf(input)).toEqual(paths);
  });
});
