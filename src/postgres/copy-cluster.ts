/**
 * A copy of a running server's files that a server can be started on, with everything that was committed when this ended:
 * PostgreSQL's own way for it, by its functions, because the embedded binaries come without pg_basebackup and pg_dump.
 *
 * The files are copied while they change; the log of the changes (pg_wal) from the start of the copy to its end is copied after
 * them, and the server that is started on the copy applies it. A slot keeps that log from being recycled meanwhile.
 */
import { randomBytes } from "node:crypto";
import { copyFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { Client } from "pg";
import { copyTree } from "./copy-tree";

/** Made anew by each server, or of one server's life only. */
const EMPTIED = new Set(["pg_wal", "pg_replslot", "pg_dynshmem", "pg_notify", "pg_serial", "pg_snapshots", "pg_stat_tmp", "pg_subtrans"]);
const LEFT_OUT = new Set(["postmaster.pid", "postmaster.opts", "backup_label", "tablespace_map", "pg_internal.init"]);
/** Copied last: it says how far the other files are. */
const CONTROL = path.join("global", "pg_control");

const isLog = (name: string): boolean => /^[0-9A-F]{24}$/.test(name);

/** `url`: of a superuser. `to` must not be there. */
export async function copyCluster(options: { url: string; cluster: string; to: string }): Promise<{ files: number; bytes: number }> {
  const { url, cluster, to } = options;
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("SELECT pg_create_physical_replication_slot($1, true, true)", [`slipway_${randomBytes(6).toString("hex")}`]);
    const first = (await client.query<{ name: string }>("SELECT pg_walfile_name(pg_backup_start('slipway', true)) AS name")).rows[0]?.name ?? "";
    const copied = await copyTree({ from: cluster, to, skip: isSkipped });
    await copyFile(path.join(cluster, CONTROL), path.join(to, CONTROL));
    const stopped = await client.query<{ name: string; label: string }>("SELECT pg_walfile_name(lsn) AS name, labelfile AS label FROM pg_backup_stop(false)");
    const { name: last = "", label = "" } = stopped.rows[0] ?? {};
    await writeFile(path.join(to, "backup_label"), label, { mode: 0o600 });
    const log = path.join(cluster, "pg_wal");
    for (const name of await readdir(log)) {
      if ((isLog(name) && name >= first && name <= last) || name.endsWith(".history")) await copyFile(path.join(log, name), path.join(to, "pg_wal", name));
    }
    return copied;
  } finally {
    // Ends the slot with it, and the backup where it was not stopped.
    await client.end();
  }

  function isSkipped(relative: string): boolean {
    const [top = "", below] = relative.split(path.sep);
    const name = path.basename(relative);
    return (EMPTIED.has(top) && below !== undefined) || LEFT_OUT.has(name) || name.startsWith("pgsql_tmp") || relative === CONTROL;
  }
}
