import { randomUUID } from "node:crypto";
import { open, rm, type FileHandle } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** A file that has no name from the start, so that nothing stays behind whatever happens to this process: closing it is all there is to clean. */
export async function openNamelessFile(): Promise<FileHandle> {
  const name = path.join(tmpdir(), `slipway-upload-${randomUUID()}`);
  const file = await open(name, "wx+", 0o600);
  await rm(name);
  return file;
}
