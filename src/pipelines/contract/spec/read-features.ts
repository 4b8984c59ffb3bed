/** Features in the words people use, and what is said against them: "mintable", "not pausable", "without minting or burning". */
import type { ContractFeatures } from "../options";
import { type Reading, takeAll, words } from "./reading";

type Flag = "mintable" | "burnable" | "pausable" | "permit" | "votes" | "flash_mint" | "freezable" | "soulbound" | "enumerable" | "uri_storage" | "supply_tracking" | "upgradeable";

const OWNER = "(?:owner|admin(?:istrator)?|deployer|creator|issuer|minter|pauser|manager|team|treasury)s?(?:'s)?";
const MORE = "(?:more|new|additional|extra|further)";
const THINGS = "(?:(?:the |all )?(?:tokens?|coins?|nfts?|items?|supply|of them))";
const BY_OWNER = `(?: (?:only )?by (?:only )?(?:the |an? |its |my |our )?(?:contract )?${OWNER}(?: only)?)?`;
const CAN = `(?:only )?(?:(?:the |an? |its |my )?(?:contract )?${OWNER}|I|we) (?:only )?(?:can|could|may|should be able to|is able to|to be able to|must be able to|will be able to|shall be able to|is allowed to)(?: (?:always|also|later))?`;
const HOLDERS_CAN = "(?:(?:token )?(?:holders?|owners?|users?|people|anyone|everyone)(?: of tokens)? (?:can|could|may|should be able to|are able to|must be able to|is allowed to|are allowed to))";
const IN_EMERGENCY = "(?: (?:in (?:case of )?(?:an? )?emergenc(?:y|ies)|when needed|if needed|at any time))?";
const TRANSFERS = "(?: (?:all |the )?(?:token )?(?:transfers?|trading|contract|tokens?|it))?";

/** Noun or adjective, each its own pattern: "no minting and pausable" says no of the first alone. */
const FLAGS: Readonly<Record<Flag, { nouns: string; adjectives: string }>> = {
  mintable: {
    nouns: `(?:${CAN} )?(?:mint(?:ing)?|mints)(?: function(?:ality)?s?| capability| feature| ability)?(?: (?:of )?${MORE})?(?: ${THINGS})?(?: later| afterwards| on demand| at any time| after (?:launch|deployment))?${BY_OWNER}`,
    adjectives: `(?:re-?)?mintable(?: supply| later)?${BY_OWNER}|(?:owner|admin)-mintable|(?:${MORE} ${THINGS} )?(?:can|could|may) be minted(?: later)?${BY_OWNER}|inflationary`,
  },
  burnable: {
    nouns: `(?:${HOLDERS_CAN} )?(?:burn(?:ing)?|burns|destroy(?:ing)?)(?: function(?:ality)?s?| capability| feature| mechanism| ability)?(?: (?:of )?(?:their |its )?(?:own )?${THINGS})?(?: by holders)?${BY_OWNER}`,
    adjectives: `burnable(?: (?:token )?supply)?(?: by (?:its |their |the )?(?:holders?|owners?))?|(?:${THINGS} )?(?:can|could|may) be (?:burned|burnt|destroyed)(?: by (?:its |their |the )?holders?)?|(?:burned|burnt)(?: by (?:its |their |the )?(?:holders?|owners?))?`,
  },
  pausable: {
    nouns: `(?:${CAN} )?(?:(?:pause|pausing|pauses|halt)${TRANSFERS}|pausability|pause(?: and unpause)? function(?:ality)?|emergency (?:stop|pause|brake)|circuit breaker|kill ?switch)(?: function(?:ality)?| feature| capability| button| switch)?${IN_EMERGENCY}${BY_OWNER}`,
    adjectives: `pau?s(?:e)?able(?: transfers?)?${IN_EMERGENCY}${BY_OWNER}|(?:${THINGS} |transfers )?(?:can|could|may) be (?:paused|halted|stopped)${IN_EMERGENCY}${BY_OWNER}|paused${IN_EMERGENCY}${BY_OWNER}`,
  },
  permit: { nouns: "permits?(?: function(?:ality)?| support)?|gas-?less approvals?|(?:erc|eip)-?2612(?: permits?)?|(?:approvals? by signature|signature(?:-based)? approvals?|signed approvals?)", adjectives: "gas-?less" },
  votes: {
    nouns: "(?:on-?chain )?votes?(?: delegation| extension| tracking)?|(?:on-?chain )?voting(?: power| rights?| support| capabilit(?:y|ies))?|governance(?: features?| capabilit(?:y|ies)| support| rights?| votes?| voting)?|(?:vote )?delegation|erc-?20-?votes|erc-?721-?votes",
    adjectives: "vote-enabled",
  },
  flash_mint: { nouns: "flash[ -]?(?:mint(?:ing|s)?|loans?)|(?:erc|eip)-?3156", adjectives: "flash-?mintable" },
  freezable: {
    nouns: `(?:${CAN} )?(?:(?:account )?freez(?:e|ing)(?: (?:of )?(?:single |individual |suspicious |bad )?(?:accounts?|address(?:es)?|wallets?|funds|users|holders))?|block-?list(?:s|ing)?|black-?list(?:s|ing)?(?: (?:of )?(?:single )?(?:accounts?|address(?:es)?|wallets?|users))?|deny-?list|block(?:ing)? (?:single |individual )?(?:accounts?|address(?:es)?))(?: function(?:ality)?| feature)?${BY_OWNER}`,
    adjectives: `free?zable(?: accounts?)?${BY_OWNER}|(?:accounts?|address(?:es)?) (?:can|could|may) be (?:frozen|blocked|blacklisted)${BY_OWNER}`,
  },
  soulbound: { nouns: "transfers?(?! fees?| tax)", adjectives: "soul-?bound|non-?transfer+able|untransfer+able|transfer+able" },
  enumerable: { nouns: "enumeration", adjectives: "enumerable" },
  uri_storage: {
    nouns: "(?:uri|metadata) storage|(?:per[ -]token|individual|own|unique) (?:token )?(?:uris?|metadata)(?: (?:for|per) (?:each|every) (?:token|nft|item))?|(?:each|every) (?:token|nft|item|one)(?: (?:has|having|with))? (?:its own|an own|a unique|an individual) (?:token )?(?:uri|metadata)|uri per token",
    adjectives: "erc-?721-?uri-?storage",
  },
  supply_tracking: { nouns: "(?:supply tracking|track(?:s|ing)?(?: of)?(?: the)?(?: total)? suppl(?:y|ies)(?: per (?:id|token))?|total supply per (?:id|token))", adjectives: "erc-?1155-?supply" },
  upgradeable: {
    nouns: "(?:uups|erc-?1967)(?: (?:prox(?:y|ies)|pattern|upgradeab(?:le|ility)|upgradab(?:le|ility)|upgrades?))?|upgrad(?:e?ability|es|ing)|(?:upgradeable |behind a |with a )?prox(?:y|ies)(?: pattern| contract)?",
    adjectives: `upgrade?able(?: (?:later|contract))?(?: \\(?(?:via |by |through |using |with )?(?:an? |the )?(?:uups|erc-?1967)(?: prox(?:y|ies)| pattern)?\\)?)?(?: prox(?:y|ies))?${BY_OWNER}`,
  },
};

const NEGATION =
  "(?:(?:it |they |this |tokens? |but |and |which |that )*(?:is |are |should |must |can |will |may |does |do |shall |be )?(?:not|never)(?: be| have| allow| support| include| need| want| to be)?|(?:is|are|should|must|do|does|wo|ca|could|would)n't(?: be| have| allow| support| include| need| want)?|can ?not(?: be)?|no|non|without|w/o|neither|excluding|except(?: for)?|minus|skip|omit|disable|lacks?|free of|(?:nobody|no-? ?one) (?:can|may|could|should be able to|is able to|shall|will be able to))(?: (?:ever|later|any|an?|the|further|future|possibility of|possibility to|way to|ability to|kind of|need for))*[ -]+";

/** "Pausable: no", "burn enabled". */
const SWITCH = /^\s*(?:[:=]\s*(?:yes|true|on|enabled|no|false|off|disabled)|(?:is |are )?(?:enabled|disabled))(?![\p{L}])/iu;

interface Found {
  field: Flag;
  isNoun: boolean;
  start: number;
  end: number;
  text: string;
  /** The word that denies it. */
  negation: string | null;
}

/** Takes every feature that is said, for or against. */
export function readFlags(reading: Reading): void {
  const text = reading.rest();
  const found = findFlags(text);
  spreadNegation({ found, text });
  for (const one of found) reading.takeRange(one.start, one.end);
  for (const one of found) {
    const isNegated = one.negation !== null;
    // Of these, only the words for the opposite are a feature.
    const value = one.field === "soulbound" ? (/soul|non|un/i.test(one.text.replace(NEGATED_HEAD, "")) ? !isNegated : isNegated) : !isNegated;
    reading.set(one.field, value, one.text);
  }
}

const OWNER_BURNS = new RegExp(`burn\\p{L}*[^.;,]{0,30} by (?:only )?(?:the |its |an? )?${OWNER}(?![\\p{L}])|(?<![\\p{L}])${OWNER} (?:can|may|could|should be able to|is able to) (?:mint(?: tokens)?(?: and | or |/))?burn`, "iu");
const ONLY_OWNER_BURNS = new RegExp(`only (?:by )?(?:the |its |an? )?(?:contract )?${OWNER}[^.;,]{0,24} burn|burn\\p{L}*[^.;,]{0,30}(?:only by|by only)`, "iu");

/** Burning is each holder's own. Who wants the owner to burn is told so; who wants nobody else to is refused. */
export function readWhoBurns({ reading, text }: { reading: Reading; text: string }): void {
  if (reading.features.burnable !== true) return;
  const only = ONLY_OWNER_BURNS.exec(text);
  if (only !== null) reading.refuse({ part: only[0].trim(), why: "Each holder burns tokens of their own: burning by the owner alone is not offered." });
  else if (OWNER_BURNS.test(text)) reading.assume({ field: "burnable", value: "by each holder", why: "Holders burn tokens of their own, the owner too; nobody burns those of others." });
}

const NEGATED_HEAD = new RegExp(`^${NEGATION}`, "i");

function findFlags(text: string): Found[] {
  const all: Found[] = [];
  for (const [field, { nouns, adjectives }] of Object.entries(FLAGS)) {
    for (const [isNoun, source] of [[false, adjectives], [true, nouns]] as const) {
      const pattern = new RegExp(`(?<![\\p{L}\\p{N}_])(${NEGATION})?(?:${source})(?![\\p{L}\\p{N}_])`, "giu");
      for (const match of text.matchAll(pattern)) {
        const flag = flagOf(field);
        if (flag === null) continue;
        const end = match.index + match[0].length;
        const answer = SWITCH.exec(text.slice(end));
        const off = answer === null || !/no|false|off|disabled/i.test(answer[0]) ? null : answer[0].trim();
        all.push({ field: flag, isNoun, start: match.index, end: end + (answer?.[0].length ?? 0), text: text.slice(match.index, end + (answer?.[0].length ?? 0)).trim(), negation: match[1]?.trim().toLowerCase() ?? off });
      }
    }
  }
  // Where two overlap, the longer one has read more.
  const kept: Found[] = [];
  for (const one of all.sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start)) {
    if (!kept.some((other) => one.start < other.end && other.start < one.end)) kept.push(one);
  }
  return kept.sort((a, b) => a.start - b.start);
}

function flagOf(name: string): Flag | null {
  switch (name) {
    case "mintable": case "burnable": case "pausable": case "permit": case "votes": case "flash_mint": case "freezable":
    case "soulbound": case "enumerable": case "uri_storage": case "supply_tracking": case "upgradeable":
      return name;
    default:
      return null;
  }
}

/** "Without minting, pausing or burning" says no to all three; "not mintable, burnable" only to the first. */
function spreadNegation({ found, text }: { found: Found[]; text: string }): void {
  for (let index = 0; index < found.length; index += 1) {
    const head = found[index];
    if (head === undefined || head.negation === null) continue;
    const isWide = /^(?:.*\b)?(?:without|no|w\/o|neither|excluding|minus|skip|omit|disable|lacks?|free of|except(?: for)?)\b/.test(head.negation) && head.isNoun;
    const chain: Found[] = [];
    for (let next = index + 1; next < found.length; next += 1) {
      const one = found[next];
      const before = found[next - 1];
      if (one === undefined || before === undefined || one.negation !== null) break;
      const gap = text.slice(before.end, one.start);
      if (/^\s*(?:,\s*)?(?:or|nor|\/)\s*(?:any |an? |be )?$/i.test(gap)) {
        for (const member of [...chain, one]) member.negation = head.negation;
        chain.length = 0;
      } else if (/^\s*,\s*$/.test(gap)) chain.push(one);
      else if (isWide && one.isNoun && /^\s*(?:,\s*)?(?:and|&)\s*$/i.test(gap)) {
        for (const member of [...chain, one]) member.negation = head.negation;
        chain.length = 0;
      } else break;
    }
  }
}

/** Who may do what an owner does. */
export function readAccess(reading: Reading): void {
  const none = reading.take(words("(?:with )?(?:no|without(?: an?| any)?) (?:owner(?:ship)?|admin|access control|admin keys?)|owner-?less|renounced ownership|immutable(?: contract)?"));
  if (none !== null) reading.set("access", "none", none.text);
  const roles: readonly string[] = [
    "role[ -]?based(?: access(?: control)?| permissions?)?|access[ -]?control(?: roles?)?|rbac|roles?(?: for (?:the )?(?:mint(?:ing|ers?)|paus(?:ing|ers?)|admins?|upgrad(?:ing|ers?))(?:(?:,| and|, and) (?:mint(?:ing|ers?)|paus(?:ing|ers?)|admins?|upgrad(?:ing|ers?)))*)?",
    "(?:separate |dedicated |an? |the )?(?:minter|pauser|admin|upgrader)(?:(?:,| and|, and| /) (?:minter|pauser|admin|upgrader))* roles?",
  ];
  for (const source of roles.toReversed()) for (const taken of takeAll(reading, words(source))) reading.set("access", "roles", taken.text);
  const owned = words("ownable(?: by (?:the )?(?:deployer|creator|me))?|single owner|owner-?(?:controlled|managed|only)|(?:an?|one|the) (?:contract )?owner|owned by (?:the )?(?:deployer|creator|me|us)|only-?owner|ownership");
  for (const taken of takeAll(reading, owned)) reading.set("access", "ownable", taken.text);
}

export type FlagFeatures = Pick<ContractFeatures, Flag>;
