import { describe, expect, it } from "vitest";
import { applyFixes } from "./apply-fixes";
import type { Fix, MergedFinding } from "./merge-findings";

const TEXT = "send(a); call(b); // é";
const source = { path: "A.sol", size: 0, sha256: "", read: async () => new TextEncoder().encode(TEXT) };

function finding(id: string, fix: Fix | null): MergedFinding {
  return { id, rule: "unchecked-send", severity: "high", confidence: "high", title: "", message: "", advice: "", file: "A.sol", line: 1, end_line: 1, column: 1, excerpt: "", analyzers: ["slipway"], scope: "A.f", fix };
}

const edit = (start: number, end: number, text: string, file = "A.sol") => ({ file, start, end, text });

async function textAfter(findings: MergedFinding[]) {
  const fixed = await applyFixes({ sources: [source], findings });
  return fixed === null ? null : { text: new TextDecoder().decode(await fixed.sources[0]?.read()), ids: fixed.fixes.map((fix) => fix.finding) };
}

describe("applyFixes", () => {
  it("answers null when nothing can be mended", async () => {
    expect(await textAfter([finding("a", null)])).toBeNull();
  });

  it("applies edits in the order of their places, whatever the order of the findings", async () => {
    const answer = await textAfter([finding("a", { title: "", edits: [edit(9, 16, "CALL")] }), finding("b", { title: "", edits: [edit(0, 7, "SEND")] })]);
    expect(answer).toEqual({ text: "SEND; CALL; // é", ids: ["a", "b"] });
  });

  it("does once what two fixes want alike, such as an import", async () => {
    const answer = await textAfter([finding("a", { title: "", edits: [edit(0, 0, "import;"), edit(4, 4, "X")] }), finding("b", { title: "", edits: [edit(0, 0, "import;"), edit(13, 13, "Y")] })]);
    expect(answer?.text).toBe("import;sendX(a); callY(b); // é");
  });

  it("takes the first of two that overlap", async () => {
    expect(await textAfter([finding("a", { title: "", edits: [edit(0, 7, "ONE")] }), finding("b", { title: "", edits: [edit(5, 9, "TWO")] })])).toEqual({ text: "ONE; call(b); // é", ids: ["a"] });
  });

  it("leaves other files as they are", async () => {
    const other = { ...source, path: "B.sol" };
    const fixed = await applyFixes({ sources: [source, other], findings: [finding("a", { title: "", edits: [edit(0, 4, "SEND")] })] });
    expect(fixed?.sources[1]).toBe(other);
    expect(fixed?.sources[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it("throws for an edit outside of the file: the runner that gave it is wrong", async () => {
    await expect(applyFixes({ sources: [source], findings: [finding("a", { title: "", edits: [edit(0, 999, "x")] })] })).rejects.toThrow("outside");
  });
});
