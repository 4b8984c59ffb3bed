import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/**
 * The project's folder, wherever this module ended up: in `src/` or bundled into `dist/`. Files that ship beside the
 * code (migrations, toolchains, the web app's build) are found from here.
 */
export function findProjectRoot(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(folder, "prisma/schema.prisma"))) {
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error("The project's folder was not found above the running program: prisma/schema.prisma is missing.");
    folder = parent;
  }
  return folder;
}
