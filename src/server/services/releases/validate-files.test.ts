import { describe, expect, it } from "vitest";
import { MAX_FILES, MAX_TOTAL_BYTES } from "~/domain/release-files";
import { checkTotals, decodeFiles, describePathProblem, findClashes } from "./validate-files";

describe("a path", () => {
  it.each([
    "index.tsx", "src/a/b.ts", ".env.example", "a b/ü ñ.txt", "…", "...", "a..b", "..a/b", "日本語/板.tsx", "a".repeat(255), Array(170).fill("ab").join("/"), "con.txt", "C", "xy:z",
  ])("%j is fine", (path) => {
    expect(describePathProblem(path)).toBeNull();
  });

  it.each([
    ["", /must not be empty/],
    ["/etc/passwd", /must be relative/],
    ["C:/x", /must be relative/],
    ["c:x", /must be relative/],
    ["../x", /`\.\.`/],
    ["a/../../x", /`\.\.`/],
    ["a/..", /`\.\.`/],
    ["./x", /`\.`/],
    ["a/./b", /`\.`/],
    ["a//b", /empty folder/],
    ["a/", /not a folder/],
    ["a\\b", /backslash/],
    ["..\\x", /backslash/],
    ["a\u0000b", /control/],
    ["a\nb", /control/],
    ["a\u007f", /control/],
    ["a\u0085b", /control/],
    ["a\u2028b", /control/],
    ["a\ud800b", /Unicode/],
    ["a".repeat(513), /at most 512/],
    ["a".repeat(256), /longer than 255 bytes/],
    [`${"ü".repeat(128)}.txt`, /longer than 255 bytes/],
  ])("%j is refused, with the fix", (path, problem) => {
    expect(describePathProblem(path)).toMatch(problem);
  });
});

describe("a list of files", () => {
  const clashesOf = (...paths: string[]) => findClashes({ paths, field: "files" });

  it("is refused when paths can't live side by side everywhere", () => {
    expect(clashesOf("a", "b", "a")).toEqual([{ path: "files.2.path", message: "is sent twice. Keep one of them." }]);
    expect(clashesOf("README.md", "readme.MD")[0]).toMatchObject({ path: "files.1.path", message: expect.stringContaining("`README.md` only in case") });
    expect(clashesOf("caf\u00e9", "cafe\u0301")).toHaveLength(1);
    expect(clashesOf("lib", "lib/a.ts")).toEqual([{ path: "files.1.path", message: "needs a folder where `lib` is a file. Rename one of them." }]);
    expect(clashesOf("lib/a.ts", "LIB")).toEqual([expect.objectContaining({ path: "files.0.path" })]);
    expect(clashesOf("lib/a", "lib/b", "lib2/a")).toEqual([]);
  });

  it("is decoded from text and base64", () => {
    const [text, bytes] = decodeFiles({ files: [{ path: "a", content: "ü" }, { path: "b", content_base64: "AP8=" }], field: "files" });
    expect([...(text?.content ?? [])]).toEqual([0xc3, 0xbc]);
    expect([...(bytes?.content ?? [])]).toEqual([0, 255]);
  });

  it("tells every bad path at once, up to fifty", () => {
    const files = Array.from({ length: 60 }, (_, index) => ({ path: `/${index}`, content: "" }));
    expect(() => decodeFiles({ files, field: "upsert" })).toThrow(/^upsert\.0\.path must be relative.*\(and 59 more\)$/);
    try {
      decodeFiles({ files, field: "upsert" });
    } catch (error) {
      expect(error).toMatchObject({ code: "validation_failed", fields: { length: 50 } });
    }
  });

  it("is refused when it is too long or too large, and not one byte before", () => {
    expect(() => checkTotals({ sizes: Array(MAX_FILES).fill(1), field: "files" })).not.toThrow();
    expect(() => checkTotals({ sizes: Array(MAX_FILES + 1).fill(1), field: "files" })).toThrow(/has 5,001 files; a release may have 5,000/);
    expect(() => checkTotals({ sizes: [MAX_TOTAL_BYTES], field: "files" })).not.toThrow();
    expect(() => checkTotals({ sizes: [MAX_TOTAL_BYTES, 1], field: "files" })).toThrow(expect.objectContaining({ code: "payload_too_large" }));
  });
});
