/** Blobs on the local disk: `<directory>/ab/cdef…`, written beside and renamed, so a reader never sees half a blob. */
import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { copyFile, mkdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { Transform, type Readable, pipeline } from "node:stream";
import { AppError, notFound } from "~/domain/errors";
import { sha256Hex } from "~/domain/fingerprint";
import type { BlobStore } from "./blob-store";
import { createDiskBatch, flushPath } from "./disk-batch";
import { createDiskSweep } from "./disk-sweep";

const ADDRESS = /^[0-9a-f]{64}$/;

/** Opens (and makes, mode 0700) the folder. */
export async function openDiskBlobStore(options: { directory: string }): Promise<BlobStore> {
  const root = path.resolve(options.directory);
  const incoming = path.join(root, "incoming");
  await mkdir(incoming, { recursive: true, mode: 0o700 });

  const locate = (sha256: string): string => {
    if (!ADDRESS.test(sha256)) throw new AppError("bad_request", { userMessage: "A blob's address must be 64 lower-case hex digits." });
    return path.join(root, sha256.slice(0, 2), sha256.slice(2));
  };
  const sizeOf = async (sha256: string): Promise<{ size: number } | null> => {
    try {
      return { size: (await stat(locate(sha256))).size };
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  };

  /** Its time says when it was last stored or kept. */
  const keep = async (sha256: string): Promise<{ size: number } | null> => {
    const now = new Date();
    try {
      await utimes(locate(sha256), now, now);
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
    return sizeOf(sha256);
  };

  return {
    async put(content) {
      const bytes = content instanceof Uint8Array ? content : null;
      const temporary = path.join(incoming, randomUUID());
      try {
        if (bytes === null && !(content instanceof Uint8Array)) await copyFile(content.hostFile, temporary);
        const found = bytes === null ? await hashFile(temporary) : { sha256: sha256Hex(bytes), size: bytes.byteLength };
        if ((await keep(found.sha256))?.size === found.size) return found;
        if (bytes !== null) await writeFile(temporary, bytes, { mode: 0o600, flush: true });
        else await flushPath(temporary);
        const target = locate(found.sha256);
        await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
        await rename(temporary, target);
        await flushPath(path.dirname(target));
        return found;
      } finally {
        await rm(temporary, { force: true });
      }
    },
    beginBatch: () => createDiskBatch({ root, incoming, locate, sizeOf: keep }),
    async get(sha256) {
      const bytes = await readFile(locate(sha256)).catch((error: unknown) => {
        throw isMissing(error) ? notFound(`Blob ${sha256}`) : error;
      });
      if (sha256Hex(bytes) !== sha256) throw damaged(sha256);
      return bytes;
    },
    stat: sizeOf,
    keep,
    ...createDiskSweep({ root, incoming, locate }),
    async stream(sha256, range) {
      if ((await sizeOf(sha256)) === null) throw notFound(`Blob ${sha256}`);
      const source = createReadStream(locate(sha256), range);
      return range === undefined ? checked(source, sha256) : source;
    },
    async delete(sha256) {
      if ((await sizeOf(sha256)) === null) return false;
      await rm(locate(sha256), { force: true });
      return true;
    },
  };
}

async function hashFile(file: string): Promise<{ sha256: string; size: number }> {
  const hash = createHash("sha256");
  let size = 0;
  for await (const chunk of createReadStream(file)) {
    const bytes = chunk instanceof Uint8Array ? chunk : Buffer.from(String(chunk));
    hash.update(bytes);
    size += bytes.byteLength;
  }
  return { sha256: hash.digest("hex"), size };
}

function checked(source: Readable, sha256: string): Readable {
  const hash = createHash("sha256");
  const check = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
    flush(done) {
      done(hash.digest("hex") === sha256 ? null : damaged(sha256));
    },
  });
  return pipeline(source, check, () => undefined);
}

function damaged(sha256: string): AppError {
  return new AppError("internal", { userMessage: "A stored file is damaged.", message: `Blob ${sha256} does not match its address.` });
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
