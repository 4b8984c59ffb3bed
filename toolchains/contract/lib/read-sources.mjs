/** The sources of a job as text. Places and edits count in it, also in the worker, which reads the same bytes in the same way. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { listFiles } from "../../runner/job-files.mjs";

/** Without the mark that some editors begin a file with, which the compiler takes for an error; bytes that are no UTF-8 become U+FFFD. */
const decoder = new TextDecoder("utf-8");

/** @returns {Map<string, string>} by the paths that imports use */
export function readSources({ directory }) {
  return new Map(listFiles({ directory }).map((file) => [file, decoder.decode(readFileSync(path.join(directory, file)))]));
}
