/** Where an artifact's file goes. Its name was chosen by the build, so it is not trusted. */
import { lstat, mkdir, realpath } from "node:fs/promises";
import path from "node:path";
import { CONTROL_CHARACTERS } from "~/domain/release-files";
import { CommandError, EXIT } from "../command-error";

/** The name as a path below a folder; throws CommandError for one that would lead out of it, or that no file can have. */
export function checkArtifactName(name: string): string {
  const parts = name.split("/");
  const bad = name === "" || name.startsWith("/") || name.includes("\\") || /^[a-z]:/i.test(name) || CONTROL_CHARACTERS.test(name) || parts.some((part) => part === "" || part === "." || part === "..");
  if (!bad) return parts.join(path.sep);
  throw new CommandError(`The artifact ${JSON.stringify(name)} has a name that no file in a folder can have.`, { exitCode: EXIT.usage, code: "unsafe_name", fix: "Name the artifacts that you want: slipway artifacts get <build> <name…>" });
}

/** The absolute path of the artifact's file, with its folders made. Throws CommandError when a link in the folder leads out of it. */
export async function chooseTarget(options: { folder: string; name: string }): Promise<string> {
  const relative = checkArtifactName(options.name);
  await mkdir(options.folder, { recursive: true });
  const root = await realpath(options.folder);
  const target = path.join(root, relative);
  let current = root;
  for (const part of path.dirname(relative).split(path.sep).filter((segment) => segment !== ".")) {
    current = path.join(current, part);
    await mkdir(current).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
    if (!(await lstat(current)).isDirectory()) throw blocked(current);
  }
  const there = await lstat(target).catch(() => null);
  if (there !== null && !there.isFile()) throw blocked(target);
  return target;
}

function blocked(file: string): CommandError {
  return new CommandError(`${file} is a link, a folder or something else where the artifact's own file or folder has to be.`, { exitCode: EXIT.usage, code: "target_blocked", fix: "Move it away, or choose another folder: -o <dir>" });
}
