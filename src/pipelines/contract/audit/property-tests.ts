/** What the property tests need: the code as it is deployed, made by a known owner, and the functions that anyone could call. */
import { z } from "zod";
import { isHex, sliceHex, type Address } from "viem";
import { encodeCreation, encodeProxyCreation } from "../deploy/creation-data";
import type { Deployable } from "../deployable";

/** Who deploys in the tests; the runner script has the same. */
const OWNER: Address = "0x00000000000000000000000000000000000a11ce";
const WORD = 32;

export interface PropertyTests {
  contract: string;
  file: string;
  /** Code that makes the contract, 0x hex. */
  creation: string;
  /** The proxy's code, and what follows the implementation's address in its arguments. */
  proxy: { code: string; rest: string } | null;
  functions: { name: string; inputs: string[]; payable: boolean }[];
  /** Signatures of functions that only read. */
  views: string[];
}

const abiFunctions = z.array(
  z.looseObject({ type: z.string(), name: z.string().default(""), stateMutability: z.string().default("nonpayable"), inputs: z.array(z.looseObject({ type: z.string() })).default([]) }),
);

/** Null when its arguments can't be encoded: the deployment says what is wrong with them. */
export function makePropertyTests(deployable: Deployable): PropertyTests | null {
  const creation = encodeCreation({ deployable, deployer: OWNER });
  if (!creation.ok) return null;
  const proxy = deployable.upgradeable === null ? null : makeProxy(deployable);
  if (deployable.upgradeable !== null && proxy === null) return null;
  const functions = abiFunctions.parse(deployable.abi).filter((item) => item.type === "function");
  const reads = functions.filter((item) => item.stateMutability === "view" || item.stateMutability === "pure");
  return {
    contract: deployable.contract,
    file: deployable.file,
    creation: creation.data,
    proxy,
    functions: functions.filter((item) => !reads.includes(item)).map(({ name, inputs, stateMutability }) => ({ name, inputs: inputs.map(({ type }) => type), payable: stateMutability === "payable" })),
    views: reads.map(({ name, inputs }) => `${name}(${inputs.map(({ type }) => type).join(",")})`),
  };
}

/** The tests make the implementation themselves, so its address is taken out of the proxy's arguments. */
function makeProxy(deployable: Deployable): PropertyTests["proxy"] {
  const code = deployable.upgradeable?.proxy_bytecode;
  if (!isHex(code)) return null;
  const creation = encodeProxyCreation({ deployable, deployer: OWNER, implementation: OWNER });
  if (!creation.ok) return null;
  const length = (code.length - 2) / 2;
  return { code, rest: sliceHex(creation.data, length + WORD) };
}
