/** A contract's interface as the compiler tells it, sorted for people. */
import { z } from "zod";
import { abiValueType, readAbiValues, type AbiValueType } from "~/chains/abi-values";

export interface AbiParameter extends AbiValueType {
  indexed?: boolean | undefined;
}

export interface AbiItem {
  name: string;
  /** `transfer(address,uint256)`. */
  signature: string;
  inputs: AbiParameter[];
  outputs: AbiParameter[];
  payable: boolean;
}

export interface AbiGroups {
  read: AbiItem[];
  write: AbiItem[];
  events: AbiItem[];
  errors: AbiItem[];
}

const parameter = z.intersection(abiValueType, z.looseObject({ indexed: z.boolean().optional() }));
const item = z.looseObject({
  type: z.string(),
  name: z.string().optional(),
  inputs: z.array(parameter).default([]),
  outputs: z.array(parameter).default([]),
  stateMutability: z.string().optional(),
});
export const abiSchema = z.array(item);
export type Abi = z.infer<typeof abiSchema>;

const isView = (mutability: string | undefined) => mutability === "view" || mutability === "pure";

/** Those that ask for nothing first, then by name. */
export function groupAbi({ abi }: { abi: Abi }): AbiGroups {
  const take = (wanted: (one: Abi[number]) => boolean) =>
    abi
      .filter((one) => one.name !== undefined && wanted(one))
      .map(({ name = "", inputs, outputs, stateMutability }): AbiItem => ({ name, signature: `${name}(${inputs.map(typeOf).join(",")})`, inputs, outputs, payable: stateMutability === "payable" }))
      .sort((a, b) => Number(a.inputs.length > 0) - Number(b.inputs.length > 0) || a.signature.localeCompare(b.signature, "en"));
  return {
    read: take((one) => one.type === "function" && isView(one.stateMutability)),
    write: take((one) => one.type === "function" && !isView(one.stateMutability)),
    events: take((one) => one.type === "event"),
    errors: take((one) => one.type === "error"),
  };
}

function typeOf({ type, components = [] }: AbiValueType): string {
  return type.startsWith("tuple") ? `(${components.map(typeOf).join(",")})${type.slice("tuple".length)}` : type;
}

/** A type as a reader of the source knows it, a tuple with the names of its parts: `(uint256 id, string note)[]`. */
export function describeType({ type, components = [] }: AbiValueType): string {
  if (!type.startsWith("tuple")) return type;
  return `(${components.map((part) => [describeType(part), part.name].filter(Boolean).join(" ")).join(", ")})${type.slice("tuple".length)}`;
}

/** What a list or a tuple may be typed as: `{"id": …, "note": …}`. */
export function hintOf({ type, components = [] }: AbiValueType): string {
  if (type.endsWith("]")) return "[…]";
  if (type === "tuple") return components.every(({ name }) => name !== undefined && name !== "") ? `{${components.map(({ name }) => `"${name ?? ""}": …`).join(", ")}}` : "[…]";
  if (type === "address" || type.startsWith("bytes")) return "0x…";
  return type === "string" ? "text" : "0";
}

export type ReadArguments = { ok: true; args: unknown[] } | { ok: false; problems: ReadonlyMap<number, string> };

/** What was typed, as JSON values of the inputs' types; lists and tuples are typed as JSON. Problems by the input's index. */
export function readArguments({ inputs, texts }: { inputs: readonly AbiParameter[]; texts: readonly string[] }): ReadArguments {
  const problems = new Map<number, string>();
  const args = inputs.map((input, index) => {
    const text = texts[index] ?? "";
    if (!isCompound(input.type)) return input.type === "string" ? text : text.trim();
    const value = parseJson(text);
    if (value === undefined) problems.set(index, `must be JSON, such as ${input.type.endsWith("]") ? "[1, 2]" : "[\"0x…\", \"10\"]"}.`);
    return value;
  });
  const read = readAbiValues({ types: inputs, values: args, field: "args" });
  for (const { path, message } of read.ok ? [] : read.problems) {
    const [, at, rest = ""] = /^args\.(\d+)(?:\.(.+))?$/.exec(path) ?? [];
    if (at !== undefined && !problems.has(Number(at))) problems.set(Number(at), rest === "" ? message : `${rest} ${message}`);
  }
  return problems.size === 0 ? { ok: true, args } : { ok: false, problems };
}

export function isCompound(type: string): boolean {
  return type.endsWith("]") || type === "tuple";
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
