import { describe, expect, it } from "vitest";
import { checkRelease, hasProblems, suggestNames, toPackageName } from "./check-release";
import { encodeFiles } from "./encode-files";
import { createIntakeFile, createTextFile } from "./intake-file";

const board = createTextFile({ path: "index.tsx", text: "export default () => <board />" });
const good = { kind: "circuit" as const, name: "blinky", version: "", files: [board] };

describe("checkRelease", () => {
  it("has nothing against a plain release", () => {
    expect(hasProblems(checkRelease(good))).toBe(false);
    expect(hasProblems(checkRelease({ ...good, version: "1.2.3-rc.1" }))).toBe(false);
  });

  it.each(["", "Blinky", "-a", "a b", "x".repeat(101)])("refuses the name %j", (name) => {
    expect(checkRelease({ ...good, name }).name).not.toBeNull();
  });

  it.each(["1", "v1.0.0", "1.0", "1.0.0 ", "latest"])("refuses the version %j", (version) => {
    expect(checkRelease({ ...good, version }).version).toContain("semantic version");
  });

  it("wants files, and a board among them", () => {
    expect(checkRelease({ ...good, files: [] }).files[0]?.message).toContain("at least one file");
    expect(checkRelease({ ...good, files: [createTextFile({ path: "lib/part.tsx", text: "" })] }).files[0]?.message).toContain("no board");
  });

  it.each(["index.ts", "src/index.tsx", "led.circuit.tsx", "boards/a.board.tsx", "tscircuit.config.json"])("takes %s for a board", (path) => {
    expect(checkRelease({ ...good, files: [createTextFile({ path, text: "" })] }).files).toEqual([]);
  });

  it("wants Solidity for a contract", () => {
    expect(checkRelease({ ...good, kind: "contract" }).files[0]?.message).toContain(".sol");
    expect(checkRelease({ ...good, kind: "contract", files: [createTextFile({ path: "contracts/Box.sol", text: "" })] }).files).toEqual([]);
  });

  it("finds files that are one on another disk, and two with one path", () => {
    const files = (...paths: string[]) => [board, ...paths.map((path) => createTextFile({ path, text: "" }))];
    expect(checkRelease({ ...good, files: files("Led.tsx", "led.tsx") }).files[0]).toMatchObject({ path: "led.tsx", message: expect.stringContaining("upper and lower case") });
    expect(checkRelease({ ...good, files: files("a.tsx", "a.tsx") }).files[0]).toMatchObject({ path: "a.tsx", message: expect.stringContaining("Two files") });
    expect(checkRelease({ ...good, files: files("../a.tsx") }).files[0]).toMatchObject({ path: "../a.tsx" });
  });
});

describe("suggestNames", () => {
  const manifest = (text: string) => [createTextFile({ path: "package.json", text })];
  it("reads the package's own name and version", () => {
    expect(suggestNames({ files: manifest('{"name":"@ada/blinky","version":"1.4.0"}'), folder: "x" })).toEqual({ name: "blinky", version: "1.4.0" });
  });
  it("falls back to the folder, and ignores a broken or odd manifest", () => {
    expect(suggestNames({ files: manifest("{"), folder: "My Board!" })).toEqual({ name: "my-board", version: null });
    expect(suggestNames({ files: manifest('{"name":7,"version":"one"}'), folder: null })).toEqual({ name: null, version: null });
    expect(suggestNames({ files: [], folder: "blinky" })).toEqual({ name: "blinky", version: null });
  });
});

describe("toPackageName", () => {
  it.each([["Blinky Board", "blinky-board"], ["__x", "x"], ["a.-", "a"], ["ö", null], ["", null]])("%j → %j", (text, name) => {
    expect(toPackageName(text)).toBe(name);
  });
});

describe("encodeFiles", () => {
  it("sends text as text and all else in base64, whole", () => {
    const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index % 256);
    const [text, binary] = encodeFiles({ files: [board, createIntakeFile({ path: "a.bin", bytes })] });
    expect(text).toEqual({ path: "index.tsx", content: board.text });
    expect(binary).toEqual({ path: "a.bin", content_base64: Buffer.from(bytes).toString("base64") });
  });
});
