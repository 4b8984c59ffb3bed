/** What a transaction that makes a contract carries: its code and its encoded arguments. */
import { concatHex, encodeAbiParameters, encodeFunctionData, getAddress, isHex, type Address, type Hex } from "viem";
import { z } from "zod";
import { abiValueType, readAbiValues, type AbiValueType, type ValueProblem } from "~/chains/abi-values";
import { DEPLOYER_ARGUMENT, type Deployable } from "../deployable";

const abiItem = z.looseObject({ type: z.string(), name: z.string().optional(), inputs: z.array(abiValueType).optional() });

export type Creation = { ok: true; data: Hex } | { ok: false; problems: readonly ValueProblem[] };

/** The contract itself (behind a proxy: its implementation). Problems name `constructor_args.N`. */
export function encodeCreation(options: { deployable: Deployable; deployer: Address }): Creation {
  const { deployable, deployer } = options;
  const inputs = findInputs(deployable, (item) => item.type === "constructor");
  const read = readAbiValues({ types: inputs ?? [], values: placeDeployer(deployable.constructor_args, deployer), field: "constructor_args" });
  if (!read.ok) return read;
  return { ok: true, data: concatHex([toHex(deployable.bytecode), encodeAbiParameters([...(inputs ?? [])], read.values)]) };
}

/** The proxy of an upgradeable contract, which calls the initializer as it is made. Problems name `initializer.args.N`. */
export function encodeProxyCreation(options: { deployable: Deployable; deployer: Address; implementation: Address }): Creation {
  const { deployable, deployer, implementation } = options;
  const proxy = deployable.upgradeable;
  if (proxy === null) throw new Error(`${deployable.contract} has no proxy.`);
  const { name, args } = proxy.initializer;
  const inputs = findInputs(deployable, (item) => item.type === "function" && item.name === name && item.inputs?.length === args.length);
  if (inputs === null) return { ok: false, problems: [{ path: "initializer", message: `${deployable.contract} has no function ${name} with ${args.length} arguments.` }] };
  const read = readAbiValues({ types: inputs, values: placeDeployer(args, deployer), field: "initializer.args" });
  if (!read.ok) return read;
  const call = encodeFunctionData({ abi: [{ type: "function", name, inputs: [...inputs], outputs: [], stateMutability: "nonpayable" }], functionName: name, args: read.values });
  return { ok: true, data: concatHex([toHex(proxy.proxy_bytecode), encodeAbiParameters([{ type: "address" }, { type: "bytes" }], [getAddress(implementation), call])]) };
}

function findInputs(deployable: Deployable, matches: (item: z.infer<typeof abiItem>) => boolean): readonly AbiValueType[] | null {
  const item = z.array(abiItem).parse(deployable.abi).find(matches);
  return item === undefined ? null : (item.inputs ?? []);
}

/** `"$deployer"` at any depth becomes the signer's address. */
function placeDeployer(values: readonly unknown[], deployer: Address): unknown[] {
  const place = (value: unknown): unknown => {
    if (value === DEPLOYER_ARGUMENT) return deployer;
    if (Array.isArray(value)) return value.map(place);
    if (typeof value === "object" && value !== null) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, place(item)]));
    return value;
  };
  return values.map(place);
}

function toHex(text: string): Hex {
  if (!isHex(text)) throw new Error("The deployable's code is not hex.");
  return text;
}
