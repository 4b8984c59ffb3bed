/**
 * What a contract answered, or said when it refused, as JSON and words. Its maker decides what the bytes are, so how much of
 * them is read, and what reading them can cost, is bounded before they are decoded.
 */
import { BaseError, ContractFunctionRevertedError, decodeFunctionResult, size, type Hex } from "viem";
import { z } from "zod";
import { ChainError } from "~/chains";
import { abiValueType, toJsonValue } from "~/chains/abi-values";
import { isSoundEncoding } from "~/chains/check-encoding";
import { AppError } from "~/domain/errors";
import type { Deployable } from "~/pipelines/contract/deployable";
import type { ContractAnswer } from "../../api/schemas/chains";

/** Bytes: a picture in a token's URI fits; what is larger is for programs that ask the chain themselves. */
const LONGEST_ANSWER = 256 * 1024;
const LONGEST_REFUSAL = 8 * 1024;
const LONGEST_WORDS = 1_000;

export const abiFunction = z.looseObject({
  type: z.literal("function"),
  name: z.string(),
  inputs: z.array(abiValueType),
  outputs: z.array(abiValueType),
  stateMutability: z.enum(["pure", "view", "nonpayable", "payable"]),
});
export type AbiFunction = z.infer<typeof abiFunction>;

/** Throws `answer_not_readable`. */
export function decodeAnswer({ called, data }: { called: AbiFunction; data: Hex }): ContractAnswer["outputs"] {
  if (size(data) > LONGEST_ANSWER) throw unreadable(`${called.name} answered ${size(data)} bytes; at most ${LONGEST_ANSWER} are shown here. Ask the chain itself for it.`);
  const values = isSoundEncoding({ types: called.outputs, data }) ? decode({ called, data }) : null;
  if (values === null) throw unreadable(`${called.name} answered what is not of the types in its interface (${called.outputs.map((output) => output.type).join(", ")}).`);
  return called.outputs.map((output, index) => ({ name: output.name ?? "", type: output.type, value: toJsonValue(values[index]) }));
}

function unreadable(userMessage: string): AppError {
  return new AppError("answer_not_readable", { userMessage });
}

/** Null for bytes that are none of the types' values. */
function decode({ called, data }: { called: AbiFunction; data: Hex }): readonly unknown[] | null {
  try {
    const decoded: unknown = decodeFunctionResult({ abi: [{ ...called, inputs: [...called.inputs], outputs: [...called.outputs] }], functionName: called.name, data });
    // The decoder answers a single output by itself, several as a list.
    return called.outputs.length === 1 ? [decoded] : Array.isArray(decoded) ? decoded : [];
  } catch (error) {
    if (error instanceof BaseError) return null;
    throw error;
  }
}

const revertData = z.object({ data: z.union([z.custom<Hex>((value) => typeof value === "string" && /^0x[0-9a-f]*$/i.test(value)), z.object({ data: z.custom<Hex>((value) => typeof value === "string" && value.startsWith("0x")) }).transform((inner) => inner.data)]) });

/** What the contract said when it refused: its reason, or its own error with the values. */
export function revertWords(options: { error: unknown; deployable: Deployable; called: AbiFunction }): string | null {
  const { error, deployable, called } = options;
  if (!(error instanceof BaseError) || error instanceof ChainError) return null;
  const carrier = error.walk((cause) => revertData.safeParse(cause).success);
  const data = carrier === null ? undefined : revertData.safeParse(carrier).data?.data;
  if (data === undefined || data === "0x") return null;
  if (size(data) > LONGEST_REFUSAL) return `with ${size(data)} bytes, which are too many to be read here`;
  const abi = deployable.abi.flatMap((item) => (item.type === "error" ? (z.looseObject({ type: z.literal("error"), name: z.string(), inputs: z.array(abiValueType) }).safeParse(item).data ?? []) : []));
  const told = new ContractFunctionRevertedError({ abi: abi.map((item) => ({ ...item, inputs: [...item.inputs] })), data, functionName: called.name });
  // For the language's own errors viem has words.
  if (told.data?.errorName !== undefined && told.data.errorName !== "Error" && told.data.errorName !== "Panic") return shorten(`${told.data.errorName}(${(told.data.args ?? []).map((value) => JSON.stringify(toJsonValue(value))).join(", ")})`);
  return shorten(told.reason ?? told.shortMessage);
}

function shorten(text: string): string {
  return text.length > LONGEST_WORDS ? `${text.slice(0, LONGEST_WORDS)}…` : text;
}
