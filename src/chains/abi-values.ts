/**
 * Values of contracts as JSON: whole numbers of any size are decimal strings, bytes are 0x hex, tuples are lists or objects.
 * What comes in is checked against the ABI's type first, so that a wrong value is named by its place.
 */
import { getAddress, isAddress, isHex, size } from "viem";
import { z } from "zod";

export interface AbiValueType {
  type: string;
  name?: string | undefined;
  components?: readonly AbiValueType[] | undefined;
}

export const abiValueType: z.ZodType<AbiValueType> = z.lazy(() => z.looseObject({ type: z.string(), name: z.string().optional(), components: z.array(abiValueType).optional() }));

export interface ValueProblem {
  path: string;
  message: string;
}

export type ReadValues = { ok: true; values: unknown[] } | { ok: false; problems: ValueProblem[] };

const ARRAY = /^(.*)\[(\d*)\]$/;
const INTEGER = /^(u?)int(\d*)$/;
const BYTES = /^bytes(\d*)$/;

/** JSON values as the encoder wants them. `field` is what the values are called, such as `args`. */
export function readAbiValues(options: { types: readonly AbiValueType[]; values: readonly unknown[]; field: string }): ReadValues {
  const { types, values, field } = options;
  if (values.length !== types.length) {
    const wanted = types.map((type, index) => `${type.type} ${type.name === undefined || type.name === "" ? index : type.name}`).join(", ");
    return { ok: false, problems: [{ path: field, message: `must have ${types.length} ${types.length === 1 ? "value" : "values"}${wanted === "" ? "" : ` (${wanted})`}; got ${values.length}.` }] };
  }
  const problems: ValueProblem[] = [];
  const read = types.map((type, index) => readValue({ type, value: values[index], path: `${field}.${index}`, problems }));
  return problems.length === 0 ? { ok: true, values: read } : { ok: false, problems };
}

interface ReadOne {
  type: AbiValueType;
  value: unknown;
  path: string;
  problems: ValueProblem[];
}

function readValue({ type, value, path, problems }: ReadOne): unknown {
  const wrong = (message: string): undefined => {
    problems.push({ path, message });
    return undefined;
  };
  const array = ARRAY.exec(type.type);
  if (array !== null) {
    const [, inner = "", length = ""] = array;
    if (!Array.isArray(value)) return wrong(`must be a list of ${inner}.`);
    if (length !== "" && value.length !== Number(length)) return wrong(`must be a list of ${length} ${inner}; got ${value.length}.`);
    return value.map((item: unknown, index) => readValue({ type: { ...type, type: inner }, value: item, path: `${path}.${index}`, problems }));
  }
  if (type.type === "tuple") return readTuple({ type, value, path, problems });
  const integer = INTEGER.exec(type.type);
  if (integer !== null) {
    const number = toInteger(value);
    const bits = BigInt(integer[2] === "" || integer[2] === undefined ? 256 : Number(integer[2]));
    const unsigned = integer[1] === "u";
    const [least, most] = unsigned ? [0n, 2n ** bits - 1n] : [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n];
    if (number === null) return wrong("must be a whole number; write large ones as text, such as \"1000000000000000000\".");
    if (number < least || number > most) return wrong(`must be from ${least} to ${most} (${type.type}).`);
    // The encoder takes small integer types as numbers.
    return bits <= 48n ? Number(number) : number;
  }
  if (type.type === "bool") return typeof value === "boolean" ? value : value === "true" ? true : value === "false" ? false : wrong("must be true or false.");
  if (type.type === "string") return typeof value === "string" ? value : wrong("must be text.");
  if (type.type === "address") return typeof value === "string" && isAddress(value, { strict: false }) ? getAddress(value) : wrong("must be an address: 0x and 40 hex digits.");
  const bytes = BYTES.exec(type.type);
  if (bytes !== null) {
    if (typeof value !== "string" || !isHex(value) || value.length % 2 !== 0) return wrong("must be bytes: 0x and hex digits, two for each.");
    if (bytes[1] !== "" && size(value) !== Number(bytes[1])) return wrong(`must be ${bytes[1]} bytes: 0x and ${2 * Number(bytes[1])} hex digits.`);
    return value;
  }
  return wrong(`has the type ${type.type}, which can't be given here.`);
}

function readTuple({ type, value, path, problems }: ReadOne): unknown {
  const parts = type.components ?? [];
  const names = parts.map((part) => part.name ?? "");
  const isList = Array.isArray(value);
  if (typeof value !== "object" || value === null || (isList && value.length !== parts.length)) {
    problems.push({ path, message: `must be a list of ${parts.length} values, or an object with ${names.join(", ")}.` });
    return undefined;
  }
  const given = new Map<string, unknown>(Object.entries(value));
  const read = parts.map((part, index) => {
    const key = isList ? String(index) : (part.name ?? "");
    return readValue({ type: part, value: given.get(key), path: `${path}.${key}`, problems });
  });
  // The encoder takes tuples with named parts as objects, and others as lists.
  return names.every((name) => name !== "") ? Object.fromEntries(names.map((name, index) => [name, read[index]])) : read;
}

function toInteger(value: unknown): bigint | null {
  if (typeof value === "number") return Number.isSafeInteger(value) ? BigInt(value) : null;
  return typeof value === "string" && /^-?\d{1,78}$/.test(value.trim()) ? BigInt(value.trim()) : null;
}

/** A decoded value as JSON: every whole number becomes a decimal string, whatever its size. */
export function toJsonValue(value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) return value.map(toJsonValue);
  if (typeof value === "object" && value !== null) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toJsonValue(item)]));
  return value;
}
