import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { openDatabase } from "../server/db/client";
import { ensureFirstAdmin } from "../server/services/users/ensure-first-admin";

const CREDENTIALS_FILE = "admin-credentials.txt";

export interface FirstAdmin {
  email: string;
  /** The generated password; null when it was given, or when the admin was there before. */
  password: string | null;
  created: boolean;
  /** Where a generated password is kept, mode 0600. */
  credentialsFile: string;
}

/**
 * Makes the first admin of a new database. A generated password is on disk before the account exists, so that no
 * crash in between can leave an account that nobody can enter.
 */
export async function makeFirstAdmin(options: { databaseUrl: string; dataDir: string; email: string | undefined; password: string | undefined }): Promise<FirstAdmin> {
  const credentialsFile = path.join(options.dataDir, CREDENTIALS_FILE);
  const draft = `${credentialsFile}.unfinished`;
  const interrupted = existsSync(draft);
  const generated = interrupted ? readPassword(await readFile(draft, "utf8")) : undefined;
  const password = options.password ?? generated ?? randomBytes(15).toString("base64url");
  if (options.password === undefined && generated === undefined) await writeFile(draft, describe(options.email, password), { mode: 0o600 });

  const database = openDatabase({ url: options.databaseUrl, poolSize: 1 });
  try {
    const { email, created } = await ensureFirstAdmin({ db: database.db, password, ...(options.email === undefined ? {} : { email: options.email }) });
    const keep = options.password === undefined && (created || generated !== undefined);
    if (keep) {
      await writeFile(draft, describe(email, password), { mode: 0o600 });
      await rename(draft, credentialsFile);
    } else {
      await rm(draft, { force: true });
    }
    return { email, password: keep ? password : null, created, credentialsFile };
  } finally {
    await database.close();
  }
}

function describe(email: string | undefined, password: string): string {
  return `The first admin of this Slipway. Change the password after signing in; this file is not read again.\n\ne-mail:   ${email ?? ""}\npassword: ${password}\n`;
}

function readPassword(text: string): string | undefined {
  return /^password: (\S+)$/m.exec(text)?.[1];
}
