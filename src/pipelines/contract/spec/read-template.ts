/** Which kind of contract a prompt asks for. */
import { words } from "./patterns";
import type { Reading } from "./reading";
import type { TemplateName } from "./schema";

interface Kind {
  template: TemplateName;
  pattern: RegExp;
  /** For people. */
  label: string;
}

const MAKE = "(?:create|make|build|launch|set up|spin up|deploy|generate|write|need|want|design|like|start)";

const DECIDING = "(?:members?|holders?|people|the community|everyone|residents|citizens|neighbou?rs)(?: (?:can|to|should|may|will))? (?:votes?|decides?) on (?:proposals|decisions|what to do)";

/** The first that matches counts; a later one of another family is a second contract. */
const KINDS: readonly Kind[] = [
  { template: "erc1155", label: "ERC-1155", pattern: words("erc-? ?1155|(?<![\\d.,]\\s?)1155(?= (?:named|called|contract|token|standard|collection|nft|multi))|multi[- ]?tokens?(?: contract| standard)?|semi-?fungible(?: tokens?)?") },
  { template: "erc721", label: "ERC-721", pattern: words("erc-? ?721|(?<![\\d.,]\\s?)721(?= (?:named|called|contract|token|standard|collection|nft))|nfts?(?: drops?)?|non[- ]?fungible(?: tokens?)?|(?:digital )?collectibles?|(?:digital |generative )?art(?:work)? (?:collection|drop|series)|soul-?bound(?: tokens?)?|sbts?") },
  { template: "governor", label: "governor", pattern: words(`governor(?: contract)?|${MAKE} (?:me |us )?(?:(?:a|an|our|my|the) )?(?:(?!erc)[\\w-]+ ){0,3}dao(?! (?:governance )?(?:token|coin))|dao (?:contract|called|named|with|where|for|whose|name:)|dao(?= ?:)|name of the dao|${DECIDING}|on-?chain governance(?! (?:token|coin))|voting contract|governance contract`) },
  { template: "vesting", label: "vesting", pattern: words("vesting(?: wallet| contract| schedule)?|token ?vesting|vest(?:s|ed)?|lock(?:s|ed)? up (?:[\\w'-]+ ){0,3}(?:tokens|coins)") },
  { template: "stablecoin", label: "stablecoin", pattern: words("(?:(?:usd|dollar|euro|eur|gbp)[ -])?stable-? ?coins?|stable token|e-?money token") },
  { template: "erc20", label: "ERC-20", pattern: words("erc-? ?20|bep-? ?20|fungible tokens?|(?:(?:meme|utility|rewards?|loyalty|community|gaming|in-game|fan|native|social|payment)[ -]?)?(?:coins?|tokens?)|crypto-?currency|currency|loyalty points|points|\\$[a-z][a-z0-9]{1,10}") },
  // Only where nothing else is said: tokens may be a collection, too.
  { template: "erc721", label: "ERC-721", pattern: words("(?:avatars?|pfps?|art|stamps?|photos?|cards?|badges?)? ?collection") },
];

/** Quoted text is a name, and says nothing of the kind. */
const QUOTES = /"[^"]*"|`[^`]*`/g;

export interface KindFound {
  template: TemplateName | null;
  /** The words that say so. */
  text: string;
  /** A second kind in the same prompt. */
  second: { label: string; text: string } | null;
}

export function findTemplate(text: string): KindFound {
  const plain = text.replace(QUOTES, (quoted) => " ".repeat(quoted.length));
  const explicit = KINDS.flatMap((kind) => {
    const match = kind.pattern.exec(plain);
    return match === null ? [] : [{ kind, match: match[0], index: match.index }];
  });
  const [first] = explicit;
  if (first === undefined) return { template: null, text: "", second: null };
  const standard = words("erc-? ?20|bep-? ?20|fungible token").exec(plain.replace(/(?:non|semi)[- ]?fungible tokens?/gi, " "));
  // "ERC-20" said beside an NFT is a second contract; "token" is not: an NFT is one, and so is what vests or votes.
  const isSecond = standard !== null && ["erc721", "erc1155"].includes(first.kind.template);
  const other = first.kind.template === "erc1155" ? words("erc-? ?721").exec(plain) : null;
  const more = words("(?:and|plus|also|along with|together with)(?: also)? (?:an?|the|one)(?: \\w+)? (vesting (?:wallet|contract|schedule)|governor|nft collection|nft contract|stablecoin|multi-token contract|dao contract)").exec(plain);
  // "A token …, and an NFT collection": what is named first is another kind than the one that is added.
  const isOwn = more !== null && first.kind.pattern.test(more[1] ?? "") && !words("(?:tokens?|coins?) (?:called|named)").test(plain.slice(0, more.index));
  const added = more === null || isOwn ? null : more;
  const clash = added !== null ? { label: added[1] ?? "", text: added[0] } : isSecond ? { label: "ERC-20", text: standard[0] } : other === null ? null : { label: "ERC-721", text: other[0] };
  return { template: asksForToken({ first: first.kind.template, plain }) ?? first.kind.template, text: first.match, second: clash };
}

/** "A governance token for our DAO" asks for the token. */
const FOR_A_DAO = words("(?:token|coin|erc-? ?20)s? (?:for|of) (?:an? |our |my |the |your )?(?:[\\w-]+ ){0,3}dao");

/** "An ERC-20 … with vesting for the team" asks for a token first; the vesting is told as not supported. */
function asksForToken({ first, plain }: { first: TemplateName; plain: string }): TemplateName | null {
  if (first === "governor" && FOR_A_DAO.test(plain)) return "erc20";
  if (first !== "vesting") return null;
  const token = words("erc-? ?20").exec(plain);
  const vesting = words("vesting|vests?").exec(plain);
  return token !== null && vesting !== null && token.index < vesting.index ? "erc20" : null;
}

/** Takes the standards' numbers out, before amounts are read; words such as "token" stay: they say what is counted. */
export function takeStandards(reading: Reading): void {
  while (reading.take(words("(?:(?:erc|bep|eip)-? ?(?:20|721|1155)|(?<![\\d.,]\\s?)(?:721|1155)(?= (?:contract|token|standard|collection|nft|multi)|\\s?\uE000))(?: (?:compliant|compatible|standard))?")) !== null);
  // Before features are read: of a DAO, "vote" is what it is.
  while (reading.take(words(DECIDING)) !== null);
}

/** Takes the words for a kind out: they are read. */
export function takeKindWords({ reading, template }: { reading: Reading; template: TemplateName }): void {
  for (const kind of KINDS) if (kind.template === template) while (reading.take(kind.pattern) !== null);
  if (template === "governor") while (reading.take(words("dao|decentrali[sz]ed autonomous organi[sz]ation")) !== null);
}
