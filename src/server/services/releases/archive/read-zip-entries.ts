/** The entries of a zip, in the order of its directory. Sizes and names in it are claims; only what is inflated counts. */
import { crc32 } from "node:zlib";
import yauzl from "yauzl";
import { showName, UnreadableArchive, type SourceEntry } from "./entry";

const UNIX = 3;
const FILE_TYPE_MASK = 0o170000;
const FILE_TYPES: Readonly<Record<number, string>> = {
  0o120000: "a symbolic link",
  0o010000: "a named pipe",
  0o020000: "a character device",
  0o060000: "a block device",
  0o140000: "a socket",
};

/** Throws `UnreadableArchive`. The descriptor stays open. */
export async function* readZipEntries(options: { descriptor: number }): AsyncGenerator<SourceEntry> {
  // Names are decoded here: its own check would stop at the first bad name without our words for the fix.
  const zip = await yauzl.fromFdPromise(options.descriptor, { autoClose: false, lazyEntries: true, decodeStrings: false }).catch((cause: unknown) => {
    throw damaged("it is damaged or cut off", cause);
  });
  const entries = zip.eachEntry();
  for (;;) {
    const next = await entries.next().catch((cause: unknown) => {
      throw damaged("its directory is damaged", cause);
    });
    if (next.done === true) return;
    yield describeEntry(zip, next.value);
  }
}

function describeEntry(zip: yauzl.ZipFile, entry: yauzl.Entry): SourceEntry {
  const raw = Buffer.from(entry.fileNameRaw);
  const name = yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, raw, entry.extraFields, true);
  const special = entry.versionMadeBy >>> 8 === UNIX ? FILE_TYPES[(entry.externalFileAttributes >>> 16) & FILE_TYPE_MASK] : undefined;
  if (special !== undefined) return { name, kind: "special", what: special, content: () => inflate(zip, entry, name) };
  return { name, kind: name.endsWith("/") ? "folder" : "file", content: () => inflate(zip, entry, name) };
}

async function* inflate(zip: yauzl.ZipFile, entry: yauzl.Entry, name: string): AsyncGenerator<Uint8Array> {
  if (entry.isEncrypted()) throw new UnreadableArchive(`has the encrypted entry ${showName(name)}. Pack it again without a password.`);
  if (!entry.canDecodeFileData()) throw new UnreadableArchive(`has the entry ${showName(name)} packed by method ${entry.compressionMethod}. Pack it again with deflate, the usual one.`);
  let checksum = 0;
  try {
    for await (const chunk of await zip.openReadStreamPromise(entry)) {
      const bytes: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
      checksum = crc32(bytes, checksum);
      yield bytes;
    }
  } catch (cause) {
    throw damaged(`its entry ${showName(name)} is damaged`, cause);
  }
  if (checksum !== entry.crc32) throw damaged(`the checksum of its entry ${showName(name)} is wrong`, undefined);
}

function damaged(what: string, cause: unknown): UnreadableArchive {
  return new UnreadableArchive(`can't be read: ${what}. Pack it again, and send all of it.`, { cause });
}
