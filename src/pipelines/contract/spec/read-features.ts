/** Features in the words people use, and what is said against them: "mintable", "not pausable", "without minting or burning". */
import type { ContractFeatures } from "../options";
import { pattern, WORD, words } from "./patterns";
import { type Reading, takeAll } from "./reading";

type Flag = "mintable" | "burnable" | "pausable" | "permit" | "votes" | "flash_mint" | "freezable" | "soulbound" | "enumerable" | "uri_storage" | "supply_tracking" | "upgradeable";

const OWNER = "(?:owner|admin(?:istrator)?|deployer|creator|issuer|minter|pauser|manager|team|treasury)s?(?:'s)?";
const MORE = "(?:more|new|additional|extra|further)";
const THINGS = "(?:(?:the |all |some |any )?(?:tokens?|coins?|nfts?|items?|supply|of (?:them|it))|some|them|theirs|the (?:rest|remainder)|(?:any |new |all )?(?:token )?ids?)";
/** "Only the university": one account, and so the owner; words for many are none. */
const LONE = `only (?:the|our|my) (?!(?:first|last|next|top|same|people|public|community|crowd|dao|team|holder|owner|user|member|customer|player|fan|buyer|voter|minter)s?(?!${WORD}))${WORD}+(?<!(?<!s|u)s)(?= (?:can|may|is able to|is allowed to) (?:mint|issue|award|create|make|hand out|give out))`;
/** What a cap leaves to be minted. */
const REST = "rest|remainder|remaining(?: tokens?| coins?| supply)?|others?";
const SELF = "(?:me|us|myself|ourselves)";
const BY_OWNER = `(?: (?:only )?(?:by|for) (?:only )?(?:(?:the |an? |its |my |our )?(?:contract )?${OWNER}|${SELF})(?: only| alone)?|(?: functions?)? (?:(?:should|must|can|may|shall|will) )?(?:only )?be (?:only )?(?:called|callable|used|accessed|accessible|executed|done|performed) (?:only )?by (?:only )?(?:(?:the |its )?(?:contract )?${OWNER}|${SELF})(?: only| alone)?| (?:with )?(?:access )?(?:is |are )?(?:only|restricted|limited|reserved|exclusively) (?:to|for|by) (?:(?:the |its )?(?:contract )?${OWNER}|${SELF})(?: only| alone)?)?`;
const ABLE = "(?:can|could|may|should be able to|is able to|are able to|to be able to|must be able to|will be able to|shall be able to|has to be able to|have to be able to|is allowed to|are allowed to|has the (?:right|power|ability) to)";
const WHO = `(?:(?:the |an? |its |my |our )?(?:contract |token )?${OWNER}(?: (?:account|wallet|address))?|I|we|me|us)`;
const ALONE = `${LONE}|(?:no-? ?one|nobody) (?:else (?:but|except|than|other than)|but|except(?: for)?|other than) ${WHO}|(?:nobody|no-? ?one) else|${WHO}(?:'m| am| is| are|'re) the only (?:one|person|account|ones|people)(?: (?:who|that))?`;
const CAN = `(?:${ALONE}|only ${WHO}|${WHO}(?: only| alone)?) (?:only )?${ABLE}(?: (?:always|also|later))?`;
const HOLDERS = "(?:token |nft )?(?:holders?|owners?|users?|people|anyone|everyone|everybody|anybody|members?|customers?|players?|fans?|they|investors?|participants?|each holder|every holder)(?: of (?:the )?tokens)?";
const HOLDERS_CAN = `(?:(?:the |my |our |all )?${HOLDERS} ${ABLE})`;
const IN_EMERGENCY = `(?: (?:in (?:the )?case of (?:an? |the |any )?(?!(?:no|not|an?|the|any|votes?|every|each|all)(?!${WORD}))${WORD}+(?=\\s*(?:[,.;:!?)\\n]|$)|\\s(?:by|and)(?!${WORD}))|in (?:case of )?(?:an? )?(?:emergenc(?:y|ies)|attacks?|hacks?|problems?|trouble|exploits?)|(?:if|when|in case) (?:something|anything|things) (?:goes|go|went|is|are) wrong|if (?:there is|there's) (?:an? )?(?:emergency|attack|hack|problem|exploit)|when needed|if needed|at any time))?`;
/** Who may pause decides when: what they say of it is theirs. Behind a word that lets others decide it is left. */
const OWN_REASON = `(?: (?:if|when|whenever|in case)(?: (?!(?:not|no|never|only|unless|until|every|each|all|holders?|users?|members?|voters?|votes?|majority|quorum|more|less|most|anyone|everyone|automatically|price|supply|than)(?!${WORD}))(?!\\d)${WORD}+(?:'${WORD}+)?){1,6}(?=\\s*(?:[.,;:!?)\\n]|$)))`;
const ALL_TRANSFERS = "(?:all |the |any )*(?:token )?(?:transfers?|trading|transactions?|everything|movements?)(?: of (?:the )?tokens)?";
const TRANSFERS = "(?: (?:all |the )?(?:token )?(?:transfers?|trading|contract|tokens?|it))?";

/** Noun or adjective, each its own pattern: "no minting and pausable" says no of the first alone. */
const FLAGS: Readonly<Record<Flag, { nouns: string; adjectives: string }>> = {
  mintable: {
    nouns: `(?:only )?${WHO} mints(?: ${THINGS})?|(?:${CAN} |only ${WHO} )?(?:(?:mint(?:ing|\\(\\))?|mints)|(?:create|issue|make|print|produce|generate|add|creating|issuing|making|printing)(?= ${MORE})|(?<=(?:can|may|to) )(?:issue|award|hand out|give out)(?= (?:them|it|the (?:tokens?|nfts?|badges?|certificates?|diplomas?|tickets?))))(?: function(?:ality)?s?| capability| feature| ability)?(?: (?:of )?${MORE})?(?: ${THINGS})?(?: again)?(?: later| afterwards| on demand| at any time| as (?:we|I) go| as (?:needed|required)| after (?:launch|deployment))?${BY_OWNER}`,
    adjectives: `(?:re-?)?mintable(?: supply| later)?${BY_OWNER}|(?:owner|admin)-mintable|(?<!pre-)minted(?: (?:ever )?again| any ?more)?${BY_OWNER}|(?:(?:${MORE} ${THINGS} )?(?:can|could|may) be|(?:the )?(?:${REST}) (?:(?:can|could|may|will|shall|should)(?: then)? be|to be|is|are)) minted(?: again| later| over time| gradually| when needed| as needed)*${BY_OWNER}(?: over time| later)?|(?:the )?(?:${REST})(?: is| are)? mintable(?: later| over time)?${BY_OWNER}|${MORE}(?: ${THINGS})? (?:can|could|may|will|shall) (?:ever |later )?be (?:minted|created|issued|made|printed)(?: later)?${BY_OWNER}|inflationary`,
  },
  burnable: {
    nouns: `(?:${HOLDERS_CAN} )?(?:burn(?:ing)?|burns|destroy(?:ing)?|redeem by burning)(?: function(?:ality)?s?| capability| feature| mechanism| ability)?(?: (?:of )?(?:their |its )?(?:own )?${THINGS})?(?: later| at any time| whenever they (?:want|like))?(?: by holders)?${BY_OWNER}`,
    adjectives: `burnable(?: (?:token )?supply)?(?: by (?:its |their |the )?(?:holders?|owners?))?|(?:${THINGS} )?(?:can|could|may) be (?:burned|burnt|destroyed)(?: by (?:its |their |the )?holders?)?|(?:burned|burnt)(?: by (?:its |their |the )?(?:holders?|owners?))?`,
  },
  pausable: {
    nouns: `(?:${CAN}|(?:I|we) (?:need|want|have|would like|'d like) to(?: be able to)?) (?:pause|stop|halt|suspend|freeze)(?: (?:it|everything|them|${ALL_TRANSFERS}|the (?:token|contract|collection)))${OWN_REASON}|(?:in (?:case of )?(?:an? )?emergenc(?:y|ies),? )?(?:${CAN} )?(?:(?:pause|pausing|pauses|halt)${TRANSFERS}|(?:stop|suspend|halt|freeze|block|disable)(?:s|ping|ing)? ${ALL_TRANSFERS}|freezing ${ALL_TRANSFERS}|pausability|pause(?: ?(?:and|\\+|&|/) ?unpause)(?: function(?:ality)?)?|pause function(?:ality)?|emergency (?:stop|pause|brake)|circuit breaker|kill ?switch)(?: function(?:ality)?| feature| capability| button| switch)?${IN_EMERGENCY}${BY_OWNER}${IN_EMERGENCY}`,
    adjectives: `pau?s(?:e)?able(?: transfers?)?${IN_EMERGENCY}${BY_OWNER}${IN_EMERGENCY}|(?:${THINGS} |(?:all )?transfers )?(?:can|could|may) be (?:paused|halted|stopped|suspended|frozen)${IN_EMERGENCY}${BY_OWNER}${IN_EMERGENCY}|paused${IN_EMERGENCY}${BY_OWNER}${IN_EMERGENCY}`,
  },
  permit: { nouns: "permits?(?: function(?:ality)?| support)?|gas-?less approvals?|(?:erc|eip)-?2612(?: permits?)?|(?:approvals? by signature|signature(?:-based)? approvals?|signed approvals?)", adjectives: "gas-?less" },
  votes: {
    nouns: `(?:on-?chain )?votes?(?: delegation| extension| tracking)?|(?:on-?chain )?voting(?: power| rights?| support| capabilit(?:y|ies))?|governance(?: features?| capabilit(?:y|ies)| support| rights?| votes?| voting)?|(?:vote )?delegation|(?:${HOLDERS_CAN} )?delegat(?:e|ing)(?: (?:their|the|its) (?:own )?(?:votes?|voting (?:power|rights?)))?|on-?chain governance|erc-?20-?votes|erc-?721-?votes`,
    adjectives: "vote-enabled",
  },
  flash_mint: { nouns: "flash[ -]?(?:mint(?:ing|s)?|loans?)|(?:erc|eip)-?3156", adjectives: "flash-?mintable" },
  freezable: {
    nouns: `(?:${CAN} )?(?:(?:account )?freez(?:e|ing)(?: (?:of )?(?:single |individual |suspicious |sanctioned |malicious |bad )?(?:accounts?|address(?:es)?|wallets?|funds|users|holders))?|block-?list(?:s|ing)?|black-?list(?:s|ing)?(?: (?:of )?(?:single )?(?:accounts?|address(?:es)?|wallets?|users))?|deny-?list|sanctions? list|block(?:ing)? (?:single |individual )?(?:accounts?|address(?:es)?))(?: function(?:ality)?| feature)?(?: for (?:sanctioned|suspicious|bad|stolen|hacked|malicious|single|individual) (?:accounts?|address(?:es)?|wallets?|users|holders|funds))?${BY_OWNER}`,
    adjectives: `free?zable(?: accounts?)?${BY_OWNER}|(?:accounts?|address(?:es)?) (?:can|could|may) be (?:frozen|blocked|blacklisted)${BY_OWNER}`,
  },
  soulbound: { nouns: "transfers?(?! fees?| tax)", adjectives: "soul-?bound|non-?transfer+able|untransfer+able|transfer+able|(?:traded|sold|resold|moved|given away|exchanged)(?:,? (?:or|and|nor) (?:be )?|, )transferred|transferred(?:(?:,? (?:or|and|nor) (?:be )?|, )(?:traded|sold|resold|moved|given away|exchanged))*" },
  enumerable: { nouns: "enumeration", adjectives: "enumerable" },
  uri_storage: {
    nouns: "(?:uri|metadata) storage|(?:per[ -]token|individual|own|unique) (?:token )?(?:ur[il]s?|metadata(?: ur[il]s?)?)(?: (?:for|per) (?:each|every) (?:token|nft|item))?|(?:each|every)(?: (?:token|nft|item|one|of them))?(?: (?:has|with|having|with|gets|should have|must have))? (?:its own|their own|an own|a unique|a different|an individual) (?:token |metadata )?(?:ur[il]|metadata)(?: (?:ur[il]|links?|files?|json))?|uri per token",
    adjectives: "erc-?721-?uri-?storage",
  },
  supply_tracking: { nouns: "(?:supply tracking|track(?:s|ing)?(?: of)?(?: the)?(?: total)? suppl(?:y|ies)(?: (?:per|of|for) (?:each |every |an? )?(?:token )?(?:id|token|item|type)s?(?: ids?)?)?|total supply per (?:id|token))", adjectives: "erc-?1155-?supply" },
  upgradeable: {
    nouns: `(?:uups|erc-?1967)(?: (?:prox(?:y|ies)|pattern|upgradeab(?:le|ility)|upgradab(?:le|ility)|upgrades?))?|upgrad(?:e?ability|es|ing)|(?:so (?:that )?)?(?:${CAN} )?upgrade(?: (?:it|them|the (?:contract|code|logic|token)))?(?: (?:later(?: on)?|afterwards|in (?:the )?future|over time))?|(?:upgradeable |behind an? (?:upgradeable )?|with an? |using an? |via an? )?prox(?:y|ies)(?: pattern| contract)?`,
    adjectives: `upgrade?able(?: (?:later|contract))?(?: \\(?(?:via |by |through |using |with )?(?:an? |the )?(?:uups|erc-?1967)(?: prox(?:y|ies)| pattern)?\\)?)?(?: prox(?:y|ies))?${BY_OWNER}`,
  },
};

const NEGATION =
  "(?:(?:it |they |this |tokens? |but |and |which |that )*(?:is |are |should |must |can |will |may |does |do |shall |be )?(?:not|never)(?: be| have| allow| support| include| need| want| to be)?|(?:(?:I|we|you|it|they|this) )?(?:is|are|should|must|do|does|wo|ca|could|would)n't(?: be| have| allow| support| include)?(?: (?:need|want|like)(?: (?:it|them|this|the token|the tokens|the contract|anyone|anybody))?(?: to (?:be able to|be|have|allow|support))?)?(?: be able to)?|(?:I|we) (?:do not|never)(?: (?:need|want)(?: (?:it|them|this|the token|the tokens|the contract|anyone|anybody))?(?: to (?:be able to|be|have|allow|support))?)?|can ?not(?: be)?|no|non|without|w/o|neither|excluding|except(?: for)?|minus|skip|omit|disable|lacks?|free of|no need (?:for|to)|(?:nobody|no-? ?one) (?:(?:can|may|could|should|shall|will|must|is|would)(?: (?:ever|later))?(?: be)?(?: (?:able|allowed) to)?))(?: (?:ever|later|any|an?|the|further|future|possibility of|possibility to|way to|ability to|kind of|need for))*[ -]+";

/** "Pausable: no", "burn enabled". */
const SWITCH = /^\s*(?:(?:[:=?]|-(?=\s))\s*(?:yes|true|on|enabled|y|no|false|off|disabled|none|n|✅|✓|✔\ufe0f?|❌|✗|✘)|(?:(?:is|are|should|must|can|will|shall|would) )?(?:not )?(?:be )?(?:enabled|disabled|needed|required|wanted|allowed|possible|included|supported|forbidden|prohibited)|(?<=\s)(?:yes|no|ok|on|off|true|false)(?=\s*(?:[,/;|.\n]|$))|\(?(?:✅|✓|✔\ufe0f?|❌|✗|✘)\)?|\((?:yes|no)\))(?![\p{L}])/iu;

const SAYS_NO = /\b(?:no|not|none|false|off|disabled|n|forbidden|prohibited)\b|[❌✗✘]/iu;

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
  // "Transfers" and "minted" alone are no wish, only what is said against them is.
  const found = findFlags(text).filter((one) => one.negation !== null || !/^(?:transfer(?:s|red)?|minted)$/i.test(one.text));
  spreadNegation({ found, text });
  for (const one of found) reading.takeRange(one.start, one.end);
  for (const one of found) {
    tellWho({ reading, one, before: text.slice(Math.max(0, one.start - LONGEST_NEGATION), one.start) });
    const isNegated = one.negation !== null;
    // Of these, only the words for the opposite are a feature.
    const value = one.field === "soulbound" ? (/soul|non|un/i.test(isNegated ? one.text.replace(NEGATED_HEAD, "") : one.text) ? !isNegated : isNegated) : !isNegated;
    reading.set(one.field, value, one.text);
  }
}

const LONE_ACCOUNT = pattern(LONE);
/** "My friends who can mint": somebody other than the owner or the holders. */
const SOMEBODY_CAN = pattern(`(?<!${WORD})(?:(?!(?:${OWNER}|${HOLDERS}|roles?|accounts?|address(?:es)?|wallets?)(?!${WORD}))${WORD}+,? (?:who|which)|he|she) (?:also |alone )?${ABLE} (?:also )?$`);

/** A contract knows its owner and its holders: whoever else shall do something is told as the owner, or refused. */
function tellWho({ reading, one, before }: { reading: Reading; one: Found; before: string }): void {
  const lone = LONE_ACCOUNT.exec(one.text)?.[0].replace(/^only /i, "");
  if (lone !== undefined) reading.assume({ field: "owner", value: reading.features.owner ?? "the deployer", why: `"${lone}" is taken for the owner of the contract.` });
  const somebody = SOMEBODY_CAN.exec(before)?.[0];
  if (somebody !== undefined) reading.refuse({ part: `${somebody}${one.text}`, why: "Only the owner, accounts with a role, or holders can be allowed something: say which of them, or give the owner's address." });
}

const OWNER_BURNS = pattern(`burn${WORD}*[^.;,]{0,30} by (?:only )?(?:the |its |an? )?${OWNER}(?!${WORD})|(?<!${WORD})${OWNER} (?:can|may|could|should be able to|is able to) (?:mint(?: tokens)?(?: and | or |/))?burn`);
const ONLY_OWNER_BURNS = pattern(`only (?:by )?(?:(?:the |its |an? )?(?:contract )?${OWNER}|I|we|me|us)(?!${WORD})[^.;,]{0,24} burn|(?:nobody|no-? ?one) (?:else|but|except)[^.;,]{0,30} burn|burn${WORD}*[^.;,]{0,12} (?:restricted|limited|reserved) (?:to|for)|burn${WORD}*[^.;,]{0,30}(?:only by|by only)|burn${WORD}*[^.;,]{0,12} by [^.;,]{1,30}(?<!${WORD})(?:only|alone|exclusively)(?!${WORD})`);

/** Burning is each holder's own. Who wants the owner to burn is told so; who wants nobody else to is refused. */
export function readWhoBurns({ reading, text }: { reading: Reading; text: string }): void {
  if (reading.features.burnable !== true) return;
  const only = ONLY_OWNER_BURNS.exec(text);
  if (only !== null) reading.refuse({ part: only[0].trim(), why: "Each holder burns tokens of their own: burning by the owner alone is not offered." });
  else if (OWNER_BURNS.test(text)) reading.assume({ field: "burnable", value: "by each holder", why: "Holders burn tokens of their own, the owner too; nobody burns those of others." });
}

/** Whether the words hold something that a contract can do. */
export function saysFeature(text: string): boolean {
  return findFlags(text).length > 0;
}

/** Looked for right before a feature: in each feature's own pattern it would be compiled two dozen times. */
const NEGATED_BEFORE = pattern(`(?<!${WORD})${NEGATION}$`);
const LONGEST_NEGATION = 100;
const NEGATED_HEAD = pattern(`^${NEGATION}`, "i");

function findFlags(text: string): Found[] {
  const all: Found[] = [];
  for (const [field, { nouns, adjectives }] of Object.entries(FLAGS)) {
    for (const [isNoun, source] of [[false, adjectives], [true, nouns]] as const) {
      const said = pattern(`(?<!${WORD})(?:${source})(?!${WORD})`, "giu");
      for (const match of text.matchAll(said)) {
        const flag = flagOf(field);
        if (flag === null) continue;
        const denial = NEGATED_BEFORE.exec(text.slice(Math.max(0, match.index - LONGEST_NEGATION), match.index))?.[0] ?? "";
        const start = match.index - denial.length;
        const end = match.index + match[0].length;
        const answer = SWITCH.exec(text.slice(end));
        const off = answer === null || !SAYS_NO.test(answer[0]) ? null : answer[0].trim();
        all.push({ field: flag, isNoun, start, end: end + (answer?.[0].length ?? 0), text: text.slice(start, end + (answer?.[0].length ?? 0)).trim(), negation: denial === "" ? off : denial.trim().toLowerCase() });
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

/** A role is for something: with a minter there is minting. */
const ROLE_OF = [["mintable", /mint/i], ["pausable", /paus/i], ["freezable", /freez/i], ["upgradeable", /upgrad/i]] as const;

/** Who may do what an owner does. */
export function readAccess(reading: Reading): void {
  for (const none of takeAll(reading, words("(?:with )?(?:no|without(?: an?| any)?) (?:owner(?:ship)?|admin keys?|admin|access control)|owner-?less|renounced? (?:the )?(?:ownership|contract)|(?:the )?ownership (?:is |will be |should be |shall be )?renounced(?: (?:at|after|on) (?:launch|deployment))?|(?:nobody|no-? ?one) (?:owns|controls|governs|is in charge of)(?: (?:it|this|the (?:token|contract|collection)))?|nothing (?:can|may) (?:ever )?be changed(?: later)?|(?:it )?can(?:not|'t| never) be changed(?: later)?|unchangeable|immutable(?: contract)?"))) reading.set("access", "none", none.text);
  const roles: readonly string[] = [
    "role[ -]?based(?: access(?: control)?| permissions?)?|access[ -]?control(?: roles?)?|rbac|roles?(?: for (?:the )?(?:mint(?:ing|ers?)|paus(?:ing|ers?)|freez(?:ing|ers?)|admins?|upgrad(?:ing|ers?))(?:(?:,| and|, and) (?:mint(?:ing|ers?)|paus(?:ing|ers?)|freez(?:ing|ers?)|admins?|upgrad(?:ing|ers?)))*)?",
    "(?:with |and )?(?:separate |dedicated |different |an? |the )?(?:minter|minting|pauser|pausing|freezer|admin|upgrader)(?:(?:,| and|, and| /|/) (?:an? |the )?(?:minter|minting|pauser|pausing|freezer|admin|upgrader))* roles?|(?:separate|dedicated|different) (?:minter|pauser|freezer|admin|upgrader)s?(?:(?:,| and|, and| /|/) (?:an? |the )?(?:minter|pauser|freezer|admin|upgrader)s?)*(?: accounts?)?|(?:minter|pauser|freezer|upgrader)_role",
  ];
  for (const source of roles.toReversed()) {
    for (const taken of takeAll(reading, words(source))) {
      reading.set("access", "roles", taken.text);
      for (const [field, named] of ROLE_OF) if (named.test(taken.text) && reading.features[field] === undefined) reading.set(field, true, taken.text);
    }
  }
  const owned = words("ownable(?: by (?:the )?(?:deployer|creator|me))?|single owner|owner-?(?:controlled|managed|only)|(?:an?|one|the) (?:contract )?owner|owned by (?:the )?(?:deployer|creator|me|us)|only-?owner|ownership");
  for (const taken of takeAll(reading, owned)) reading.set("access", "ownable", taken.text);
}

export type FlagFeatures = Pick<ContractFeatures, Flag>;
