import { describe, expect, it } from "vitest";
import { findClash, findCommonFolder, findPathProblem, isIgnoredPath, normalizePath } from "./path-rules";

describe("normalizePath", () => {
  it.each([
    ["index.tsx", "index.tsx"],
    ["./src//a.tsx", "src/a.tsx"],
    ["\\src\\a.tsx", "src/a.tsx"],
    ["/etc/passwd", "etc/passwd"],
    ["C:\\boards\\a.tsx", "boards/a.tsx"],
    ["../up.tsx", "../up.tsx"],
  ])("%s becomes %s", (raw, path) => {
    expect(normalizePath(raw)).toBe(path);
  });
});

describe("findPathProblem", () => {
  it.each(["index.tsx", "lib/däta.json", "a..b/c.ts", `${"x/".repeat(255)}xx`])("allows %s", (path) => {
    expect(findPathProblem(path)).toBeNull();
  });
  it.each([
    ["", "no name"],
    ["../up.tsx", "leaves the package"],
    ["a/../../b.tsx", "leaves the package"],
    [`${"x/".repeat(256)}x`, "more than 512"],
    [`a/${"ä".repeat(128)}`, "longer than 255 bytes"],
    ["a\u2028.tsx", "unprintable"],
    ["\ud800.tsx", "unprintable"],
    ["a\u0000b.tsx", "unprintable"],
    ["a\nb.tsx", "unprintable"],
  ])("refuses %j", (path, words) => {
    expect(findPathProblem(path)).toContain(words);
  });
});

describe("isIgnoredPath", () => {
  it.each(["node_modules/a/index.js", ".git/HEAD", "a/.git/HEAD", "__MACOSX/._index.tsx", "a/.DS_Store", ".env", "conf/.env.local", "npm-debug.log"])("ignores %s", (path) => {
    expect(isIgnoredPath(path)).toBe(true);
  });
  it.each(["index.tsx", "git/HEAD", ".env.example", "node_modules.md", "logs/readme.md"])("keeps %s", (path) => {
    expect(isIgnoredPath(path)).toBe(false);
  });
});

describe("findCommonFolder", () => {
  it("finds the one folder around everything", () => {
    expect(findCommonFolder(["blinky/index.tsx", "blinky/lib/a.ts"])).toBe("blinky");
  });
  it("finds none when one file lies outside, or when there is no folder", () => {
    expect(findCommonFolder(["blinky/index.tsx", "README.md"])).toBeNull();
    expect(findCommonFolder(["blinky/a.ts", "blinky2/b.ts"])).toBeNull();
    expect(findCommonFolder(["index.tsx"])).toBeNull();
    expect(findCommonFolder([])).toBeNull();
  });
});

describe("findClash", () => {
  it("finds paths that differ in case only", () => {
    expect(findClash(["a/B.ts", "c.ts", "a/b.ts"])).toEqual(["a/B.ts", "a/b.ts"]);
    expect(findClash(["\u00e4.ts", "a\u0308.ts"])).toEqual(["\u00e4.ts", "a\u0308.ts"]);
    expect(findClash(["a/b.ts", "b/a.ts"])).toBeNull();
  });
});
