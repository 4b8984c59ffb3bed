import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffLines } from "./diff-lines";

const show = (options: Parameters<typeof diffLines>[0]) => diffLines(options).hunks.map((hunk) => hunk.map((line) => `${line.kind === "same" ? " " : line.kind === "added" ? "+" : "-"}${line.text}`));

describe("diffLines", () => {
  it("has no hunks for equal texts", () => {
    expect(diffLines({ before: "a\nb\n", after: "a\nb\n" })).toEqual({ hunks: [], added: 0, removed: 0 });
    expect(diffLines({ before: "", after: "" }).hunks).toEqual([]);
  });

  it("shows a change with the lines around it", () => {
    expect(show({ before: "1\n2\n3\n4\n5\n6\n7\n8\n9", after: "1\n2\n3\n4\nfive\n6\n7\n8\n9", context: 2 })).toEqual([[" 3", " 4", "-5", "+five", " 6", " 7"]]);
  });

  it("keeps changes that are far apart in hunks of their own, and near ones together", () => {
    expect(show({ before: "a\n1\n2\n3\n4\n5\nb", after: "A\n1\n2\n3\n4\n5\nB", context: 1 })).toEqual([["-a", "+A", " 1"], [" 5", "-b", "+B"]]);
    expect(show({ before: "a\n1\nb", after: "A\n1\nB", context: 1 })).toEqual([["-a", "+A", " 1", "-b", "+B"]]);
  });

  it("numbers the lines of both texts", () => {
    const [hunk = []] = diffLines({ before: "a\nc", after: "a\nb\nc" }).hunks;
    expect(hunk.map(({ before, after }) => [before, after])).toEqual([[1, 1], [null, 2], [2, 3]]);
  });

  it("leads from either text to the other, whatever they are", () => {
    const text = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 24 }).map((lines) => lines.map((line) => `${line}\n`).join(""));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const { hunks, added, removed } = diffLines({ before, after, context: 1_000 });
        const lines = hunks.flat();
        const side = (kind: string) => lines.filter((line) => line.kind === "same" || line.kind === kind).map((line) => `${line.text}\n`).join("");
        if (before === after) return lines.length === 0;
        return side("removed") === before && side("added") === after && added + removed > 0;
      }),
    );
  });
});
