import { MAX_FILES, MAX_TOTAL_BYTES } from "~/domain/release-files";
import { createIntakeFile, describeTooLarge, describeTooMany, type IntakeFile, type IntakeProblem, type IntakeResult } from "./intake-file";
import { findCommonFolder, findPathProblem, isIgnoredPath, normalizePath } from "./path-rules";
import { isZip, readZip } from "./read-zip";

/** A file as a browser hands it over: dropped, picked or out of a folder. */
export interface OfferedFile {
  path: string;
  size: number;
  read: () => Promise<Uint8Array>;
}

/**
 * Reads what was dropped or picked. One zip alone is opened; a folder around everything is dropped from the paths. Never
 * throws for what is in the files: what can't go in is told in `problems`.
 */
export async function collectFiles({ offered }: { offered: readonly OfferedFile[] }): Promise<IntakeResult & { folder: string | null }> {
  const [only] = offered;
  if (only !== undefined && offered.length === 1 && /\.zip$/i.test(only.path)) {
    const bytes = await readChecked(only);
    if (bytes !== null && isZip({ bytes })) {
      const zip = readZip({ bytes });
      const folder = findCommonFolder(zip.files.map((file) => file.path)) ?? only.path.replace(/^.*\//, "").replace(/\.zip$/i, "");
      return { ...zip, files: dropFolder(zip.files), folder };
    }
    const message = bytes === null ? describeTooLarge(only.size) : "This is not a zip file, or it is damaged. Pack it again.";
    return { files: [], problems: [{ path: only.path, message }], ignored: 0, folder: null };
  }

  const problems: IntakeProblem[] = [];
  const wanted: OfferedFile[] = [];
  let ignored = 0;
  for (const each of offered) {
    const path = normalizePath(each.path);
    const problem = findPathProblem(path);
    if (isIgnoredPath(path)) ignored += 1;
    else if (problem !== null) problems.push({ path: each.path, message: problem });
    else wanted.push({ ...each, path });
  }
  const total = wanted.reduce((sum, each) => sum + each.size, 0);
  if (wanted.length > MAX_FILES) return { files: [], problems: [{ path: "", message: describeTooMany(wanted.length) }], ignored, folder: null };
  if (total > MAX_TOTAL_BYTES) return { files: [], problems: [{ path: "", message: describeTooLarge(total) }], ignored, folder: null };
  const files = await Promise.all(wanted.map(async ({ path, read }) => createIntakeFile({ path, bytes: await read() })));
  return { files: dropFolder(files), problems, ignored, folder: findCommonFolder(files.map((file) => file.path)) };
}

async function readChecked(file: OfferedFile): Promise<Uint8Array | null> {
  return file.size > MAX_TOTAL_BYTES ? null : file.read();
}

function dropFolder(files: readonly IntakeFile[]): IntakeFile[] {
  const folder = findCommonFolder(files.map((file) => file.path));
  return folder === null ? [...files] : files.map((file) => ({ ...file, path: file.path.slice(folder.length + 1) }));
}
