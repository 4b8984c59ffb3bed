/** What a reader has changed in a release's files and not saved: text for a path, or null where it is to be removed. */
export type Drafts = Readonly<Record<string, string | null>>;

export interface DraftChanges {
  upsert: { path: string; content: string }[];
  remove: string[];
}

/** Drafts with one more; a draft that says what is saved already is none. `saved` is undefined for a file that is new. */
export function setDraft({ drafts, path, content, saved }: { drafts: Drafts; path: string; content: string | null; saved: string | undefined }): Drafts {
  const { [path]: _before, ...others } = drafts;
  const unchanged = content === null ? saved === undefined : content === saved;
  return unchanged ? others : { ...others, [path]: content };
}

/** The request that saves the drafts. */
export function listDraftChanges({ drafts }: { drafts: Drafts }): DraftChanges {
  const upsert: DraftChanges["upsert"] = [];
  const remove: string[] = [];
  for (const [path, content] of Object.entries(drafts)) {
    if (content === null) remove.push(path);
    else upsert.push({ path, content });
  }
  return { upsert, remove };
}

/** Every path to show, with what became of it, by name. */
export function listDraftFiles({ saved, drafts }: { saved: readonly string[]; drafts: Drafts }): { path: string; change: "added" | "changed" | "removed" | null }[] {
  const known = new Set(saved);
  return [...new Set([...saved, ...Object.keys(drafts)])]
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true }))
    .map((path) => {
      const draft = drafts[path];
      if (draft === undefined) return { path, change: null };
      if (draft === null) return { path, change: "removed" };
      return { path, change: known.has(path) ? "changed" : "added" };
    });
}
