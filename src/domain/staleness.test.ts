import { describe, expect, it } from "vitest";
import type { StageInputs } from "./fingerprint";
import { explainStaleness, joinReasons } from "./staleness";

const before: StageInputs = {
  files: { "index.tsx": "aa", "old.tsx": "bb" },
  options: {},
  toolchain: { tscircuit: "0.0.1" },
  stageVersion: 1,
  needs: { transpilation: "d1" },
};

describe("explainStaleness", () => {
  it("says nothing when nothing changed", () => {
    expect(explainStaleness(before, { ...before, files: { ...before.files } })).toBeNull();
  });

  it.each<[string, Partial<StageInputs>, string]>([
    ["a changed file", { files: { "index.tsx": "ac", "old.tsx": "bb" } }, "stale because `index.tsx` changed"],
    ["files added and removed", { files: { "index.tsx": "aa", "new.tsx": "cc" } }, "stale because `new.tsx` was added and `old.tsx` was removed"],
    ["a tool's version", { toolchain: { tscircuit: "0.0.2" } }, "stale because tscircuit went from 0.0.1 to 0.0.2"],
    ["an option", { options: { entries: ["a"] } }, "stale because option `entries` was set"],
    ["the stage itself", { stageVersion: 2 }, "stale because the platform's own code for this stage was updated"],
    ["a needed stage", { needs: { transpilation: "d2" } }, "stale because Transpilation produced a different result"],
  ])("names %s", (_what, change, words) => {
    expect(explainStaleness(before, { ...before, ...change }, { transpilation: "Transpilation" })).toBe(words);
  });
});

describe("joinReasons", () => {
  it("names three and counts the rest", () => {
    expect(joinReasons(["a", "b", "c", "d"])).toBe("a, b, c and 1 more change");
    expect(joinReasons(["a", "b", "c", "d", "e"])).toBe("a, b, c and 2 more changes");
    expect(joinReasons(["a", "b", "c"])).toBe("a, b and c");
  });
});
