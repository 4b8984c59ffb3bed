import { CONTROL_CHARACTERS, foldPath, MAX_NAME_BYTES, MAX_PATH_LENGTH } from "~/domain/release-files";

/** Folders and files that belong to a computer, not to a release. `.env` files are left out lest a secret travels. */
const IGNORED_FOLDERS = new Set([".git", ".hg", ".svn", "node_modules", "__MACOSX", ".next", ".turbo", ".cache", ".idea", ".vscode", "__pycache__", ".venv"]);
const IGNORED_FILES = /^(?:\.DS_Store|Thumbs\.db|desktop\.ini|\.env(?:\..+)?|.*\.log)$/i;

/** A path with `/` between its parts and nothing in front: `.\src\a.tsx` → `src/a.tsx`. */
export function normalizePath(raw: string): string {
  return raw
    .replaceAll("\\", "/")
    .replace(/^[a-z]:\//i, "")
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .join("/");
}

export function isIgnoredPath(path: string): boolean {
  const parts = path.split("/");
  const name = parts.at(-1) ?? "";
  return parts.slice(0, -1).some((part) => IGNORED_FOLDERS.has(part)) || (IGNORED_FILES.test(name) && name !== ".env.example");
}

/** What is wrong with a normalized path and how to mend it; null when it may go into a release. */
export function findPathProblem(path: string): string | null {
  if (path === "") return "The file has no name. Give it one, such as index.tsx.";
  if (path.split("/").includes("..")) return "The path leaves the package with “..”. Keep every file inside the package's folder.";
  if (path.length > MAX_PATH_LENGTH) return `The path has more than ${MAX_PATH_LENGTH} characters. Shorten the folders' names.`;
  if (CONTROL_CHARACTERS.test(path) || !path.isWellFormed()) return "The path has an unprintable character. Rename the file.";
  const longest = Math.max(...path.split("/").map((part) => new TextEncoder().encode(part).byteLength));
  if (longest > MAX_NAME_BYTES) return `A name in the path is longer than ${MAX_NAME_BYTES} bytes. Shorten it.`;
  return null;
}

/** The folder that all paths share and that is worth dropping: `blinky/index.tsx, blinky/lib/a.ts` → `blinky`. Null: none. */
export function findCommonFolder(paths: readonly string[]): string | null {
  const first = paths[0]?.split("/")[0];
  if (first === undefined) return null;
  return paths.every((path) => path.startsWith(`${first}/`)) ? first : null;
}

/** Two paths that would be one file on a disk that ignores case or Unicode form; null when there are none. */
export function findClash(paths: readonly string[]): [string, string] | null {
  const seen = new Map<string, string>();
  for (const path of paths) {
    const other = seen.get(foldPath(path));
    if (other !== undefined && other !== path) return [other, path];
    seen.set(foldPath(path), path);
  }
  return null;
}
