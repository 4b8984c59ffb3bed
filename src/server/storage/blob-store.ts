/** Content-addressed storage: a blob's key is the SHA-256 of its bytes, so a write is idempotent and a read can be checked. */
import type { Readable } from "node:stream";

export interface StoredBlob {
  sha256: string;
  size: number;
}

export interface ByteRange {
  /** First byte, inclusive. */
  start: number;
  /** Last byte, inclusive. */
  end: number;
}

/** Blobs that become durable and visible together: `commit` costs two flushes, however many they are. */
export interface BlobBatch {
  /** Writes bytes aside and answers their address; nobody can read them before `commit`. A stream's error is thrown on. */
  add(content: Uint8Array | AsyncIterable<Uint8Array>): Promise<StoredBlob>;
  /** Once it resolves, all of them are on the disk and can be read. */
  commit(): Promise<void>;
  /** Removes what was written aside; nothing to do after `commit`. Never throws for what is not there. */
  discard(): Promise<void>;
}

export interface BlobStore {
  /** Stores bytes, or a file of the host, and answers their address. Storing the same content again is cheap. */
  put(content: Uint8Array | { hostFile: string }): Promise<StoredBlob>;
  /** For many blobs at once. End it with `commit` or `discard`. */
  beginBatch(): BlobBatch;
  /** The whole blob, checked against its address. Throws `AppError("not_found")`, or `internal` when the bytes are damaged. */
  get(sha256: string): Promise<Uint8Array>;
  /** Size in bytes, or null when there is no such blob. */
  stat(sha256: string): Promise<{ size: number } | null>;
  /** As `stat`; and the blob counts as used just now, so that no sweep takes it for the time of a grace. */
  keep(sha256: string): Promise<{ size: number } | null>;
  /** Before a sweep: brings back what one that died had taken out of sight, and removes what was begun before then and never became a blob. */
  clearLeftovers(options: { since: Date }): Promise<void>;
  /** Blobs that were neither stored nor kept since then. Changes nothing. */
  listUnused(options: { since: Date }): AsyncIterable<StoredBlob>;
  /**
   * Removes those that were neither stored nor kept since then, and that `findReferenced` does not name, which is asked once
   * they are out of sight. Answers what went. Safe beside others that store and keep.
   */
  removeUnused(options: {
    blobs: readonly StoredBlob[];
    since: Date;
    findReferenced: (sha256s: readonly string[]) => Promise<ReadonlySet<string>>;
  }): Promise<StoredBlob[]>;
  /** A stream of the blob or a part of it; a whole read ends in an error when the bytes don't match the address. */
  stream(sha256: string, range?: ByteRange): Promise<Readable>;
  /** Removes the blob; true when it was there. */
  delete(sha256: string): Promise<boolean>;
}
