/** Copies folders that somebody writes to meanwhile. */
import { constants } from "node:fs";
import { chmod, chown, copyFile, lstat, mkdir, readdir } from "node:fs/promises";
import path from "node:path";
import { isErrno } from "./native-binaries";

export interface CopyTreeOptions {
  from: string;
  /** Made when missing, with the modes and owners of `from`. */
  to: string;
  /** Relative to `from`. A folder that is skipped is not made. */
  skip?: (relative: string) => boolean;
}

/** Regular files and folders. What is gone by the time its turn comes is left out. Resolves to how much it copied. */
export async function copyTree(options: CopyTreeOptions): Promise<{ files: number; bytes: number }> {
  const copied = { files: 0, bytes: 0 };
  const visit = async (relative: string): Promise<void> => {
    const source = path.join(options.from, relative);
    const target = path.join(options.to, relative);
    const facts = await lstat(source);
    if (facts.isDirectory()) {
      await mkdir(target, { recursive: true });
      for (const name of await readdir(source)) {
        const below = path.join(relative, name);
        if (options.skip?.(below) !== true) await visit(below).catch(passWhenGone);
      }
    } else if (facts.isFile()) {
      // Shares the blocks where the file system can.
      await copyFile(source, target, constants.COPYFILE_FICLONE);
      copied.files += 1;
      copied.bytes += facts.size;
    } else {
      return;
    }
    await chmod(target, facts.mode & 0o7777);
    if (process.getuid?.() === 0 && facts.uid !== 0) await chown(target, facts.uid, facts.gid);
  };
  await visit("");
  return copied;
}

function passWhenGone(error: unknown): void {
  if (!isErrno(error, "ENOENT")) throw error;
}
