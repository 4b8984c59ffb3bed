import { describe, expect, it } from "vitest";
import { listDraftChanges, listDraftFiles, setDraft } from "./draft-changes";

describe("setDraft", () => {
  it("keeps a change and forgets it when it is typed back", () => {
    const changed = setDraft({ drafts: {}, path: "index.tsx", content: "b", saved: "a" });
    expect(changed).toEqual({ "index.tsx": "b" });
    expect(setDraft({ drafts: changed, path: "index.tsx", content: "a", saved: "a" })).toEqual({});
  });
  it("keeps an empty file, and the removal of a saved one", () => {
    expect(setDraft({ drafts: {}, path: "a", content: "", saved: undefined })).toEqual({ a: "" });
    expect(setDraft({ drafts: {}, path: "a", content: null, saved: "x" })).toEqual({ a: null });
  });
  it("forgets a new file that is removed again", () => {
    expect(setDraft({ drafts: { a: "x", b: "y" }, path: "a", content: null, saved: undefined })).toEqual({ b: "y" });
  });
});

it("makes the request that saves", () => {
  expect(listDraftChanges({ drafts: { a: "1", b: null } })).toEqual({ upsert: [{ path: "a", content: "1" }], remove: ["b"] });
});

it("lists what there is and what became of it", () => {
  expect(listDraftFiles({ saved: ["b", "a"], drafts: { a: null, b: "x", c: "" } })).toEqual([
    { path: "a", change: "removed" },
    { path: "b", change: "changed" },
    { path: "c", change: "added" },
  ]);
});
