/** From what was read to a whole spec: what was not said is assumed, and each assumption is told. */
import type { ContractFeatures } from "../options";
import { DEPLOYER } from "./fields";
import { makeIdentifier, makeSymbol } from "./identifiers";
import type { Assumed, Reading } from "./reading";
import { show, showField } from "./reading";
import { MAX_SIGNED_NAME } from "./limits";
import { contractSpec, type ContractSpec, type TemplateName } from "./schema";

type Key = keyof ContractFeatures;

const FUNGIBLE: readonly Key[] = ["name", "symbol", "decimals", "supply", "cap", "recipient", "owner", "mintable", "burnable", "pausable", "permit", "votes", "flash_mint", "freezable", "access", "upgradeable"];
const FIELDS: Readonly<Record<TemplateName, readonly Key[]>> = {
  erc20: FUNGIBLE,
  stablecoin: FUNGIBLE,
  erc721: ["name", "symbol", "base_uri", "uri_storage", "max_supply", "owner", "mintable", "burnable", "pausable", "enumerable", "votes", "soulbound", "royalty_percent", "royalty_receiver", "access", "upgradeable"],
  erc1155: ["name", "symbol", "base_uri", "owner", "mintable", "burnable", "pausable", "supply_tracking", "royalty_percent", "royalty_receiver", "access", "upgradeable"],
  governor: ["name", "token_name", "token_symbol", "supply", "recipient", "voting_delay", "voting_period", "quorum_percent", "proposal_threshold", "timelock_delay", "votes", "permit"],
  vesting: ["name", "beneficiary", "duration", "cliff", "start"],
  custom: [],
};
const LABELS: Readonly<Record<TemplateName, string>> = { erc20: "an ERC-20 token", stablecoin: "a stablecoin", erc721: "an NFT collection", erc1155: "a multi-token contract", governor: "a governor", vesting: "a vesting wallet", custom: "a contract of one's own" };
/** What has another name in a sentence: "has no royalties". */
const NOUNS: Readonly<Record<string, string>> = {
  royalty_percent: "royalties", royalty_receiver: "royalties", base_uri: "base URI", uri_storage: "URIs of single tokens", soulbound: "bond to its holder", mintable: "minting", burnable: "burning", pausable: "pausing",
  votes: "votes", flash_mint: "flash loans", freezable: "freezing of accounts", upgradeable: "upgrades", enumerable: "enumeration", max_supply: "maximum number of tokens", access: "owner or roles to choose",
};
const SUFFIXES: Readonly<Record<TemplateName, string>> = { erc20: "Token", stablecoin: "Token", erc721: "Collection", erc1155: "Tokens", governor: "Governor", vesting: "Vesting", custom: "Contract" };

const DEFAULT_SUPPLY = "1000000";
const DAY = 86_400;

interface Draft {
  template: TemplateName;
  features: ContractFeatures;
  assume(assumed: Assumed): void;
}

/** Null when something is wrong; `reading.problems` and `reading.unsupported` say what. */
export function finishSpec({ reading, template }: { reading: Reading; template: TemplateName }): ContractSpec | null {
  checkFields({ reading, template });
  const draft: Draft = { template, features: reading.features, assume: (assumed) => void reading.assume(assumed) };
  const spec = draftSpec(draft);
  for (const problem of findContradictions(reading.features, template)) reading.problem(problem);
  const parsed = contractSpec.safeParse(spec);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) reading.problem({ field: issue.path.join("."), message: issue.message });
    return null;
  }
  for (const problem of findLongNames(parsed.data)) reading.problem(problem);
  return reading.problems.length > 0 || reading.unsupported.length > 0 ? null : parsed.data;
}

function checkFields({ reading, template }: { reading: Reading; template: TemplateName }): void {
  for (const [field, value] of Object.entries(reading.features)) {
    if (value === false || value === null || FIELDS[template].some((known) => known === field)) continue;
    const said = reading.understood.find((one) => one.field === field);
    reading.refuse({ part: said?.text ?? field, why: `${LABELS[template]} has no ${NOUNS[field] ?? field.replaceAll("_", " ")}: leave it out, or choose another template.`.replace(/^./, (first) => first.toUpperCase()) });
  }
}

function findContradictions(features: ContractFeatures, template: TemplateName): { field: string; message: string }[] {
  const problems: { field: string; message: string }[] = [];
  const { supply, cap } = features;
  if (typeof cap === "string" && cap === "0") problems.push({ field: "cap", message: "A cap of 0 leaves no tokens: choose a larger one." });
  if (supply !== undefined && typeof cap === "string" && BigInt(supply) > BigInt(cap)) problems.push({ field: "supply", message: `The supply of ${show(supply)} is more than the cap of ${show(cap)}.` });
  if (features.access === "none" && (features.mintable === true || features.pausable === true || features.freezable === true || features.upgradeable === true)) {
    problems.push({ field: "access", message: "Without an owner nobody can mint, pause, freeze or upgrade: leave those out, or keep an owner." });
  }
  if (features.owner !== undefined && features.access === "none") problems.push({ field: "owner", message: "There is an owner's address and no owner: leave one of them out." });
  if (features.royalty_receiver !== undefined && (features.royalty_percent ?? null) === null) problems.push({ field: "royalty_receiver", message: "There is a receiver of royalties and no royalty: say how many percent." });
  if (features.recipient !== undefined && (supply ?? "0") === "0" && typeof cap !== "string" && features.mintable === true) problems.push({ field: "recipient", message: "There is a recipient and no initial supply to receive: say how many tokens." });
  if ((template === "erc721" || template === "erc1155") && features.mintable === false) problems.push({ field: "mintable", message: "Nothing is minted when a collection is deployed: without minting it stays empty." });
  if (features.cliff !== undefined && features.duration !== undefined && features.cliff > features.duration) problems.push({ field: "cliff", message: "The cliff is longer than the vesting itself." });
  if (template === "governor" && supply === "0") problems.push({ field: "supply", message: "A governor's token needs a supply: without one nobody can vote." });
  if ((template === "erc20" || template === "stablecoin") && supply === "0" && features.mintable === false) problems.push({ field: "supply", message: "A supply of 0 that can't be minted leaves no tokens: give a supply, or make it mintable." });
  return problems;
}

function fitsSignatures(name: string): boolean {
  return Buffer.byteLength(name) <= MAX_SIGNED_NAME;
}

/** Upgradeable contracts keep the name in storage, where it may be longer. */
function findLongNames(spec: ContractSpec): { field: string; message: string }[] {
  const problem = (field: string, what: string) => ({ field, message: `${what} is part of what its voters and holders sign, and may have at most ${MAX_SIGNED_NAME} bytes: choose a shorter one.` });
  switch (spec.template) {
    case "erc20":
    case "stablecoin":
      return (spec.permit || spec.votes) && !spec.upgradeable && !fitsSignatures(spec.name) ? [problem("name", "The name of a token with permit or votes")] : [];
    case "erc721":
      return spec.votes && !spec.upgradeable && !fitsSignatures(spec.name) ? [problem("name", "The name of a collection with votes")] : [];
    case "governor":
      return [
        ...(fitsSignatures(spec.name) ? [] : [problem("name", "The name of a governor")]),
        ...(fitsSignatures(spec.token.name) ? [] : [problem("token_name", "The name of the voting token")]),
      ];
    case "erc1155":
    case "vesting":
    case "custom":
      return [];
  }
}

/** The value that was said, else the assumed one, which is told. */
function choose<Name extends Key>(draft: Draft, field: Name, fallback: NonNullable<ContractFeatures[Name]>, why: string, shown?: string): NonNullable<ContractFeatures[Name]> {
  const given = draft.features[field];
  if (given !== undefined && given !== null) return given;
  draft.assume({ field, value: shown ?? show(fallback), why });
  return fallback;
}

const flag = (draft: Draft, field: "mintable" | "burnable" | "pausable" | "permit" | "votes" | "flash_mint" | "freezable" | "soulbound" | "enumerable" | "uri_storage" | "supply_tracking" | "upgradeable") => draft.features[field] ?? false;

function draftSpec(draft: Draft): unknown {
  switch (draft.template) {
    case "erc20":
    case "stablecoin":
      return draftFungible(draft);
    case "erc721":
      return draftErc721(draft);
    case "erc1155":
      return draftErc1155(draft);
    case "governor":
      return draftGovernor(draft);
    case "vesting":
      return draftVesting(draft);
    case "custom":
      return { template: "custom", contract: null, files: [] };
  }
}

function nameOf(draft: Draft, fallback: string) {
  const { template, features } = draft;
  const symbol = features.symbol ?? features.token_symbol;
  const name = choose(draft, "name", symbol ?? fallback, `No name was found${symbol === undefined ? "" : ", so it is the symbol"}: write it in quotes, or after "called".`);
  return { name, contract: makeIdentifier({ name, suffix: SUFFIXES[template] }) };
}

function symbolOf(draft: Draft, name: string): string {
  return choose(draft, "symbol", makeSymbol(name), "No symbol was found: it is made from the name.");
}

/** Who governs; nobody where nothing is left to decide. */
function governing(draft: Draft, needsOwner: boolean): { access: "none" | "ownable" | "roles"; upgradeable: boolean; owner: string } {
  const upgradeable = flag(draft, "upgradeable");
  const said = draft.features.access ?? (draft.features.owner === undefined ? undefined : "ownable");
  const access = said ?? (needsOwner || upgradeable ? "ownable" : "none");
  if (said === undefined && access === "ownable") draft.assume({ field: "access", value: showField("access", access), why: "One account, the owner, may do what others may not." });
  const owner = access === "none" ? DEPLOYER : choose(draft, "owner", DEPLOYER, "The account that deploys is the owner.", "the deployer");
  return { access, upgradeable, owner };
}

function draftFungible(draft: Draft): unknown {
  const { template, features } = draft;
  const isStable = template === "stablecoin";
  const named = nameOf(draft, isStable ? "My Stablecoin" : "My Token");
  const symbol = symbolOf(draft, named.name);
  const decimals = isStable ? choose(draft, "decimals", 6, "Stablecoins commonly have 6.") : choose(draft, "decimals", 18, "Tokens commonly have 18.");
  const mintable = isStable ? choose(draft, "mintable", true, "The issuer of a stablecoin mints.") : flag(draft, "mintable");
  const burnable = isStable ? choose(draft, "burnable", true, "A stablecoin is burned when it is redeemed.") : flag(draft, "burnable");
  const pausable = isStable ? choose(draft, "pausable", true, "The issuer of a stablecoin can pause it.") : flag(draft, "pausable");
  const canSign = fitsSignatures(named.name) || flag(draft, "upgradeable");
  if (isStable && !canSign && features.permit === undefined) draft.assume({ field: "permit", value: "no", why: `Payments by signature need a name of at most ${MAX_SIGNED_NAME} bytes.` });
  const permit = (isStable && canSign) || (flag(draft, "votes") && features.permit === undefined) ? choose(draft, "permit", true, isStable ? "Payments by signature are common for stablecoins." : "Votes bring signatures with them.") : flag(draft, "permit");
  const freezable = isStable ? choose(draft, "freezable", true, "The issuer of a stablecoin can freeze accounts.") : flag(draft, "freezable");
  const supply = supplyOf(draft, mintable);
  const recipient = supply === "0" ? DEPLOYER : choose(draft, "recipient", DEPLOYER, "The account that deploys receives the supply.", "the deployer");
  return {
    template, ...named, symbol, decimals, supply, recipient, cap: features.cap ?? null, mintable, burnable, pausable, permit,
    votes: flag(draft, "votes"), flash_mint: flag(draft, "flash_mint"), freezable, ...governing(draft, mintable || pausable || freezable),
  };
}

function supplyOf(draft: Draft, mintable: boolean): string {
  const { cap } = draft.features;
  if (mintable) return choose(draft, "supply", "0", "No initial supply was found: the owner mints.");
  if (typeof cap === "string") return choose(draft, "supply", cap, "Nothing can be minted later, so all that the cap allows is made at once.");
  return choose(draft, "supply", DEFAULT_SUPPLY, "No supply was found.");
}

function royaltyOf(draft: Draft) {
  const percent = draft.features.royalty_percent ?? null;
  const receiver = percent === null ? DEPLOYER : choose(draft, "royalty_receiver", DEPLOYER, "Royalties go to the account that deploys.", "the deployer");
  return { royalty_percent: percent, royalty_receiver: receiver };
}

function draftErc721(draft: Draft): unknown {
  const { features } = draft;
  const named = nameOf(draft, "My Collection");
  const symbol = symbolOf(draft, named.name);
  const mintable = choose(draft, "mintable", true, "The owner mints the tokens of a collection.");
  const pausable = flag(draft, "pausable");
  return {
    template: "erc721", ...named, symbol, base_uri: features.base_uri ?? null, uri_storage: flag(draft, "uri_storage"), max_supply: features.max_supply ?? null, mintable,
    burnable: flag(draft, "burnable"), pausable, enumerable: flag(draft, "enumerable"), votes: flag(draft, "votes"), soulbound: flag(draft, "soulbound"), ...royaltyOf(draft), ...governing(draft, mintable || pausable),
  };
}

function draftErc1155(draft: Draft): unknown {
  const { features } = draft;
  const named = nameOf(draft, "My Tokens");
  const symbol = symbolOf(draft, named.name);
  const mintable = choose(draft, "mintable", true, "The owner mints the tokens.");
  const pausable = flag(draft, "pausable");
  return {
    template: "erc1155", ...named, symbol, base_uri: features.base_uri ?? null, mintable, burnable: flag(draft, "burnable"), pausable,
    supply_tracking: flag(draft, "supply_tracking"), ...royaltyOf(draft), ...governing(draft, mintable || pausable),
  };
}

function draftGovernor(draft: Draft): unknown {
  const named = nameOf(draft, "My Governor");
  const longer = `${named.name} Token`;
  const tokenName = choose(draft, "token_name", fitsSignatures(longer) ? longer : named.name, "The token whose holders vote is called after the governor.");
  const base = makeIdentifier({ name: tokenName, suffix: "Token" });
  const contract = named.contract.endsWith("Governor") || named.contract.endsWith("DAO") ? named.contract : `${named.contract}Governor`;
  return {
    template: "governor", name: named.name, contract,
    token: {
      contract: base === contract ? `${base}Token` : base,
      name: tokenName,
      symbol: choose(draft, "token_symbol", makeSymbol(draft.features.token_name ?? named.name), "No symbol was found: it is made from the name."),
      supply: choose(draft, "supply", DEFAULT_SUPPLY, "No supply was found."),
      recipient: choose(draft, "recipient", DEPLOYER, "The account that deploys receives the supply.", "the deployer"),
    },
    voting_delay: choose(draft, "voting_delay", DAY, "A day to gather votes.", "1 day"),
    voting_period: choose(draft, "voting_period", 7 * DAY, "A week to vote.", "7 days"),
    quorum_percent: choose(draft, "quorum_percent", 4, "Four percent of the supply, as is common.", "4 %"),
    proposal_threshold: choose(draft, "proposal_threshold", "0", "Everybody may propose."),
    timelock_delay: draft.features.timelock_delay ?? null,
  };
}

function draftVesting(draft: Draft): unknown {
  const { features } = draft;
  const named = nameOf(draft, "My Vesting");
  if (features.start === undefined) draft.assume({ field: "start", value: "when it is deployed", why: "No date was found." });
  return {
    template: "vesting", ...named,
    beneficiary: choose(draft, "beneficiary", DEPLOYER, "No beneficiary was found: it is the account that deploys.", "the deployer"),
    duration: choose(draft, "duration", 365 * DAY, "No duration was found.", "365 days"),
    cliff: features.cliff ?? 0,
    start: features.start ?? null,
  };
}
