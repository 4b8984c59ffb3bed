/** The file that remembers a server and its token between commands. */
import { randomBytes } from "node:crypto";
import { chmod, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { usageError } from "./command-error";

const configSchema = z.object({ server: z.string(), token: z.string() });
export type Config = z.infer<typeof configSchema>;

export function configPath(configHome: string): string {
  return path.join(configHome, "slipway/config.json");
}

/** Null when there is none. `warn` hears of a file that others on the machine can read. Throws a usage error for a broken one. */
export async function readConfig(options: { file: string; warn: (text: string) => void }): Promise<Config | null> {
  const { file } = options;
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (isErrno(error) && (error.code === "ENOENT" || error.code === "ENOTDIR")) return null;
    throw usageError(`${file} can't be read: ${error instanceof Error ? error.message : String(error)}.`, "Mend its permissions, or delete it and sign in again: slipway login");
  }
  if (((await stat(file)).mode & 0o077) !== 0) options.warn(`${file} can be read by others on this machine, and it holds your token. Mend it: chmod 600 ${file}`);
  const parsed = configSchema.safeParse(parseJson(text));
  if (!parsed.success) throw usageError(`${file} is not a configuration of slipway.`, `Delete it and sign in again: rm ${file} && slipway login`);
  return parsed.data;
}

/** Replaces the file at once, readable by its owner only from the first byte. */
export async function writeConfig(options: { file: string; config: Config }): Promise<void> {
  const { file, config } = options;
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const fresh = `${file}.${randomBytes(6).toString("hex")}`;
  try {
    await writeFile(fresh, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600, flag: "wx" });
    await chmod(fresh, 0o600);
    await rename(fresh, file);
  } finally {
    await rm(fresh, { force: true });
  }
}

/** Whether there was one. */
export async function removeConfig(file: string): Promise<boolean> {
  try {
    await rm(file);
    return true;
  } catch (error) {
    if (isErrno(error) && (error.code === "ENOENT" || error.code === "ENOTDIR")) return false;
    throw error;
  }
}

export function isErrno(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "code" in error && typeof error.code === "string";
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
