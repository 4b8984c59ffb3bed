/** Options of a contract release: a prompt or given sources, the chains, and what the form overrides. */
import { z } from "zod";
import { MAX_PROMPT, MIN_PROMPT } from "~/domain/prompt-bounds";
import { access, address, decimals, percent, seconds, tokenName, tokenSymbol, uri } from "./spec/fields";
import { MAX_SUPPLY_DIGITS } from "./spec/limits";
import { templateName } from "./spec/schema";

const DIGITS = "must be a whole number of tokens, such as 1000000.";

/** A number or digits; out come digits. */
const amountInput = z
  .union([z.int({ error: DIGITS }).min(0), z.string().regex(/^\d+$/, { error: DIGITS }).max(MAX_SUPPLY_DIGITS)], { error: DIGITS })
  .transform((value) => BigInt(value).toString());

/** What is set here counts more than what the prompt says. */
export const contractFeatures = z
  .strictObject({
    name: tokenName,
    symbol: tokenSymbol,
    decimals,
    supply: amountInput,
    cap: amountInput.nullable(),
    max_supply: amountInput.nullable(),
    recipient: address,
    owner: address,
    mintable: z.boolean(),
    burnable: z.boolean(),
    pausable: z.boolean(),
    permit: z.boolean(),
    votes: z.boolean(),
    flash_mint: z.boolean(),
    freezable: z.boolean(),
    soulbound: z.boolean(),
    enumerable: z.boolean(),
    uri_storage: z.boolean(),
    supply_tracking: z.boolean(),
    base_uri: uri.nullable(),
    royalty_percent: percent({ what: "The royalty" }).nullable(),
    royalty_receiver: address,
    access,
    upgradeable: z.boolean(),
    token_name: tokenName,
    token_symbol: tokenSymbol,
    voting_delay: seconds({ what: "The voting delay" }),
    voting_period: seconds({ what: "The voting period", min: 1 }),
    quorum_percent: percent({ what: "The quorum" }),
    proposal_threshold: amountInput,
    timelock_delay: seconds({ what: "The timelock's delay" }).nullable(),
    beneficiary: address,
    duration: seconds({ what: "The vesting's duration", min: 1 }),
    cliff: seconds({ what: "The cliff" }),
    start: z.int().min(0).max(4_102_444_800).nullable(),
  })
  .partial();
export type ContractFeatures = z.infer<typeof contractFeatures>;

export const prompt = z
  .string()
  .trim()
  .min(MIN_PROMPT, { error: `must have at least ${MIN_PROMPT} characters: say what the contract shall be.` })
  .max(MAX_PROMPT, { error: `must have at most ${MAX_PROMPT} characters.` });

const chainId = z.int({ error: "must be a chain's number, such as 31337." }).positive({ error: "must be a chain's number, such as 31337." });

/** At most 10, each once. */
export const chainIds = z
  .array(chainId)
  .max(10, { error: "must have at most 10 chains." })
  .refine((ids) => new Set(ids).size === ids.length, { error: "must name each chain once." });

export const contractOptions = z
  .object({
    prompt: prompt.optional(),
    template: templateName.optional(),
    features: contractFeatures.optional(),
    /** Where the contract is deployed. */
    chains: chainIds.default([]),
    /** Which contract of given sources is deployed. */
    contract: z
      .string()
      // With its file before it where several files have one of the name: `tokens.Coin`.
      .regex(/^(?:[^\p{Cc}]{1,200}\.)?[A-Za-z_$][A-Za-z0-9_$]{0,127}$/u, { error: "must be the name of a contract in the sources." })
      .optional(),
    /** Of given sources. `"$deployer"` stands for the address that deploys. */
    constructor_args: z.array(z.unknown()).max(64).optional(),
    /** Main networks that the maker has confirmed, for the one build that is made with it. */
    confirm_mainnet: chainIds.optional(),
  })
  .strict();

export type ContractOptions = z.infer<typeof contractOptions>;
