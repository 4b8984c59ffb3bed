/** `slipway backup`: a data folder like the one that is in use, whole and of one moment, while Slipway runs or not. */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import type { Command } from "commander";
import { z } from "zod";
import { getEnvOrExit, type Env } from "../env";
import { copyCluster } from "../postgres/copy-cluster";
import { copyTree } from "../postgres/copy-tree";
import { postgresFolder } from "../supervisor/supervised-postgres";
import { withDatabaseUrl } from "./reach-database";

const execFileAsync = promisify(execFile);

/** Besides database and blobs. What is not there is not copied. */
const KEPT = ["auth-secret", "chains.json", "chains", "admin-credentials.txt"];
const connection = z.looseObject({ pid: z.number().nullable() });

export interface Backup {
  folder: string;
  database_bytes: number;
  blobs: number;
  blob_bytes: number;
}

export function addBackupCommand(program: Command): void {
  program
    .command("backup")
    .description("copy database, files and secrets into a new folder, while everything runs")
    .argument("<folder>", "must not be there yet, or be empty; it becomes a whole data folder, mode 0700")
    .option("--json", "print the result as JSON")
    .action(async (folder: string, flags: { json?: true }) => {
      const backup = await makeBackup({ env: getEnvOrExit(), folder: path.resolve(folder) });
      if (flags.json === true) console.log(JSON.stringify(backup));
      else {
        console.log(`Copied the database (${backup.database_bytes} bytes) and ${backup.blobs} files (${backup.blob_bytes} bytes) to ${backup.folder}.`);
        console.log("It holds secrets: keep it as safe as the original. To restore it, stop Slipway and put it in the data folder's place (cp -a).");
      }
    });
}

/** Throws an Error that says what to do when the folder is not empty, or the database is not the embedded one. */
async function makeBackup(options: { env: Env; folder: string }): Promise<Backup> {
  const { env, folder } = options;
  if (env.databaseUrl !== undefined) throw new Error("DATABASE_URL names a database of yours, which only its own tools can copy. Dump it (pg_dump), and then copy STORAGE_DIR and the data folder: docs/operations.md, \"Backup and restore\".");
  const source = path.resolve(env.dataDir);
  for (const used of [source, path.resolve(env.storage.dir)]) {
    if (`${folder}/`.startsWith(`${used}/`)) throw new Error(`${folder} lies in ${used}, which is to be copied. Name a folder outside of it, best on another disk.`);
  }
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await readdir(folder)).length > 0) throw new Error(`${folder} is not empty. Name a new folder.`);
  await chmod(folder, 0o700);
  const database = await withDatabaseUrl({ env, work: (url) => copyDatabase({ url, from: postgresFolder(source), to: postgresFolder(folder) }) });
  // After the database: so every row that was copied finds its file.
  const blobs = existsSync(env.storage.dir) ? await copyTree({ from: env.storage.dir, to: path.join(folder, "blobs"), skip: (name) => name.startsWith("incoming/") }) : { files: 0, bytes: 0 };
  for (const name of KEPT.filter((one) => existsSync(path.join(source, one)))) await copyTree({ from: path.join(source, name), to: path.join(folder, name) });
  await execFileAsync("sync", ["--file-system", folder]);
  return { folder, database_bytes: database.bytes, blobs: blobs.files, blob_bytes: blobs.bytes };
}

async function copyDatabase(options: { url: string; from: string; to: string }): Promise<{ bytes: number }> {
  const { url, from, to } = options;
  await mkdir(to, { recursive: true, mode: 0o700 });
  const copied = await copyCluster({ url, cluster: path.join(from, "cluster"), to: path.join(to, "cluster") });
  const known = connection.parse(JSON.parse(await readFile(path.join(from, "connection.json"), "utf8")));
  await writeFile(path.join(to, "connection.json"), `${JSON.stringify({ ...known, pid: null })}\n`, { mode: 0o600 });
  return { bytes: copied.bytes };
}
