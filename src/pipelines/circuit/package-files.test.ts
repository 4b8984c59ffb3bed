import { describe, expect, it } from "vitest";
import { isAssetFile, isJsonFile, isSourceFile, moduleOf } from "./package-files";

describe("what the circuit pipeline reads", () => {
  it.each(["index.tsx", "lib/a.ts", "lib/b.jsx", "c.js", "types.d.ts"])("%s is a source file", (path) => expect(isSourceFile(path)).toBe(true));
  it.each(["node_modules/a/index.js", "dist/index.js", ".git/hooks/a.js", "lib/.cache/a.ts", "a.test.tsx", "lib/b.spec.ts", "README.md", "a.tsx.bak"])("%s is none", (path) =>
    expect(isSourceFile(path)).toBe(false),
  );
  it("tells JSON and assets, ignored folders aside", () => {
    expect([isJsonFile("a/b.json"), isJsonFile("node_modules/b.json"), isAssetFile("x.KICAD_MOD"), isAssetFile("m.glb"), isAssetFile("dist/m.glb")]).toEqual([true, false, true, true, false]);
  });
  it("knows the module a source becomes", () => expect(moduleOf("lib/a.board.tsx")).toBe("lib/a.board.js"));
});
