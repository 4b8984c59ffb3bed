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

export interface BlobStore {
  /** Stores bytes, or a file of the host, and answers their address. Storing the same content again is cheap. */
  put(content: Uint8Array | { hostFile: string }): Promise<StoredBlob>;
  /** The whole blob, checked against its address. Throws `AppError("not_found")`, or `internal` when the bytes are damaged. */
  get(sha256: string): Promise<Uint8Array>;
  /** Size in bytes, or null when there is no such blob. */
  stat(sha256: string): Promise<{ size: number } | null>;
  /** A stream of the blob or a part of it; a whole read ends in an error when the bytes don't match the address. */
  stream(sha256: string, range?: ByteRange): Promise<Readable>;
  /** Removes the blob; true when it was there. */
  delete(sha256: string): Promise<boolean>;
}
