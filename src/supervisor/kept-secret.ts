import { randomBytes } from "node:crypto";
import { chmod, link, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { isErrno } from "../postgres/native-binaries";

/**
 * The secret that `<dataDir>/<name>` keeps (mode 0600), generated the first time: 48 random bytes, base64url.
 *
 * @throws Error when the file is there and empty.
 */
export async function readOrMakeSecret(options: { dataDir: string; name: string }): Promise<string> {
  const file = path.join(options.dataDir, options.name);
  const draft = `${file}.${randomBytes(6).toString("hex")}`;
  await writeFile(draft, `${randomBytes(48).toString("base64url")}\n`, { mode: 0o600 });
  try {
    await link(draft, file);
  } catch (error) {
    if (!isErrno(error, "EEXIST")) throw error;
  } finally {
    await rm(draft, { force: true });
  }
  await chmod(file, 0o600);
  const secret = (await readFile(file, "utf8")).trim();
  if (secret === "") throw new Error(`${file} is empty. Restore it from your backup, or delete it to have a new one generated (everybody must sign in again).`);
  return secret;
}
