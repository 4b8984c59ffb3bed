/** What an archive or a commit is made of, before any of it is trusted. */
export interface SourceEntry {
  /** As the archive names it. */
  name: string;
  /** `special` is neither a file nor a folder: `what` says in words what it is. */
  kind: "file" | "folder" | "special";
  what?: string;
  /** To be read at most once, before the next entry is asked for. Ends in an error where the bytes are damaged. */
  content(): AsyncIterable<Uint8Array>;
}

/** An archive that is no archive, damaged or packed in a way we don't read; `message` goes on from the field's name. */
export class UnreadableArchive extends Error {
  constructor(message: string, options?: { cause: unknown }) {
    super(message, options);
    this.name = "UnreadableArchive";
  }
}

/** A name as it may stand in a message: without control characters, at most 120 characters. */
export function showName(name: string): string {
  const clean = JSON.stringify(name).slice(1, -1).replace(/[\u007f-\u009f\u2028\u2029]/g, "?");
  return `"${clean.length > 120 ? `${clean.slice(0, 117)}…` : clean}"`;
}
