/** Takes the files out of an uploaded zip or tar.gz, by its first bytes whatever its name. */
import { read } from "node:fs";
import { promisify } from "node:util";
import { invalidField } from "~/domain/errors";
import { MAX_FILES, MAX_TOTAL_BYTES } from "~/domain/release-files";
import type { UploadedArchive } from "../../../api/schemas/uploaded-archive";
import type { BlobBatch } from "../../../storage/blob-store";
import { collectEntries, type StoredFile } from "./collect-entries";
import type { SourceEntry } from "./entry";
import { readTarEntries } from "./read-tar-entries";
import { readZipEntries } from "./read-zip-entries";

/** The files, and for each a header, padding and a long name. */
const MAX_TAR_BYTES = MAX_TOTAL_BYTES + MAX_FILES * 4_096;

const readFrom = promisify(read);

/** Throws as `collectEntries` does, and `validation_failed` for what is no archive. One folder around everything is dropped. */
export async function readArchive(options: { archive: UploadedArchive; batch: BlobBatch }): Promise<StoredFile[]> {
  const { archive, batch } = options;
  const { descriptor } = archive;
  return collectEntries({ entries: await openEntries(descriptor), batch, field: "archive", packedSize: archive.size, stripFolder: true });
}

async function openEntries(descriptor: number): Promise<AsyncIterable<SourceEntry>> {
  const start = Buffer.alloc(4);
  await readFrom(descriptor, start, 0, start.byteLength, 0);
  // A file's header, or the end record of a zip without files.
  if (start[0] === 0x50 && start[1] === 0x4b && [0x0304, 0x0506].includes(start.readUInt16BE(2))) return readZipEntries({ descriptor });
  if (start[0] === 0x1f && start[1] === 0x8b) return readTarEntries({ descriptor, maxUnpacked: MAX_TAR_BYTES });
  throw invalidField("archive", "is neither a zip nor a tar.gz. Pack the package's folder as one of them.");
}
