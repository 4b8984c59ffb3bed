import { describe, expect, it } from "vitest";
import { createTextFile } from "../_intake/intake-file";
import { changeDraft, findFreePath, startDraft, type Draft, type DraftAction } from "./draft";

const file = (path: string, text = "") => createTextFile({ path, text });
const add = (...files: ReturnType<typeof file>[]): DraftAction => ({ type: "add", files, refused: [], ignored: 0, folder: "my-folder" });
const play = (...actions: DraftAction[]): Draft => actions.reduce(changeDraft, startDraft({ name: "" }));

describe("changeDraft", () => {
  it("sorts what comes in, opens the board and takes the names that the files suggest", () => {
    const draft = play(add(file("package.json", '{"name":"blinky","version":"1.2.0"}'), file("lib/a.ts"), file("index.tsx")));
    expect(draft.files.map((each) => each.path)).toEqual(["index.tsx", "lib/a.ts", "package.json"]);
    expect(draft).toMatchObject({ active: "index.tsx", name: "blinky", version: "1.2.0" });
  });

  it("keeps names that were typed", () => {
    const draft = play({ type: "name", name: "mine" }, { type: "version", version: "3.0.0" }, add(file("package.json", '{"name":"blinky","version":"1.2.0"}')));
    expect(draft).toMatchObject({ name: "mine", version: "3.0.0" });
  });

  it("replaces a file that comes again and stays where one was", () => {
    const draft = play(add(file("a.ts", "old"), file("b.ts")), { type: "open", path: "b.ts" }, add(file("a.ts", "new")));
    expect(draft.files.map((each) => each.text)).toEqual(["new", ""]);
    expect(draft.active).toBe("b.ts");
  });

  it("edits the bytes along with the text", () => {
    const draft = play(add(file("index.tsx")), { type: "edit", path: "index.tsx", text: "ä" });
    expect(draft.files[0]).toMatchObject({ text: "ä", bytes: new Uint8Array([0xc3, 0xa4]) });
  });

  it("follows a rename, and opens another file when the open one goes", () => {
    const draft = play(add(file("a.ts"), file("b.ts")), { type: "open", path: "a.ts" }, { type: "rename", path: "a.ts", to: "z.ts" });
    expect(draft.active).toBe("z.ts");
    expect(changeDraft(draft, { type: "remove", path: "z.ts" })).toMatchObject({ active: "b.ts" });
  });

  it("is empty again after a clear, but keeps the name", () => {
    expect(play(add(file("index.tsx")), { type: "clear" })).toMatchObject({ files: [], active: null, name: "my-folder" });
  });
});

describe("findFreePath", () => {
  it("counts on from a name that is taken", () => {
    expect(findFreePath({ files: [file("Part.tsx"), file("part-2.tsx")], wanted: "part.tsx" })).toBe("part-3.tsx");
    expect(findFreePath({ files: [], wanted: "index.tsx" })).toBe("index.tsx");
  });
});
