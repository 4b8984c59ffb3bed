/** The release as it is being put together: files that came in, were pasted, edited, renamed or taken out again. */
import { suggestNames } from "../_intake/check-release";
import { createTextFile, type IntakeFile, type IntakeProblem } from "../_intake/intake-file";

export interface Draft {
  files: readonly IntakeFile[];
  /** Path of the file that the editor shows. */
  active: string | null;
  name: string;
  version: string;
  /** Names that a person typed are not overwritten by what the files suggest. */
  nameIsOwn: boolean;
  versionIsOwn: boolean;
  /** What did not come in, from the last drop. */
  refused: readonly IntakeProblem[];
  ignored: number;
}

export type DraftAction =
  | { type: "add"; files: readonly IntakeFile[]; refused: readonly IntakeProblem[]; ignored: number; folder: string | null }
  | { type: "edit"; path: string; text: string }
  | { type: "rename"; path: string; to: string }
  | { type: "remove"; path: string }
  | { type: "open"; path: string }
  | { type: "name"; name: string }
  | { type: "version"; version: string }
  | { type: "clear" };

export function startDraft({ name }: { name: string }): Draft {
  return { files: [], active: null, name, version: "", nameIsOwn: name !== "", versionIsOwn: false, refused: [], ignored: 0 };
}

/** What one opens first: the board, else the first text. */
function chooseActive(files: readonly IntakeFile[]): string | null {
  const texts = files.filter((file) => file.text !== null);
  return (texts.find((file) => /(?:^|\/)index\.[jt]sx?$|\.(?:circuit|board)\.tsx$/.test(file.path)) ?? texts[0] ?? files[0])?.path ?? null;
}

function sortFiles(files: readonly IntakeFile[]): IntakeFile[] {
  return files.toSorted((a, b) => a.path.localeCompare(b.path, "en"));
}

export function changeDraft(draft: Draft, action: DraftAction): Draft {
  switch (action.type) {
    case "add": {
      const added = new Set(action.files.map((file) => file.path));
      const files = sortFiles([...draft.files.filter((file) => !added.has(file.path)), ...action.files]);
      const suggested = suggestNames({ files, folder: action.folder });
      return {
        ...draft,
        files,
        active: files.some((file) => file.path === draft.active) ? draft.active : chooseActive(files),
        name: draft.nameIsOwn ? draft.name : (suggested.name ?? draft.name),
        version: draft.versionIsOwn ? draft.version : (suggested.version ?? draft.version),
        refused: action.refused,
        ignored: action.ignored,
      };
    }
    case "edit":
      return { ...draft, files: draft.files.map((file) => (file.path === action.path ? createTextFile({ path: file.path, text: action.text }) : file)) };
    case "rename":
      return {
        ...draft,
        files: draft.files.map((file) => (file.path === action.path ? { ...file, path: action.to } : file)),
        active: draft.active === action.path ? action.to : draft.active,
      };
    case "remove": {
      const files = draft.files.filter((file) => file.path !== action.path);
      return { ...draft, files, active: draft.active === action.path ? chooseActive(files) : draft.active };
    }
    case "open":
      return { ...draft, active: action.path };
    case "name":
      return { ...draft, name: action.name, nameIsOwn: action.name !== "" };
    case "version":
      return { ...draft, version: action.version, versionIsOwn: action.version !== "" };
    case "clear":
      return { ...draft, files: [], active: null, refused: [], ignored: 0 };
  }
}

/** A name for one more file that no other has: `part.tsx`, `part-2.tsx`, … */
export function findFreePath({ files, wanted }: { files: readonly IntakeFile[]; wanted: string }): string {
  const taken = new Set(files.map((file) => file.path.toLowerCase()));
  if (!taken.has(wanted.toLowerCase())) return wanted;
  const dot = wanted.indexOf(".");
  for (let number = 2; ; number += 1) {
    const path = `${wanted.slice(0, dot)}-${number}${wanted.slice(dot)}`;
    if (!taken.has(path)) return path;
  }
}
