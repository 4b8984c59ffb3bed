import { describe, expect, it } from "vitest";
import { findBoards, readMainEntry } from "./find-boards";

const find = (modules: string[], configured: string[] | null = null, sources: string[] = modules.map((module) => module.replace(/\.js$/, ".tsx"))) =>
  findBoards({ modules, sources, configured });

describe("findBoards", () => {
  it("takes the index and every file named as a board, and calls them by their source", () => {
    expect(find(["index.js", "lib/part.js", "power.board.js", "usb.circuit.js"])).toEqual({
      boards: [
        { name: "index", entry: "index.tsx", module: "index.js", explicit: false },
        { name: "power", entry: "power.board.tsx", module: "power.board.js", explicit: true },
        { name: "usb", entry: "usb.circuit.tsx", module: "usb.circuit.js", explicit: true },
      ],
    });
  });

  it("prefers the index at the root, then lib, then src", () => {
    expect(find(["lib/index.js", "src/index.js"])).toMatchObject({ boards: [{ entry: "lib/index.tsx" }] });
    expect(find(["index.js", "lib/index.js"])).toMatchObject({ boards: [{ entry: "index.tsx" }] });
  });

  it("gives boards of the same file name the names of their folders", () => {
    const found = find(["left/main.board.js", "right/main.board.js", "a b!.board.js"]);
    expect("boards" in found && found.boards.map((board) => board.name)).toEqual(["left-main", "right-main", "a-b"]);
  });

  it("keeps names unique when cleaning makes them equal", () => {
    const found = find(["a/b.board.js", "a-b.board.js", "c/b.board.js"]);
    expect("boards" in found && found.boards.map((board) => board.name)).toEqual(["a-b", "a-b-2", "c-b"]);
  });

  it("builds the configured entries alone", () => {
    expect(find(["index.js", "boards/main.js"], ["./boards/main.tsx"])).toEqual({
      boards: [{ name: "main", entry: "boards/main.tsx", module: "boards/main.js", explicit: true }],
    });
  });

  it("names a configured entry that does not exist", () => {
    expect(find(["index.js"], ["main.tsx"])).toEqual({ problem: expect.stringContaining('"main.tsx"') });
  });

  it("says what makes a board when there is none", () => {
    expect(find(["lib/part.js"])).toEqual({ problem: expect.stringContaining("index.tsx") });
  });
});

describe("readMainEntry", () => {
  it("reads the entry as data", () => {
    expect(readMainEntry('{"mainEntrypoint": "a.tsx", "buildCommand": "rm -rf /"}')).toEqual({ entry: "a.tsx" });
    expect(readMainEntry("{}")).toEqual({ entry: null });
  });

  it("says what is wrong with the file", () => {
    expect(readMainEntry("{")).toEqual({ problem: expect.stringContaining("not valid JSON") });
    expect(readMainEntry('{"mainEntrypoint": 3}')).toEqual({ problem: expect.stringContaining("mainEntrypoint") });
  });
});
