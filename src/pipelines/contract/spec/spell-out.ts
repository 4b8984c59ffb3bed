/**
 * Shorthand as the words that it stands for: `w/o`, `maxSupply`, `initial_supply`, `ERC20Burnable`, `250 bps`, `Symbol? FOO`,
 * `Name → Foo`. The meaning stays; what stands in quotes is left alone.
 */
import { KEYS } from "./keys";

const QUOTED = /("[^"\n]*"|`[^`\n]*`)/;

/** The words that identifiers of settings are made of; any other identifier may be a name. */
const PARTS = new Set(
  `token collection contract name symbol ticker total max maximum min initial starting supply cap decimals is can has be mintable burnable pausable freezable capped base uri url metadata owner admin address
  recipient receiver royalty royalties percent percentage fee voting delay period quorum timelock proposal threshold features type kind standard upgradeable upgradable permit votes beneficiary duration cliff start
  soulbound enumerable mint burn pause amount size`.split(/\s+/),
);
const EXTENSIONS: Readonly<Record<string, string>> = { uristorage: "uri storage", supply: "supply tracking", flashmint: "flash minting" };

const RULES: readonly (readonly [RegExp, string | ((...groups: string[]) => string)])[] = [
  [/(?<![\p{L}\p{N}])w\/o(?![\p{L}\p{N}])\.?/giu, "without"],
  [/(?<![\p{L}\p{N}/.])w\/(?=\s?[\p{L}\p{N}])\s?/giu, "with "],
  [/(?<![\p{L}\p{N}])b\/c(?![\p{L}\p{N}/])/giu, "because"],
  [/(?<![\p{L}\p{N}_])(erc-?(?:20|721|1155))(Votes|Permit|Burnable|Pausable|Capped|Mintable|Enumerable|URIStorage|Royalty|Supply|FlashMint)(?:Upgradeable)?(?![\p{L}\p{N}_])/giu, (_all, standard = "", extension = "") => `${standard} ${EXTENSIONS[extension.toLowerCase()] ?? extension.toLowerCase()}`],
  [/(?<![\p{L}\p{N}_])UUPSUpgradeable(?![\p{L}\p{N}_])/giu, "UUPS upgradeable"],
  [/(?<![\p{L}\p{N}_$/.-])(?:[a-z]+(?:_[a-z]+){1,3}|[a-z]+(?:[A-Z][a-z]+|UR[IL]){1,3})(?![\p{L}\p{N}_(])/gu, splitIdentifier],
  [/(?<![\p{L}\p{N}])((?:mint|burn|paus|freez|upgrad|enumer)e?able|permit|votes|soulbound)\s*[:=]?\s+(true|false)(?![\p{L}\p{N}])(?!\s*,)/giu, "$1: $2,"],
  [/(?<![\d.,])(\d{1,5})\s?(?:bps|bips|basis points?)(?![\p{L}\p{N}])/giu, (_all, points = "") => `${Number(points) / 100}%`],
  [/(?<=^|[.!?\n]\s*)how (?:many|much)(?: (?:tokens?|coins?|nfts?|pieces?|units?|of (?:them|it)))?\s?[?:]\s*(?=[\d\p{L}])/giu, "supply: "],
  [/(?<![\p{L}])how long\s?[?:]\s*/giu, "duration: "],
  [new RegExp(`(?<=^|[.,;!?\\n]\\s*)((?:the )?${KEYS})\\s?\\?\\s*(?!(?:yes|no|true|false|y|n)(?![\\p{L}]))(?=[\\p{L}\\p{N}$"'])`, "giu"), "$1: "],
  [new RegExp(`(?<=(?<![\\p{L}\\p{N}])${KEYS})\\s*(?:\\u2192|->|=>|\\u27a1\\ufe0f?)\\s*`, "giu"), ": "],
  [/\s*(?:\u2192|\u27a1\ufe0f?|\s->|\s=>)\s*/gu, ", "],
  [/(?<![\p{L}\p{N}])sym(?![\p{L}\p{N}])\.?/giu, "symbol"],
  [/(?<![\p{L}\p{N}])(?:amt|qty)(?![\p{L}\p{N}])\.?/giu, "amount"],
  [/(?<=\p{L} )4(?= (?:my|our|the|an?|me|us|this|tokens?|coins?|nfts?)(?![\p{L}]))/giu, "for"],
  [/(?<=\d )dec(?![\p{L}])\.?/giu, "decimals"],
  [/ {2,}/g, " "],
];

export function spellOut(text: string): string {
  return text
    .split(QUOTED)
    .map((piece, index) => (index % 2 === 1 ? piece : RULES.reduce((said, [from, to]) => (typeof to === "string" ? said.replace(from, to) : said.replace(from, to)), piece)))
    .join("");
}

/** `isMintable` as `mintable`, `max_supply` as `max supply`; what is no setting stays as it is. */
function splitIdentifier(identifier: string): string {
  const parts = identifier.replace(/([a-z])([A-Z])/g, "$1_$2").toLowerCase().split("_");
  if (!parts.every((part) => PARTS.has(part))) return identifier;
  return (/^(?:is|can|has)$/.test(parts[0] ?? "") ? parts.slice(1) : parts).join(" ");
}
