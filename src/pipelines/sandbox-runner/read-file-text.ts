import type { SourceFile } from "../define";

/** A file's content as UTF-8 text; bytes that are none become U+FFFD. */
export async function readFileText(file: Pick<SourceFile, "read">): Promise<string> {
  return new TextDecoder().decode(await file.read());
}
