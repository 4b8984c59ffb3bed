import type { OfferedFile } from "./collect-files";

function offerFile({ file, path }: { file: File; path: string }): OfferedFile {
  return { path, size: file.size, read: async () => new Uint8Array(await file.arrayBuffer()) };
}

/** Files from a file input; out of a folder they carry their path in it. */
export function offerPicked({ files }: { files: FileList }): OfferedFile[] {
  return [...files].map((file) => offerFile({ file, path: file.webkitRelativePath === "" ? file.name : file.webkitRelativePath }));
}

/**
 * Files from a drop, folders opened to any depth. The entries must be taken at once, before the event ends: afterwards the
 * browser empties it.
 */
export async function offerDropped({ transfer }: { transfer: DataTransfer }): Promise<OfferedFile[]> {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  if (entries.length === 0) return offerPicked({ files: transfer.files });
  return (await Promise.all(entries.map(offerEntry))).flat();
}

/** Folders that are left out anyway are not even opened: they may hold tens of thousands of files. */
const CLOSED = new Set(["node_modules", ".git"]);

async function offerEntry(entry: FileSystemEntry): Promise<OfferedFile[]> {
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    return [offerFile({ file, path: entry.fullPath })];
  }
  if (!isFolder(entry) || CLOSED.has(entry.name)) return [];
  const children: FileSystemEntry[] = [];
  const reader = entry.createReader();
  // A reader hands out a hundred at a time, and nothing once it is through.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) break;
    children.push(...some);
  }
  return (await Promise.all(children.map(offerEntry))).flat();
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
