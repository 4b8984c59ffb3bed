import { createHash, randomBytes } from "node:crypto";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

function encode({ value, length }: { value: bigint; length: number }): string {
  let rest = value;
  let text = "";
  for (let index = 0; index < length; index++) {
    text = ALPHABET.charAt(Number(rest % 32n)) + text;
    rest /= 32n;
  }
  return text;
}

/** A ULID: 48 bits of time, 80 bits of chance, or of the given seed, so that a repeated request gives the same id. */
export function makeUlid({ timeMs, seed }: { timeMs: number; seed?: string }): string {
  const bytes = seed === undefined ? randomBytes(10) : createHash("sha256").update(seed).digest().subarray(0, 10);
  const time = encode({ value: BigInt(Math.max(0, Math.trunc(timeMs))), length: 10 });
  return time + encode({ value: BigInt(`0x${bytes.toString("hex")}`), length: 16 });
}
