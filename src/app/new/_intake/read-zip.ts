import { unzipSync } from "fflate";
import { MAX_FILES, MAX_TOTAL_BYTES } from "~/domain/release-files";
import { createIntakeFile, describeTooLarge, describeTooMany, type IntakeProblem, type IntakeResult } from "./intake-file";
import { findPathProblem, isIgnoredPath, normalizePath } from "./path-rules";

/** By its first bytes: a local file header, or the end record of an empty one. */
export function isZip({ bytes }: { bytes: Uint8Array }): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && ((bytes[2] === 0x03 && bytes[3] === 0x04) || (bytes[2] === 0x05 && bytes[3] === 0x06));
}

/**
 * Opens a zip in memory. Sizes are taken from the directory before anything is inflated, so that a small file that
 * unfolds to gigabytes is refused at once.
 */
export function readZip({ bytes }: { bytes: Uint8Array }): IntakeResult {
  const problems: IntakeProblem[] = [];
  let ignored = 0;
  let total = 0;
  let count = 0;
  try {
    const entries = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (name.endsWith("/")) return false;
        const path = normalizePath(name);
        if (isIgnoredPath(path)) {
          ignored += 1;
          return false;
        }
        const problem = findPathProblem(path);
        if (problem !== null) {
          problems.push({ path: name, message: problem });
          return false;
        }
        count += 1;
        total += originalSize;
        return count <= MAX_FILES && total <= MAX_TOTAL_BYTES;
      },
    });
    if (count > MAX_FILES) return { files: [], problems: [{ path: "", message: describeTooMany(count) }], ignored };
    if (total > MAX_TOTAL_BYTES) return { files: [], problems: [{ path: "", message: describeTooLarge(total) }], ignored };
    const files = Object.entries(entries).map(([name, content]) => createIntakeFile({ path: normalizePath(name), bytes: content }));
    return { files, problems, ignored };
  } catch {
    return { files: [], problems: [{ path: "", message: "The zip can't be opened: it is damaged, encrypted, or packed in a way browsers don't know. Pack it again as a plain zip." }], ignored };
  }
}
