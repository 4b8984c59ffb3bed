/** What files a release may have. Every problem names its field and the fix. */
import { AppError, type FieldProblem } from "~/domain/errors";
import { CONTROL_CHARACTERS, foldPath, MAX_FILES, MAX_NAME_BYTES, MAX_PATH_LENGTH, MAX_TOTAL_BYTES } from "~/domain/release-files";
import type { FileInput } from "../../api/schemas/packages";

const MAX_PROBLEMS = 50;

export interface NewFile {
  path: string;
  content: Uint8Array;
}

/** The problem with a path on its own, as a sentence with the fix, or null. */
export function describePathProblem(path: string): string | null {
  if (path.length === 0) return "must not be empty. Send a relative path such as src/index.tsx.";
  if (path.length > MAX_PATH_LENGTH) return `must have at most ${MAX_PATH_LENGTH} characters. Shorten the folders' names.`;
  if (!path.isWellFormed()) return "is not valid Unicode. Rename the file.";
  if (CONTROL_CHARACTERS.test(path)) return "must have no NUL or other control characters. Rename the file.";
  if (path.includes("\\")) return "must have no backslash. Separate folders with /.";
  if (path.startsWith("/") || /^[a-z]:/i.test(path)) return "must be relative to the package. Leave out the leading / or drive.";
  if (path.endsWith("/")) return "must name a file, not a folder. Leave out the trailing /.";
  for (const segment of path.split("/")) {
    if (segment === "..") return "must not contain `..`: files stay inside the package. Remove it.";
    if (segment === ".") return "must not contain `.` as a folder. Remove it.";
    if (segment === "") return "must not contain an empty folder name (//). Remove the extra /.";
    if (Buffer.byteLength(segment) > MAX_NAME_BYTES) return `has a name longer than ${MAX_NAME_BYTES} bytes. Shorten it.`;
  }
  return null;
}

/** Decodes what was sent and checks every path on its own. `field` is the list's name in the request. */
export function decodeFiles(options: { files: readonly FileInput[]; field: string }): NewFile[] {
  const { files, field } = options;
  const problems = files.flatMap((file, index) => {
    const message = describePathProblem(file.path);
    return message === null ? [] : [{ path: `${field}.${index}.path`, message }];
  });
  problems.push(...findClashes({ paths: files.map((file) => file.path), field }));
  refuse(problems);
  return files.map((file) => ({
    path: file.path,
    content: "content" in file ? Buffer.from(file.content, "utf8") : Buffer.from(file.content_base64, "base64"),
  }));
}

/** Paths that name one file on some systems (case, Unicode form), and a file that is also a folder. */
export function findClashes(options: { paths: readonly string[]; field: string }): FieldProblem[] {
  const { paths, field } = options;
  const seen = new Map<string, string>();
  const problems: FieldProblem[] = [];
  paths.forEach((path, index) => {
    const key = foldPath(path);
    const other = seen.get(key);
    if (other === undefined) seen.set(key, path);
    else {
      const why = other === path ? "is sent twice" : `differs from \`${other}\` only in case or Unicode form, which some systems can't tell apart`;
      problems.push({ path: `${field}.${index}.path`, message: `${why}. Keep one of them.` });
    }
  });
  paths.forEach((path, index) => {
    const parts = foldPath(path).split("/");
    for (let length = 1; length < parts.length; length += 1) {
      const file = seen.get(parts.slice(0, length).join("/"));
      if (file === undefined) continue;
      problems.push({ path: `${field}.${index}.path`, message: `needs a folder where \`${file}\` is a file. Rename one of them.` });
      break;
    }
  });
  return problems;
}

/** Throws `validation_failed` for too many files and `payload_too_large` for too many bytes in total. */
export function checkTotals(options: { sizes: readonly number[]; field: string }): void {
  const { sizes, field } = options;
  if (sizes.length > MAX_FILES) {
    refuse([{ path: field, message: `has ${sizes.length.toLocaleString("en")} files; a release may have ${MAX_FILES.toLocaleString("en")}. Leave out what the build does not need, such as node_modules.` }]);
  }
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total > MAX_TOTAL_BYTES) {
    const message = `has ${(Math.ceil((total / MAX_TOTAL_BYTES) * 500) / 10).toFixed(1)} MB in total; a release may have 50 MB. Leave out what the build does not need.`;
    throw new AppError("payload_too_large", { userMessage: `${field} ${message}`, fields: [{ path: field, message }] });
  }
}

export function refuse(problems: readonly FieldProblem[]): void {
  const first = problems[0];
  if (first === undefined) return;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : "";
  throw new AppError("validation_failed", { userMessage: `${first.path} ${first.message}${more}`, fields: problems.slice(0, MAX_PROBLEMS) });
}
