import { describe, expect, it } from "vitest";
import type { ArtifactView } from "~/server/api/schemas/builds";
import { groupBoards, isTextArtifact } from "./board-artifacts";

const artifact = (name: string, mediaType = "image/svg+xml"): ArtifactView => ({ name, stage: "image_generation", media_type: mediaType, size: 1, sha256: name, url: `/a/${name}` });

describe("groupBoards", () => {
  it("puts each board's files where they belong, index first", () => {
    const boards = groupBoards({
      artifacts: ["boards/board-10/pcb.svg", "boards/board-2/pcb.svg", "boards/index/pcb.svg", "boards/index/pcb.png", "boards/index/3d.glb", "boards/index/3d.png", "boards/index/bom.csv", "esm/index.js"].map((name) => artifact(name)),
    });
    expect(boards.map((board) => board.name)).toEqual(["index", "board-2", "board-10"]);
    expect(boards[0]).toMatchObject({ pcb: { name: "boards/index/pcb.svg" }, schematic: null, model: { name: "boards/index/3d.glb" }, modelPicture: { name: "boards/index/3d.png" }, bom: { name: "boards/index/bom.csv" } });
  });
  it("takes the picture where there is no drawing", () => {
    expect(groupBoards({ artifacts: [artifact("boards/a/schematic.png")] })[0]?.schematic?.name).toBe("boards/a/schematic.png");
  });
  it("has no boards for a build that made none", () => {
    expect(groupBoards({ artifacts: [artifact("esm/index.js")] })).toEqual([]);
  });
});

describe("isTextArtifact", () => {
  it("goes by type, and by name where the type says nothing", () => {
    expect(isTextArtifact(artifact("a.json", "application/json"))).toBe(true);
    expect(isTextArtifact(artifact("types/a.d.ts", "application/octet-stream"))).toBe(true);
    expect(isTextArtifact(artifact("gerbers.zip", "application/zip"))).toBe(false);
    expect(isTextArtifact(artifact("3d.glb", "model/gltf-binary"))).toBe(false);
  });
});
