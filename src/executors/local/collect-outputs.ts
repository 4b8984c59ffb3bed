/**
 * Copies what a dead sandbox left in `/out`, trusting nothing of it.
 *
 * Every step goes through an open descriptor (`/proc/self/fd/N`), never through a path that could be turned into a link,
 * and each file is looked at again after it was opened.
 */
import { constants, type Dirent, type Stats } from "node:fs";
import { chmod, copyFile, lstat, mkdir, open, readdir, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import type { CollectedFile, LimitName, RefusedOutput } from "../types";
import { isSafeName } from "./check-job";

const MAX_DEPTH = 32;
/** Leaves room for the host's own folders in the longest path that Linux takes. */
const MAX_PATH_BYTES = 1_024;
/** Enough for a person to see what went wrong. */
const MAX_REFUSED = 1_000;
const COPIES_AT_ONCE = 8;

export interface Collection {
  outputs: CollectedFile[];
  refused: RefusedOutput[];
  /** Set when what was left is more than the limits allow, such as many sparse files. The rest was refused. */
  limitHit?: LimitName;
}

export interface CollectOptions {
  /** An open folder: the root of `/out`. */
  folder: number;
  /** Existing, empty folder of the host. */
  into: string;
  maxBytes: number;
  maxFiles: number;
}

interface Walk extends CollectOptions {
  found: Collection;
  bytes: number;
  files: number;
  copies: Set<Promise<void>>;
}

/** The tree that wrote the folder must be dead. Rejects only for faults of the host's own disk. */
export async function collectOutputs(options: CollectOptions): Promise<Collection> {
  const walk: Walk = { ...options, found: { outputs: [], refused: [] }, bytes: 0, files: 0, copies: new Set() };
  await walkFolder(walk, `/proc/self/fd/${options.folder}`, "", 1);
  await Promise.all(walk.copies);
  walk.found.outputs.sort((one, other) => (one.path < other.path ? -1 : 1));
  return walk.found;
}

async function walkFolder(walk: Walk, folder: string, prefix: string, depth: number): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true, encoding: "buffer" })) {
    const name = entry.name.toString("utf8");
    const path = prefix + name;
    walk.files += 1;
    if (walk.files > walk.maxFiles) {
      walk.found.limitHit = "diskFiles";
      refuse(walk, path, "over the limit of files");
      return;
    }
    const reason = judgeName(entry, name, path, depth);
    if (reason !== null) {
      refuse(walk, path, reason);
      continue;
    }
    const source = `${folder}/${name}`;
    const stat = await lstat(source);
    if (stat.isDirectory()) await enterFolder(walk, source, path, depth);
    else await takeFile(walk, source, path, stat);
  }
}

function judgeName(entry: Dirent<NonSharedBuffer>, name: string, path: string, depth: number): string | null {
  if (!Buffer.from(name, "utf8").equals(entry.name) || !isSafeName(name)) return "control characters in its name, or not UTF-8";
  if (Buffer.byteLength(path) > MAX_PATH_BYTES) return `path longer than ${MAX_PATH_BYTES} bytes`;
  return depth > MAX_DEPTH ? `more than ${MAX_DEPTH} folders deep` : null;
}

async function enterFolder(walk: Walk, source: string, path: string, depth: number): Promise<void> {
  const handle = await openQuietly(source, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  if (handle === null) return refuse(walk, path, "can't be opened");
  try {
    await mkdir(join(walk.into, path), { mode: 0o755 });
    await walkFolder(walk, `/proc/self/fd/${handle.fd}`, `${path}/`, depth + 1);
  } finally {
    await handle.close();
  }
}

async function takeFile(walk: Walk, source: string, path: string, listed: Stats): Promise<void> {
  const kind = judgeKind(listed);
  if (kind !== null) return refuse(walk, path, kind);
  const handle = await openQuietly(source, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  if (handle === null) return refuse(walk, path, "can't be opened");
  const stat = await handle.stat();
  const changed = judgeKind(stat);
  const size = Math.max(stat.size, stat.blocks * 512);
  if (changed !== null || walk.bytes + size > walk.maxBytes) {
    await handle.close();
    if (changed !== null) return refuse(walk, path, changed);
    walk.found.limitHit = "diskMb";
    return refuse(walk, path, "over the limit of the work folder's size");
  }
  walk.bytes += size;
  const copy = copyOpen(walk, handle, path, stat).finally(() => walk.copies.delete(copy));
  walk.copies.add(copy);
  if (walk.copies.size >= COPIES_AT_ONCE) await Promise.race(walk.copies);
}

async function copyOpen(walk: Walk, handle: FileHandle, path: string, stat: Stats): Promise<void> {
  const hostFile = join(walk.into, path);
  try {
    await copyFile(`/proc/self/fd/${handle.fd}`, hostFile, constants.COPYFILE_EXCL);
    // No set-user-id, nothing that others may write: only whether it can be executed is kept.
    await chmod(hostFile, (stat.mode & 0o111) === 0 ? 0o644 : 0o755);
    walk.found.outputs.push({ path, hostFile, size: stat.size });
  } finally {
    await handle.close();
  }
}

function judgeKind(stat: Stats): string | null {
  if (stat.isSymbolicLink()) return "symbolic link";
  if (stat.isFIFO()) return "named pipe";
  if (stat.isSocket()) return "socket";
  if (stat.isBlockDevice() || stat.isCharacterDevice()) return "device";
  if (!stat.isFile()) return "not a regular file";
  return stat.nlink > 1 ? "hard link" : null;
}

async function openQuietly(path: string, flags: number): Promise<FileHandle | null> {
  try {
    return await open(path, flags);
  } catch {
    return null;
  }
}

function refuse(walk: Walk, path: string, reason: string): void {
  // The name came from outside and goes to logs and pages.
  const shown = path.replace(/[^\P{C}]|\ufffd/gu, "?").slice(0, 400);
  if (walk.found.refused.length < MAX_REFUSED) walk.found.refused.push({ path: shown, reason });
}
