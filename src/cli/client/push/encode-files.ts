/** Puts files into the form in which the API takes them. */
import { readFile } from "node:fs/promises";
import { usageError } from "../command-error";
import type { FoundFile } from "./collect-files";

export type EncodedFile = { path: string; content: string } | { path: string; content_base64: string };

const READ_AT_ONCE = 32;

/** Text as text, all else in base64. Throws a usage error for a file that can't be read. */
export async function encodeFiles(options: { files: readonly FoundFile[] }): Promise<EncodedFile[]> {
  const encoded: EncodedFile[] = [];
  for (let start = 0; start < options.files.length; start += READ_AT_ONCE) {
    encoded.push(...(await Promise.all(options.files.slice(start, start + READ_AT_ONCE).map(encodeFile))));
  }
  return encoded;
}

async function encodeFile({ path, file }: FoundFile): Promise<EncodedFile> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw usageError(`${path} can't be read: ${error instanceof Error ? error.message : String(error)}.`, "Mend its permissions, or name it in .slipwayignore");
  });
  return encodeContent({ path, bytes });
}

/** Whichever is exact, and of these the shorter. */
export function encodeContent(options: { path: string; bytes: Buffer }): EncodedFile {
  const { path, bytes } = options;
  const text = decode(bytes);
  if (text !== undefined && Buffer.byteLength(JSON.stringify(text)) <= (bytes.byteLength * 4) / 3 + 100) return { path, content: text };
  return { path, content_base64: bytes.toString("base64") };
}

function decode(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
