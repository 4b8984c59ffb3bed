/**
 * Is what a contract answered a sound encoding of its types? A contract answers any bytes it likes, and pointers that all
 * lead to one long value make gigabytes of some kilobytes. In a sound encoding no byte belongs to two values, so that all
 * of them together are never larger than the answer: that is the budget here, and it bounds what decoding can cost.
 */
import { hexToBytes, type Hex } from "viem";
import type { AbiValueType } from "./abi-values";

const WORD = 32;
const ARRAY = /^(.*)\[(\d*)\]$/;

class Unsound extends Error {}

export function isSoundEncoding(options: { types: readonly AbiValueType[]; data: Hex }): boolean {
  const bytes = hexToBytes(options.data);
  const reading: Reading = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), left: bytes.length };
  try {
    readSequence({ reading, types: options.types, at: 0 });
    return true;
  } catch (error) {
    if (error instanceof Unsound) return false;
    throw error;
  }
}

interface Reading {
  view: DataView;
  /** Bytes that no value has taken yet. */
  left: number;
}

/** Values side by side: those of a fixed size in place, the others behind a pointer that counts from `at`. */
function readSequence(options: { reading: Reading; types: Iterable<AbiValueType>; at: number }): void {
  const { reading, types, at } = options;
  let head = at;
  for (const type of types) {
    if (isDynamic(type)) readDynamic(reading, type, at + readWord(reading, head));
    else take(reading, head, headSize(type));
    head += headSize(type);
  }
}

function readDynamic(reading: Reading, type: AbiValueType, at: number): void {
  const array = splitArray(type);
  if (array === null && type.type === "tuple") return readSequence({ reading, types: type.components ?? [], at });
  if (array === null) return take(reading, at + WORD, readWord(reading, at));
  const { item, length } = array;
  const count = length ?? readWord(reading, at);
  const first = length === null ? at + WORD : at;
  if (!isDynamic(item)) return take(reading, first, count * headSize(item));
  readSequence({ reading, types: repeat(item, count), at: first });
}

/** A length or a pointer: what is larger than the answer is neither. */
function readWord(reading: Reading, at: number): number {
  take(reading, at, WORD);
  for (let byte = 0; byte < WORD - 4; byte++) if (reading.view.getUint8(at + byte) !== 0) throw new Unsound();
  return reading.view.getUint32(at + WORD - 4);
}

function take(reading: Reading, at: number, length: number): void {
  reading.left -= length;
  if (reading.left < 0 || at + length > reading.view.byteLength) throw new Unsound();
}

function* repeat(type: AbiValueType, count: number): Generator<AbiValueType> {
  for (let index = 0; index < count; index++) yield type;
}

function isDynamic(type: AbiValueType): boolean {
  const array = splitArray(type);
  if (array !== null) return array.length === null || isDynamic(array.item);
  return type.type === "tuple" ? (type.components ?? []).some(isDynamic) : type.type === "string" || type.type === "bytes";
}

function headSize(type: AbiValueType): number {
  if (isDynamic(type)) return WORD;
  const array = splitArray(type);
  if (array !== null) return (array.length ?? 0) * headSize(array.item);
  return type.type === "tuple" ? (type.components ?? []).reduce((total, part) => total + headSize(part), 0) : WORD;
}

/** Null for what is no array; its length is null when it is not part of the type. */
function splitArray(type: AbiValueType): { item: AbiValueType; length: number | null } | null {
  const [, item, length = ""] = ARRAY.exec(type.type) ?? [];
  return item === undefined ? null : { item: { ...type, type: item }, length: length === "" ? null : Number(length) };
}
