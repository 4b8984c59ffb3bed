import { describe, expect, it } from "vitest";
import type { ArtifactView } from "~/server/api/schemas/builds";
import { groupContractArtifacts } from "./contract-artifacts";

const make = (name: string, sha256 = name): ArtifactView => ({ name, stage: "x", media_type: "text/plain", size: 1, sha256, url: `/${name}` });

describe("groupContractArtifacts", () => {
  it("pairs what was written with what passed the audit, and tells which files were mended", () => {
    const { sources } = groupContractArtifacts({
      artifacts: [make("contracts/B.sol", "b1"), make("contracts/A.sol", "a1"), make("final/source/A.sol", "a1"), make("final/source/B.sol", "b2"), make("contracts/lib/C.sol", "c1")],
    });
    expect(sources.map(({ path, mended }) => [path, mended])).toEqual([["A.sol", false], ["B.sol", true], ["lib/C.sol", false]]);
    expect(sources.some(({ refused }) => refused)).toBe(false);
    expect(sources[2]?.final).toBeNull();
  });

  it("shows what was mended and did not pass beside what was written", () => {
    const { sources } = groupContractArtifacts({ artifacts: [make("contracts/A.sol", "a1"), make("contracts/B.sol", "b1"), make("mended/source/B.sol", "b2")] });
    expect(sources.map(({ path, mended, refused }) => [path, mended, refused])).toEqual([["A.sol", false, false], ["B.sol", true, true]]);
  });

  it("finds the rest by name", () => {
    const found = groupContractArtifacts({ artifacts: [make("abi/Kit.json"), make("abi/Base.json"), make("compiled.json"), make("audit.json"), make("bytecode/Kit.json")] });
    expect(found.abis.map(({ contract }) => contract)).toEqual(["Base", "Kit"]);
    expect([found.compiled?.name, found.audit?.name, found.deployable]).toEqual(["compiled.json", "audit.json", null]);
    expect(found.sources).toEqual([]);
  });
});
