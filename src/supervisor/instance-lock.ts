/**
 * One owner per data folder. `supervisor.lock` names the owner by pid and start time, so that a pid that was given to
 * another process since does not look like a living owner. A lock whose owner is gone is taken over.
 */
import { randomBytes } from "node:crypto";
import { link, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { isErrno } from "../postgres/native-binaries";

const ownerSchema = z.object({ pid: z.number().int(), startTime: z.string(), purpose: z.string() });

export type LockOwner = z.infer<typeof ownerSchema>;

/** Another living process owns the data folder. */
export class DataFolderInUseError extends Error {
  readonly owner: LockOwner;
  constructor(dataDir: string, owner: LockOwner) {
    super(`The data folder ${dataDir} is in use by ${owner.purpose} (pid ${owner.pid}). Stop that first, or set SLIPWAY_DATA_DIR to another folder.`);
    this.name = "DataFolderInUseError";
    this.owner = owner;
  }
}

export interface InstanceLock {
  release(): Promise<void>;
}

/**
 * Takes the lock of `dataDir` (made with mode 0700 when missing) for this process.
 *
 * @throws DataFolderInUseError
 */
export async function acquireInstanceLock(options: { dataDir: string; purpose: string }): Promise<InstanceLock> {
  const { dataDir, purpose } = options;
  const file = lockFile(dataDir);
  const mine = JSON.stringify({ pid: process.pid, startTime: (await readStartTime(process.pid)) ?? "", purpose });
  const own = `${file}.${randomBytes(6).toString("hex")}`;
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    await writeFile(own, mine, { mode: 0o600 });
  } catch (error) {
    await rm(own, { force: true }).catch(() => undefined);
    throw new Error(`The data folder ${dataDir} can't be used: ${await explain({ dataDir, error })}`, { cause: error });
  }
  try {
    // Linking makes the lock appear whole: nobody ever reads half of one.
    while (!(await linkOnce(own, file))) await removeStaleLock(dataDir, own);
  } finally {
    await rm(own, { force: true });
  }
  return {
    release: async () => {
      if ((await readText(file)) === mine) await rm(file, { force: true });
    },
  };
}

/** What is wrong with the folder, and what to do. */
async function explain(options: { dataDir: string; error: unknown }): Promise<string> {
  const { dataDir, error } = options;
  const another = "or set SLIPWAY_DATA_DIR to another folder.";
  if (isErrno(error, "EACCES") || isErrno(error, "EPERM")) {
    const owner = await stat(dataDir).then(({ uid }) => uid, () => undefined);
    const me = process.getuid?.();
    if (owner === undefined || owner === me) return `this user may not write there. Mend its rights, ${another}`;
    return `it belongs to the user with number ${owner}, and this is number ${me}. Start Slipway as that user always, give the folder away (chown -R ${me} ${dataDir}), ${another}`;
  }
  if (isErrno(error, "EEXIST") || isErrno(error, "ENOTDIR")) return `a file is in its place. Move it away, ${another}`;
  if (isErrno(error, "EROFS")) return `its disk is mounted read-only. Mount it writable, ${another}`;
  if (isErrno(error, "ENOSPC") || isErrno(error, "EDQUOT")) return `its disk is full. Make room, ${another}`;
  return error instanceof Error ? error.message : String(error);
}

/** The living owner of `dataDir`, if there is one. */
export async function findLockOwner(options: { dataDir: string }): Promise<LockOwner | undefined> {
  const text = await readText(lockFile(options.dataDir));
  return text === undefined ? undefined : livingOwner(text);
}

function lockFile(dataDir: string): string {
  return path.join(dataDir, "supervisor.lock");
}

async function removeStaleLock(dataDir: string, own: string): Promise<void> {
  const file = lockFile(dataDir);
  const text = await readText(file);
  if (text === undefined) return;
  const owner = await livingOwner(text);
  if (owner !== undefined) throw new DataFolderInUseError(dataDir, owner);
  const aside = `${own}.stale`;
  try {
    await rename(file, aside);
  } catch (error) {
    if (isErrno(error, "ENOENT")) return;
    throw error;
  }
  // Somebody may have taken the stale lock over between our look and our rename: then it goes back.
  if ((await readText(aside)) !== text) await linkOnce(aside, file);
  await rm(aside, { force: true });
}

async function livingOwner(text: string): Promise<LockOwner | undefined> {
  const parsed = ownerSchema.safeParse(parseJson(text));
  if (!parsed.success) return undefined;
  return (await readStartTime(parsed.data.pid)) === parsed.data.startTime ? parsed.data : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** When a process began, in clock ticks since boot; undefined when it is gone or a zombie. */
async function readStartTime(pid: number): Promise<string | undefined> {
  const stat = await readText(`/proc/${pid}/stat`);
  // The second field is the program's name in parentheses and may hold spaces.
  const [state, ...fields] = stat?.slice(stat.lastIndexOf(")") + 2).split(" ") ?? [];
  return state === undefined || state === "Z" || state === "X" ? undefined : fields[18];
}

async function linkOnce(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (isErrno(error, "EEXIST")) return false;
    throw error;
  }
}

async function readText(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (isErrno(error, "ENOENT") || isErrno(error, "ESRCH")) return undefined;
    throw error;
  }
}
