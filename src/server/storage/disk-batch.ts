/**
 * Many blobs with two flushes of the file system in place of one for each file.
 * States: open (files lie aside, unflushed) → committed (data flushed, renamed, names flushed) or discarded.
 */
import { createHash, randomUUID } from "node:crypto";
import { spawn } from "node:child_process";
import { mkdir, open, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { sha256Hex } from "~/domain/fingerprint";
import type { BlobBatch, StoredBlob } from "./blob-store";

const PARALLEL = 16;
/** Up to so many, file by file is quicker than starting a process. */
const FEW = 24;
const BASE_ENV = { NODE_ENV: "production", PATH: "/usr/bin:/bin" } as const;

export interface DiskBatchOptions {
  root: string;
  /** Folder for what is not yet in place; on the same file system as `root`. */
  incoming: string;
  locate(sha256: string): string;
  sizeOf(sha256: string): Promise<{ size: number } | null>;
}

export function createDiskBatch(options: DiskBatchOptions): BlobBatch {
  const { root, incoming, locate, sizeOf } = options;
  /** Address → the file aside. */
  const aside = new Map<string, string>();
  /** Folders of blobs that were there before. */
  const known = new Set<string>();
  return {
    async add(content) {
      const temporary = path.join(incoming, randomUUID());
      const stored = content instanceof Uint8Array ? { sha256: sha256Hex(content), size: content.byteLength } : await writeStream({ content, file: temporary });
      const drop = (): Promise<void> => (content instanceof Uint8Array ? Promise.resolve() : rm(temporary, { force: true }));
      if ((await sizeOf(stored.sha256))?.size === stored.size) {
        known.add(path.dirname(locate(stored.sha256)));
        await drop();
        return stored;
      }
      if (aside.has(stored.sha256)) {
        await drop();
        return stored;
      }
      // Noted before it is written: a write that fails half-way is discarded too.
      aside.set(stored.sha256, temporary);
      if (content instanceof Uint8Array) await writeFile(temporary, content, { mode: 0o600 });
      return stored;
    },
    async commit() {
      const entries = [...aside];
      await flush({ root, files: entries.map(([, temporary]) => temporary) });
      const folders = new Set(entries.map(([sha256]) => path.dirname(locate(sha256))));
      for (const folder of folders) await mkdir(folder, { recursive: true, mode: 0o700 });
      await inParallel(entries, ([sha256, temporary]) => rename(temporary, locate(sha256)));
      aside.clear();
      // Also the folders of those that were there: another process may have put them in place an instant ago, unflushed.
      await flush({ root, files: [root, ...folders, ...known] });
    },
    async discard() {
      const left = [...aside.values()];
      aside.clear();
      await inParallel(left, (file) => rm(file, { force: true }));
    },
  };
}

/** Leaves no file behind when the stream fails. */
async function writeStream(options: { content: AsyncIterable<Uint8Array>; file: string }): Promise<StoredBlob> {
  const hash = createHash("sha256");
  let size = 0;
  const handle = await open(options.file, "wx", 0o600);
  try {
    for await (const chunk of options.content) {
      hash.update(chunk);
      size += chunk.byteLength;
      await handle.writeFile(chunk);
    }
    return { sha256: hash.digest("hex"), size };
  } catch (error) {
    await rm(options.file, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}

/** One `syncfs` for all of them; file by file where they are few or where that can't be had. */
async function flush(options: { root: string; files: readonly string[] }): Promise<void> {
  if (options.files.length > FEW && (await syncFileSystem(options.root))) return;
  await inParallel(options.files, flushPath);
}

/** Waits until a file, or the names in a folder, are on the disk. */
export async function flushPath(target: string): Promise<void> {
  const handle = await open(target, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Node has no `syncfs`; the system's `sync` does. False when it is missing or reports a failure. */
function syncFileSystem(folder: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn("sync", ["--file-system", folder], { env: BASE_ENV, stdio: "ignore" });
    child.once("error", () => resolve(false));
    child.once("exit", (code) => resolve(code === 0));
  });
}

async function inParallel<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  for (let start = 0; start < items.length; start += PARALLEL) await Promise.all(items.slice(start, start + PARALLEL).map(work));
}
