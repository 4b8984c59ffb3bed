import { describe, expect, it } from "vitest";
import { canonicalJson, computeFingerprint, computeOutputDigest, type StageInputs } from "./fingerprint";

const inputs: StageInputs = {
  files: { "index.tsx": "aa", "lib/led.tsx": "bb" },
  options: { entries: ["index.tsx"] },
  toolchain: { tscircuit: "0.0.1" },
  stageVersion: 1,
  needs: {},
};

describe("computeFingerprint", () => {
  it("does not depend on the order in which keys were written", () => {
    const reordered: StageInputs = { ...inputs, files: { "lib/led.tsx": "bb", "index.tsx": "aa" } };
    expect(computeFingerprint(reordered)).toBe(computeFingerprint(inputs));
  });

  it.each<[string, StageInputs]>([
    ["a file's content", { ...inputs, files: { ...inputs.files, "index.tsx": "ab" } }],
    ["a file's name", { ...inputs, files: { "main.tsx": "aa", "lib/led.tsx": "bb" } }],
    ["an option", { ...inputs, options: { entries: [] } }],
    ["a tool's version", { ...inputs, toolchain: { tscircuit: "0.0.2" } }],
    ["the stage's version", { ...inputs, stageVersion: 2 }],
    ["what a needed stage made", { ...inputs, needs: { transpilation: "cc" } }],
  ])("changes with %s", (_what, changed) => {
    expect(computeFingerprint(changed)).not.toBe(computeFingerprint(inputs));
  });
});

describe("canonicalJson", () => {
  it("keeps array order, drops undefined members and sorts keys at every depth", () => {
    expect(canonicalJson({ b: [2, 1], a: { d: undefined, c: null } })).toBe('{"a":{"c":null},"b":[2,1]}');
  });
});

describe("computeOutputDigest", () => {
  const first = { name: "a", mediaType: "text/plain", sha256: "11" };
  const second = { name: "b", mediaType: "text/plain", sha256: "22" };

  it("ignores order and sees contents", () => {
    expect(computeOutputDigest([first, second])).toBe(computeOutputDigest([second, first]));
    expect(computeOutputDigest([first, { ...second, sha256: "33" }])).not.toBe(computeOutputDigest([first, second]));
  });
});
