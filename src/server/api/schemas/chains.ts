/** Shapes of chains, what contracts on them answer, and the keys that sign. */
import { z } from "zod";
import { id, workspaceRef } from "./names";
import { wholeAnswer } from "./paging";

const CHAIN_ID = "must be a chain's number, such as 31337.";
export const chainId = z.int({ error: CHAIN_ID }).min(1, { error: CHAIN_ID }).max(2_147_483_647, { error: CHAIN_ID });

export const chainIdList = z
  .array(chainId, { error: "must be a list of chain numbers." })
  .max(10, { error: "must have at most 10 chains." })
  .refine((ids) => new Set(ids).size === ids.length, { error: "must name each chain once." });

export const chainView = z.object({
  chain_id: z.number().int(),
  name: z.string(),
  testnet: z.boolean(),
  unit: z.string(),
  /** Run by this installation, on its own machine. */
  embedded: z.boolean(),
  explorer_url: z.string().nullable(),
  /** Answers now, or is started by the first deployment. */
  available: z.boolean(),
  /** Embedded chains have one always; else whether the workspace has set the one that the chain names. */
  has_signer: z.boolean(),
  /** The name of the signer that the chain wants; null for embedded ones. */
  signer: z.string().nullable(),
});
export type ChainView = z.infer<typeof chainView>;

export const listChainsInput = z.object({ workspace: workspaceRef.optional() });
export const listChainsOutput = z.object({ chains: z.array(chainView), ...wholeAnswer });

export const deployBuildInput = z.strictObject({
  build_id: id,
  chain_ids: chainIdList.min(1, { error: "must have at least one chain." }),
  /** Main networks among them: each must be named here too. */
  confirm_mainnet: chainIdList.optional(),
});

export const readContractInput = z.strictObject({
  build_id: id,
  chain_id: chainId,
  contract: z.string().max(200).optional(),
  /** Its name, or its signature where several have the name: `balanceOf(address)`. */
  function: z.string().min(1, { error: "must be the name of a function." }).max(500),
  /** JSON values; large numbers as text. */
  args: z.array(z.unknown()).max(64).default([]),
});
export const contractAnswer = z.object({
  chain_id: z.number().int(),
  address: z.string(),
  /** Its signature. */
  function: z.string(),
  /** The chain's height when it answered. */
  block: z.number().int(),
  /** Whole numbers are decimal text, bytes 0x hex, tuples objects. */
  outputs: z.array(z.object({ name: z.string(), type: z.string(), value: z.unknown() })),
});
export type ContractAnswer = z.infer<typeof contractAnswer>;

export const signerView = z.object({ name: z.string(), address: z.string().nullable(), updated_at: z.iso.datetime() });
export type SignerView = z.infer<typeof signerView>;
export const listSignersInput = z.strictObject({ workspace: workspaceRef });
export const listSignersOutput = z.object({ signers: z.array(signerView), ...wholeAnswer });
const signerName = z.string().max(63);
export const setSignerInput = z.strictObject({ workspace: workspaceRef, name: signerName, private_key: z.string().max(200) });
export const removeSignerInput = z.strictObject({ workspace: workspaceRef, name: signerName });
