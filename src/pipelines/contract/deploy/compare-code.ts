/** Is the code on the chain the compiled one? Immutables are written by the constructor, so their places don't count. */
import { hexToBytes, isHex } from "viem";

export interface CompareCodeOptions {
  /** 0x hex; undefined or `0x`: there is none. */
  onChain: string | undefined;
  compiled: string;
  immutableReferences: Readonly<Record<string, readonly { start: number; length: number }[]>>;
}

export type CodeComparison = "same" | "missing" | "metadata differs" | "code differs";

export function compareCode({ onChain, compiled, immutableReferences }: CompareCodeOptions): CodeComparison {
  const found = toBytes(onChain ?? "0x");
  const wanted = toBytes(compiled);
  if (found.length === 0) return "missing";
  if (found.length !== wanted.length) return "code differs";
  for (const { start, length } of Object.values(immutableReferences).flat()) {
    found.fill(0, start, start + length);
    wanted.fill(0, start, start + length);
  }
  // The compiler ends the code with its metadata (CBOR) and, in two bytes, the length of that.
  const metadata = wanted.length < 2 ? 0 : ((wanted[wanted.length - 2] ?? 0) << 8) + (wanted[wanted.length - 1] ?? 0) + 2;
  const codeEnd = Math.max(0, wanted.length - metadata);
  if (!equal(found.subarray(0, codeEnd), wanted.subarray(0, codeEnd))) return "code differs";
  return equal(found.subarray(codeEnd), wanted.subarray(codeEnd)) ? "same" : "metadata differs";
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

function toBytes(text: string): Uint8Array {
  if (!isHex(text)) throw new Error("Code must be 0x hex.");
  return hexToBytes(text);
}
