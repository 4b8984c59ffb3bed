/** Keys that sign transactions. They live in memory for as long as a deployment needs them. */
import { hkdfSync } from "node:crypto";
import type { Hex } from "viem";

const KEY = /^(?:0x)?([0-9a-fA-F]{64})$/;
/** Order of secp256k1: a key is a number from 1 to below it. */
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

/** A private key as people paste it; null when it is none. */
export function parsePrivateKey(text: string): Hex | null {
  const digits = KEY.exec(text.trim())?.[1]?.toLowerCase();
  if (digits === undefined) return null;
  const key = BigInt(`0x${digits}`);
  return key > 0n && key < ORDER ? `0x${digits}` : null;
}

/**
 * The key that pays on embedded chains: made of the installation's secret, so it is nobody else's, needs no keeping, and
 * is the same after a restart.
 */
export function deriveEmbeddedKey(options: { secret: string }): Hex {
  // The chance of a number out of range is 2^-128; the counter is for completeness.
  for (let counter = 0; ; counter++) {
    const bytes = Buffer.from(hkdfSync("sha256", options.secret, "slipway", `embedded chain signer ${counter}`, 32));
    const key = parsePrivateKey(bytes.toString("hex"));
    if (key !== null) return key;
  }
}
