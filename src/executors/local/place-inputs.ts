/** Puts a job's inputs where the sandbox sees them as `/in`. */
import { constants } from "node:fs";
import { chmod, copyFile, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { AppError } from "~/domain/errors";
import type { InputFile } from "../types";

const WRITES_AT_ONCE = 8;

/** `folder` is empty and ours alone. Paths were checked before. Throws `AppError("validation_failed")` for two inputs of one path. */
export async function placeInputs(options: { folder: string; inputs: readonly InputFile[] }): Promise<void> {
  const paths = new Set<string>();
  for (const input of options.inputs) {
    if (paths.has(input.path)) throw new AppError("validation_failed", { userMessage: `inputs: ${input.path} is given twice.`, fields: [{ path: "inputs", message: `${input.path} is given twice` }] });
    paths.add(input.path);
  }
  for (const folder of new Set(options.inputs.map((input) => dirname(input.path)))) {
    // The sandbox runs as another user: what it may read must say so, whatever our umask.
    let path = options.folder;
    for (const part of folder.split("/").filter((name) => name !== ".")) {
      path = join(path, part);
      await mkdir(path).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== "EEXIST") throw error;
      });
      await chmod(path, 0o755);
    }
  }
  const waiting = options.inputs.values();
  await Promise.all(
    Array.from({ length: WRITES_AT_ONCE }, async () => {
      for (const input of waiting) {
        const target = join(options.folder, input.path);
        if (input.content instanceof Uint8Array) await writeFile(target, input.content, { flag: "wx" });
        else await copyFile(input.content.hostFile, target, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
        await chmod(target, 0o644);
      }
    }),
  );
}
