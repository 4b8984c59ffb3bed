import type { FileInput } from "~/server/api/schemas/packages";
import type { IntakeFile } from "./intake-file";

/** In pieces, since a spread of a large array overflows the stack. */
const PIECE = 0x8000;

function encodeBase64({ bytes }: { bytes: Uint8Array }): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += PIECE) binary += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return btoa(binary);
}

/** Files as the API takes them: text as text, all else in base64. */
export function encodeFiles({ files }: { files: readonly IntakeFile[] }): FileInput[] {
  return files.map(({ path, text, bytes }) => (text === null ? { path, content_base64: encodeBase64({ bytes }) } : { path, content: text }));
}
