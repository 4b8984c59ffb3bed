/** A file that came in `multipart/form-data`, on its way from the socket to the service that reads it. */

/**
 * No JSON can make one, so a procedure that is given one was called by our own reader of uploads. Its enumerable fields
 * are what an Idempotency-Key compares.
 */
export class UploadedArchive {
  /** Lower-case hex, of the packed bytes. */
  readonly sha256: string;
  /** Packed bytes. */
  readonly size: number;
  readonly #descriptor: number;

  constructor(options: { sha256: string; size: number; descriptor: number }) {
    this.sha256 = options.sha256;
    this.size = options.size;
    this.#descriptor = options.descriptor;
  }

  /** Of an open file without a name; whoever made this closes it once the call is over. */
  get descriptor(): number {
    return this.#descriptor;
  }
}
