/**
 * The contract spec: what a contract shall be, without a word of the prompt it was read from. Another phrasing of the same
 * contract gives the same spec, and so the same source, byte for byte.
 */
import { z } from "zod";
import { access, address, amount, decimals, identifier, percent, seconds, tokenName, tokenSymbol, uri } from "./fields";

export const TEMPLATES = ["erc20", "erc721", "erc1155", "stablecoin", "governor", "vesting", "custom"] as const;
export const templateName = z.enum(TEMPLATES);
export type TemplateName = (typeof TEMPLATES)[number];

const contract = { contract: identifier };
const governed = { access, upgradeable: z.boolean(), owner: address };

const fungible = {
  ...contract,
  name: tokenName,
  symbol: tokenSymbol,
  decimals,
  /** Whole tokens, made when the contract is deployed. */
  supply: amount,
  recipient: address,
  /** Whole tokens that there may ever be. */
  cap: amount.nullable(),
  mintable: z.boolean(),
  burnable: z.boolean(),
  pausable: z.boolean(),
  permit: z.boolean(),
  votes: z.boolean(),
  flash_mint: z.boolean(),
  /** The owner can stop single accounts from sending and receiving. */
  freezable: z.boolean(),
  ...governed,
};

const royalty = { royalty_percent: percent({ what: "The royalty" }).nullable(), royalty_receiver: address };

export const erc20Spec = z.strictObject({ template: z.literal("erc20"), ...fungible });
export const stablecoinSpec = z.strictObject({ template: z.literal("stablecoin"), ...fungible });

export const erc721Spec = z.strictObject({
  template: z.literal("erc721"),
  ...contract,
  name: tokenName,
  symbol: tokenSymbol,
  base_uri: uri.nullable(),
  /** Each token has a URI of its own, given when it is minted. */
  uri_storage: z.boolean(),
  max_supply: amount.nullable(),
  mintable: z.boolean(),
  burnable: z.boolean(),
  pausable: z.boolean(),
  enumerable: z.boolean(),
  votes: z.boolean(),
  /** Tokens can't be handed on. */
  soulbound: z.boolean(),
  ...royalty,
  ...governed,
});

export const erc1155Spec = z.strictObject({
  template: z.literal("erc1155"),
  ...contract,
  name: tokenName,
  symbol: tokenSymbol,
  base_uri: uri.nullable(),
  mintable: z.boolean(),
  burnable: z.boolean(),
  pausable: z.boolean(),
  supply_tracking: z.boolean(),
  ...royalty,
  ...governed,
});

export const governorSpec = z.strictObject({
  template: z.literal("governor"),
  ...contract,
  name: tokenName,
  /** The token whose holders vote; deployed together with the governor. */
  token: z.strictObject({ contract: identifier, name: tokenName, symbol: tokenSymbol, supply: amount, recipient: address }),
  voting_delay: seconds({ what: "The voting delay" }),
  voting_period: seconds({ what: "The voting period", min: 1 }),
  quorum_percent: percent({ what: "The quorum" }),
  /** Whole tokens that a proposer must have. */
  proposal_threshold: amount,
  /** Seconds between a vote and what it decides; null: at once. */
  timelock_delay: seconds({ what: "The timelock's delay" }).nullable(),
});

export const vestingSpec = z.strictObject({
  template: z.literal("vesting"),
  ...contract,
  name: tokenName,
  beneficiary: address,
  duration: seconds({ what: "The vesting's duration", min: 1 }),
  cliff: seconds({ what: "The cliff" }),
  /** Unix seconds; null: when it is deployed. */
  start: z.int().min(0).max(4_102_444_800).nullable(),
});

/** Given sources, or sources that a model wrote. */
export const customSpec = z.strictObject({
  template: z.literal("custom"),
  /** The contract that is deployed; null: the only one, or else the last one that can be. */
  contract: z.string().regex(/^[A-Za-z_$][A-Za-z0-9_$]{0,127}$/).nullable(),
  files: z.array(z.string().max(500)).min(1).max(200),
});

export const contractSpec = z.discriminatedUnion("template", [erc20Spec, stablecoinSpec, erc721Spec, erc1155Spec, governorSpec, vestingSpec, customSpec]);
export type ContractSpec = z.infer<typeof contractSpec>;
export type SpecOf<Template extends TemplateName> = Extract<ContractSpec, { template: Template }>;
export type FungibleSpec = SpecOf<"erc20"> | SpecOf<"stablecoin">;
/** A spec whose source is written by a template of ours. */
export type TemplateSpec = Exclude<ContractSpec, { template: "custom" }>;

/** JSON with sorted keys and a final line feed: the same spec is the same bytes. */
export function writeCanonicalJson(value: unknown): string {
  const sort = (one: unknown): unknown => {
    if (Array.isArray(one)) return one.map(sort);
    if (typeof one !== "object" || one === null) return one;
    return Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sort(inner)]));
  };
  return `${JSON.stringify(sort(value), null, 2)}\n`;
}
