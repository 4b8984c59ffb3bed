/** Where the `anvil` program is: the chains toolchain brings it; one on PATH serves machines for which there is no package. */
import { accessSync, constants } from "node:fs";
import path from "node:path";

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: "amd64", arm64: "arm64" };
const PATH_FOLDERS = ["/usr/local/bin", "/usr/bin", "/bin"];

/** Absolute path, or null when this machine has none. `searchPath` is the process's PATH. */
export function findAnvil(options: { toolchainsDir: string; searchPath: string | undefined }): string | null {
  const own = path.join(options.toolchainsDir, "chains/node_modules/@foundry-rs", `anvil-linux-${ARCHITECTURES[process.arch] ?? process.arch}`, "bin/anvil");
  const folders = (options.searchPath?.split(":") ?? PATH_FOLDERS).filter((folder) => path.isAbsolute(folder));
  return [own, ...folders.map((folder) => path.join(folder, "anvil"))].find(isExecutable) ?? null;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
