import { describe, expect, it } from "vitest";
import { formatLineAnchor, parseLineAnchor } from "./line-anchor";

describe("line anchors", () => {
  it("come back as they went", () => {
    for (const anchor of [
      { stage: "circuit_json_build", from: 12, to: 12 },
      { stage: "transpilation", from: 3, to: 40 },
    ])
      expect(parseLineAnchor({ hash: formatLineAnchor(anchor) })).toEqual(anchor);
    expect(formatLineAnchor({ stage: "transpilation", from: 3, to: 3 })).toBe("#transpilation-L3");
  });

  it("turn a backward range round", () => {
    expect(parseLineAnchor({ hash: "#build-L9-L4" })).toEqual({ stage: "build", from: 4, to: 9 });
  });

  it("are null for anything else", () => {
    for (const hash of ["", "#", "#files", "#build-L", "#build-L0", "#build-L1x", "#Build-L1", "#build-L1-L0", "#build-L9999999999"]) expect(parseLineAnchor({ hash })).toBeNull();
  });
});
