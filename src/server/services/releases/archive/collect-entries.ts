/** Takes the files out of an archive or a commit, within a release's bounds and rules, into a batch of blobs. */
import { AppError, type FieldProblem } from "~/domain/errors";
import { MAX_FILES, MAX_TOTAL_BYTES } from "~/domain/release-files";
import type { BlobBatch } from "../../../storage/blob-store";
import { describePathProblem, findClashes, refuse } from "../validate-files";
import { showName, UnreadableArchive, type SourceEntry } from "./entry";

export interface StoredFile {
  path: string;
  sha256: string;
  size: number;
}

export interface CollectOptions {
  entries: AsyncIterable<SourceEntry>;
  batch: BlobBatch;
  /** The field that the caller sent it in; every message begins with it. */
  field: string;
  /** Packed bytes, to tell a bomb; undefined where there is nothing to compare with. */
  packedSize?: number;
  /** Whether one folder around everything is taken off the paths. */
  stripFolder: boolean;
}

/** Of entries of any kind: folders and what is left out count too. */
const MAX_ENTRIES = 4 * MAX_FILES;
/** What people pack does not shrink to less than a two-hundredth; small files may. */
const MAX_RATIO = 200;
const RATIO_FREE_BYTES = 5 * 1024 * 1024;
/** Files up to this size are held in memory, so that several can be written at once. */
const SMALL_BYTES = 256 * 1024;
const PARALLEL_WRITES = 16;

/** What a system or a version control leaves behind, and nobody meant to send. */
const LEFTOVER_FOLDERS = new Set([".git", "__MACOSX"]);
const LEFTOVER_FILES = new Set([".DS_Store", "Thumbs.db", "desktop.ini"]);

/** Throws `validation_failed` or `payload_too_large` that name the entry; the caller then discards the batch. */
export async function collectEntries(options: CollectOptions): Promise<StoredFile[]> {
  const { entries, batch, field } = options;
  const files: Promise<StoredFile>[] = [];
  const meter = createMeter(options);
  let count = 0;
  try {
    for await (const entry of entries) {
      count += 1;
      if (count > MAX_ENTRIES) refuseField(field, `has more than ${MAX_ENTRIES.toLocaleString("en")} entries. Leave out what the build does not need, such as node_modules.`);
      const path = checkEntry({ entry, field });
      if (path === null) continue;
      if (files.length >= MAX_FILES) refuseField(field, `has more than ${MAX_FILES.toLocaleString("en")} files, which is what a release may have. Leave out what the build does not need, such as node_modules.`);
      const content = await takeSmall(meter(entry));
      const file = store({ batch, path, content });
      // Its error is thrown where it is awaited, which may be some entries later.
      file.catch(() => undefined);
      files.push(file);
      if ("rest" in content) await file;
      else if (files.length % PARALLEL_WRITES === 0) await Promise.all(files.slice(-PARALLEL_WRITES));
    }
    const stored = await Promise.all(files);
    if (stored.length === 0) refuseField(field, "has no files. Pack at least one.");
    return checkNames({ files: options.stripFolder ? stripCommonFolder(stored) : stored, field });
  } catch (error) {
    // Nothing may still be written when the caller discards.
    await Promise.allSettled(files);
    if (error instanceof UnreadableArchive) throw new AppError("validation_failed", { userMessage: `${field} ${error.message}`, fields: [{ path: field, message: error.message }], cause: error });
    throw error;
  }
}

/** The path of a file that is to be kept; null for folders and leftovers. */
function checkEntry(options: { entry: SourceEntry; field: string }): string | null {
  const { entry, field } = options;
  const path = entry.name.replace(/^(?:\.\/)+/, "");
  const isFolder = entry.kind === "folder";
  const bare = isFolder ? path.replace(/\/+$/, "") : path;
  // `tar c .` names the folder itself.
  if (isFolder && (bare === "" || bare === ".")) return null;
  // U+FFFD stands where bytes were no text.
  const problem = bare.includes("\uFFFD") ? "is not valid UTF-8. Rename the file." : describePathProblem(bare);
  if (problem !== null) refuseField(field, `has the entry ${showName(entry.name)}, whose path ${problem}`);
  const parts = bare.split("/");
  if (parts.slice(0, isFolder ? undefined : -1).some((part) => LEFTOVER_FOLDERS.has(part))) return null;
  if (entry.kind === "special") {
    refuseField(field, `has the entry ${showName(entry.name)}, which is ${entry.what ?? "no file"}. A release is made of files only: put a copy in its place, or leave it out.`);
  }
  return isFolder || LEFTOVER_FILES.has(parts.at(-1) ?? "") ? null : bare;
}

/** Counts what is unpacked as it is unpacked, over all entries. */
function createMeter({ field, packedSize }: CollectOptions): (entry: SourceEntry) => AsyncGenerator<Uint8Array> {
  let total = 0;
  const mostByRatio = packedSize === undefined ? Infinity : Math.max(RATIO_FREE_BYTES, packedSize * MAX_RATIO);
  return async function* read(entry) {
    for await (const chunk of entry.content()) {
      total += chunk.byteLength;
      if (total > MAX_TOTAL_BYTES) tooLarge(field, `unpacks to more than 50 MB (at the entry ${showName(entry.name)}), which is what a release may have. Leave out what the build does not need.`);
      if (total > mostByRatio) tooLarge(field, `unpacks to more than ${MAX_RATIO} times its size (at the entry ${showName(entry.name)}), as only made-up archives do. Send the files themselves.`);
      yield chunk;
    }
  };
}

/** All of a small file, or a stream that begins with what was read. */
async function takeSmall(content: AsyncGenerator<Uint8Array>): Promise<{ bytes: Uint8Array } | { rest: AsyncIterable<Uint8Array> }> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const next = await content.next();
    if (next.done === true) return { bytes: Buffer.concat(chunks) };
    chunks.push(next.value);
    size += next.value.byteLength;
    if (size > SMALL_BYTES) return { rest: goOn(chunks, content) };
  }
}

async function* goOn(chunks: readonly Uint8Array[], content: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* chunks;
  yield* content;
}

async function store(options: { batch: BlobBatch; path: string; content: { bytes: Uint8Array } | { rest: AsyncIterable<Uint8Array> } }): Promise<StoredFile> {
  const { batch, path, content } = options;
  return { path, ...(await batch.add("bytes" in content ? content.bytes : content.rest)) };
}

/** `blinky-1.0/index.tsx, blinky-1.0/lib/a.ts` → `index.tsx, lib/a.ts`. */
function stripCommonFolder(files: StoredFile[]): StoredFile[] {
  const folder = files[0]?.path.split("/")[0] ?? "";
  const isCommon = files.every((file) => file.path.startsWith(`${folder}/`));
  return isCommon ? files.map((file) => ({ ...file, path: file.path.slice(folder.length + 1) })) : files;
}

/** Two entries for one file, in words that name the entry. */
function checkNames(options: { files: StoredFile[]; field: string }): StoredFile[] {
  const { files, field } = options;
  const clashes = findClashes({ paths: files.map((file) => file.path), field });
  refuse(
    clashes.map((clash): FieldProblem => {
      const name = showName(files[Number(clash.path.split(".")[1])]?.path ?? "");
      return { path: field, message: `has the entry ${name}, which ${clash.message.replace("is sent twice", "is there twice")}` };
    }),
  );
  return files;
}

function refuseField(field: string, message: string): never {
  throw new AppError("validation_failed", { userMessage: `${field} ${message}`, fields: [{ path: field, message }] });
}

function tooLarge(field: string, message: string): never {
  throw new AppError("payload_too_large", { userMessage: `${field} ${message}`, fields: [{ path: field, message }] });
}
