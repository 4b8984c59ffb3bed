/** The entries of a gzipped tar, in its own order, unpacked as they are read. */
import { read } from "node:fs";
import { pipeline, Readable, Transform } from "node:stream";
import { promisify } from "node:util";
import { createGunzip } from "node:zlib";
import { extract } from "tar-stream";
import { showName, UnreadableArchive, type SourceEntry } from "./entry";

const SPECIAL: Readonly<Record<string, string>> = {
  symlink: "a symbolic link",
  link: "a hard link",
  "character-device": "a character device",
  "block-device": "a block device",
  fifo: "a named pipe",
};

/**
 * Throws `UnreadableArchive`. `maxUnpacked` bounds the tar itself, with its headers, padding and what is skipped: the
 * names in headers are kept in memory, so that a bomb may hide in them too. The descriptor stays open.
 */
export async function* readTarEntries(options: { descriptor: number; maxUnpacked: number }): AsyncGenerator<SourceEntry> {
  const tar = extract();
  let unpacked = 0;
  const bound = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      unpacked += chunk.byteLength;
      if (unpacked > options.maxUnpacked) done(new UnreadableArchive("unpacks to far more than a release may have. Leave out what the build does not need."));
      else done(null, chunk);
    },
  });
  const source = Readable.from(readAll(options.descriptor));
  const packed = pipeline(source, createGunzip(), bound, (error) => {
    if (error) tar.destroy(error);
  });
  packed.pipe(tar);
  let name = "";
  try {
    for await (const entry of tar) {
      name = entry.header.name;
      const { type } = entry.header;
      const isFile = type === "file" || type === "contiguous-file";
      let isRead = false;
      yield {
        name,
        kind: isFile ? "file" : type === "directory" ? "folder" : "special",
        what: SPECIAL[type ?? ""] ?? "something that is no file",
        async *content() {
          isRead = true;
          try {
            for await (const chunk of entry) {
              if (!(chunk instanceof Uint8Array)) throw new TypeError("The tar reader gave something that is no bytes.");
              yield chunk;
            }
          } catch (cause) {
            throw damaged(name, cause);
          }
        },
      };
      if (!isRead) entry.resume();
    }
  } catch (cause) {
    throw damaged(name, cause);
  } finally {
    source.destroy();
    tar.destroy();
  }
}

/** `name` is the entry that was read last; empty for none. */
function damaged(name: string, cause: unknown): UnreadableArchive {
  if (cause instanceof UnreadableArchive) return cause;
  const where = name === "" ? "" : ` at or after the entry ${showName(name)}`;
  return new UnreadableArchive(`can't be read: the tar.gz is damaged or cut off${where}. Pack it again, and send all of it.`, { cause });
}

const CHUNK_BYTES = 64 * 1024;
const readFrom = promisify(read);

/** A stream of `node:fs` would close the descriptor, which is its maker's. */
async function* readAll(descriptor: number): AsyncGenerator<Buffer> {
  for (let position = 0; ; ) {
    const { bytesRead, buffer } = await readFrom(descriptor, Buffer.allocUnsafe(CHUNK_BYTES), 0, CHUNK_BYTES, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}
