/** Whether the database, the storage and the secret belong together: a copy, a restore or a second machine may bring parts of different ones. */
import { existsSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import type { Client } from "pg";
import type { Env } from "../../env";
import { isAppError } from "../../domain/errors";
import { createSecretBox } from "../../server/services/secrets/secret-box";
import type { CheckResult } from "./run-checks";

/** Enough to see that a folder is another one, and no long search. */
const LOOKED_AT = 50;

/** `client` is connected to a database whose migrations have run. */
export async function checkContent(options: { env: Env; client: Client }): Promise<CheckResult[]> {
  return [await checkBlobs(options), await checkSecrets(options)];
}

/** The newest blobs: what retention removed is no fault, but it leaves no row either. */
async function checkBlobs({ env, client }: { env: Env; client: Client }): Promise<CheckResult> {
  const { rows } = await client.query<{ sha256: string; size: number }>("SELECT sha256, size FROM blob ORDER BY created_at DESC LIMIT $1", [LOOKED_AT]);
  const missing: string[] = [];
  for (const { sha256, size } of rows) {
    const found = await stat(path.join(env.storage.dir, sha256.slice(0, 2), sha256.slice(2))).catch(() => undefined);
    if (found?.size !== size) missing.push(sha256);
  }
  if (missing.length === 0) return { name: "stored files", status: "ok", detail: rows.length === 0 ? "none yet" : `the newest ${rows.length} are there` };
  return {
    name: "stored files",
    status: "fail",
    detail: `${missing.length} of the newest ${rows.length} that the database knows are not in ${env.storage.dir}, or not whole (such as ${missing[0]?.slice(0, 12)}…)`,
    fix: "restore blobs/ from the backup that goes with this database; with several machines, give all of them the same STORAGE_DIR",
  };
}

async function checkSecrets({ env, client }: { env: Env; client: Client }): Promise<CheckResult> {
  const { rows } = await client.query<{ workspace_id: string; name: string; ciphertext: Buffer }>("SELECT workspace_id, name, ciphertext FROM secret ORDER BY updated_at DESC LIMIT $1", [LOOKED_AT]);
  const secret = env.secretKey ?? env.authSecret ?? (await readKeptSecret(env.dataDir));
  const box = createSecretBox({ secret });
  const closed = rows.filter(({ workspace_id: workspaceId, name, ciphertext }) => {
    try {
      box.open({ workspaceId, name, ciphertext });
      return false;
    } catch (error) {
      if (!isAppError(error)) throw error;
      return true;
    }
  });
  if (closed.length === 0) return { name: "signing keys", status: "ok", detail: rows.length === 0 ? "none are set" : `${rows.length} can be opened` };
  return {
    name: "signing keys",
    status: "fail",
    detail: `${closed.length} of ${rows.length} can't be opened: they were kept under another SLIPWAY_SECRET_KEY or AUTH_SECRET`,
    fix: "bring that secret back (auth-secret of the data folder, or the variable), or set the keys again: npm run slipway -- signer set",
  };
}

async function readKeptSecret(dataDir: string): Promise<string | undefined> {
  const file = path.join(dataDir, "auth-secret");
  return existsSync(file) ? (await readFile(file, "utf8")).trim() || undefined : undefined;
}

/** While Slipway runs, somebody has to build. A worker says that it lives every 5 s. */
export async function checkWorkers(options: { client: Client; runs: boolean }): Promise<CheckResult[]> {
  if (!options.runs) return [];
  const { rows } = await options.client.query<{ count: number }>("SELECT count(*)::int AS count FROM worker WHERE stopped_at IS NULL AND last_seen_at > now() - interval '30 seconds'");
  const count = rows[0]?.count ?? 0;
  if (count > 0) return [{ name: "workers", status: "ok", detail: `${count} at work` }];
  return [{ name: "workers", status: "fail", detail: "Slipway runs, but no worker was heard of for 30 s: nothing is built", fix: "look for lines of the worker with level error in the log; a start that is only seconds old needs another moment" }];
}
