/** What no rule understood. Politeness and words without a meaning for the contract pass; everything else is told. */
import { pattern, words } from "./patterns";
import { type Reading, takeAll } from "./reading";
import { isMeaningful } from "./filler";
import { readBackground } from "./read-background";
import { shorten } from "./read-refused";
import type { TemplateName } from "./schema";
import { isAboutSomething } from "./subjects";

/** What an NFT or an item of many may stand for. */
const THINGS =
  "(?:(?:game|in-game|event|concert|membership|trading|digital|art|music|photo|photography|loyalty|reward|achievement|attendance|course|university|virtual|fantasy|profile|gaming|playing) )*(?:tickets?|items?|badges?|diplomas?|certificates?|certifications?|memberships?|(?:membership |trading )?cards?|artworks?|art|photos?|photographs?|pictures?|swords?|weapons?|skins?|potions?|shields?|armou?r|helmets?|characters?|avatars?|pass(?:es)?|vouchers?|coupons?|awards?|medals?|songs?|poems?|drawings?|paintings?|pets?|loot|gear|equipment|resources|materials|gems?|stickers?|comics?|films?|videos?|pfps?|attendees|achievements?|credentials?|licen[sc]es?)";
const CHAINS = "(?:(?:deploy(?:ed)?(?: it)? |live |running |launch(?:ed)?(?: it)? )?(?:on|to) )(?:the )?(?:ethereum|polygon|arbitrum|optimism|base|bnb(?: smart)? chain|bsc|avalanche|sepolia|goerli|amoy|linea|scroll|zksync|mantle|metis|hyperion|eth|bnb|localhost|local|anvil|hardhat|any evm|evm|mainnet|testnet)(?: (?:mainnet|testnet|network|chain|blockchain|sepolia))?|(?:ethereum|polygon|arbitrum|optimism|bnb(?: smart)? chain|bsc|avalanche|sepolia|evm)(?:[ -](?:based|style|compatible|network|chain))?(?=\\s*\uE000)";
const PEG = "(?:(?:usd|dollar|euro|eur|gbp|fiat|gold)[ -])?(?:pegged|backed)(?: 1:1)?(?: (?:to|by) (?:the )?(?:us[ -]?)?(?:dollars?|usd|euros?|eur|gbp|pounds?|gold|fiat|reserves?|cash))?|1:1 (?:with|to) (?:the )?(?:us[ -]?)?(?:dollar|usd|euro|eur)";
/** Versions that are what the templates are written in and upon. */
const CURRENT = "(?:[\\^~]|>=)?(?:0\\.8(?:\\.(?:\\d{1,2}|x))?|5(?:\\.(?:\\d{1,2}|x)){0,2})(?![\\d.]*\\d)";
const QUIET: readonly string[] = [
  "(?:thanks|thank you)(?: (?:so much|in advance|a lot|very much))?",
  "in advance",
  "(?<=only [^.\\n]{1,40}[.,;] )(?:and )?(?:nobody|no-? ?one) else(?=\\s*(?:[.,;!]|$))",
  "(?:issue|release|drop|mint|offer|roll out|publish|put out|bring out|ship|introduce|put together|come up with|whip up|cook up)(?: me| us| for (?:me|us))? (?:an?|our|my|our own|my own)(?= (?:[\\p{L}'-]+ ){0,2}?(?:tokens?|coins?|nfts?|collections?|stable-? ?coins?|dao|governor|cryptocurrency|currency|contract|drop))",
  "(?:plain|just|pure)?[ -]?vanilla|(?:up|at|on|upon) (?:the )?(?:construction|creation)|details? below|(?:see|as) below|below(?=\\s*:)",
  "(?:how about|what about|let(?:'|)s (?:do|go|have)|make it so(?: that)?|fair launch|spin (?:me )?up|(?:can|could|would|will) (?:yo)?u(?: please)?|for now|so far|by default)",
  "(?:acceptance criteria|ac|compliance|extras|supply details)(?=\\s*:)",
  "(?:it |this |that |which |token |contract |community |coin )?(?:needs|requires|required|needed)(?: to (?:be|have|support|allow)| an?| the)(?= )|go live|goes live",
  "set (?:it |this |that |me |us |everything )?up(?: with)?|(?:is |are )?set to|get (?:me|us|started|it)(?: an?)?",
  "(?:so )?(?:each|every|one|1) (?:token|nft|coin),? ?(?:counts? (?:as|for) |equals |gives |has |is |[=:] ?)?(?:one|1|a) vote",
  "no bells (?:and|&|or) whistles|my friends and I(?: are)?|(?:let's|let us|lets) say|to keep it simple|keep it simple|quick and (?:easy|simple)|out of the box|if (?:possible|needed|necessary|required|you can)|when(?:ever)? (?:needed|necessary|required|(?:I|we) (?:want|need|like)(?: to)?)|whenever|if (?:I|we) (?:want|need|like)(?: to)?|at any time|as (?:needed|necessary|required)|how(?:ever)? you like|(?:each|every) (?:token|nft|item) (?:is|being) unique|all of (?:them|it)|at once|right away|straight away",
  "nothing (?:else|more|fancy|special)|(?:no|without) (?:any )?(?:other|extra|further|additional|special|fancy) (?:features?|functions?|things?)|no extras|no frills|that(?:'s| is) (?:all|it)",
  "auto[- ]?(?:increment(?:ing|ed)?|incremental)(?: (?:token )?ids?)?|sequential ids?",
  "(?:that|which) (?:can|could|may) be (?:transferred|traded|sent)(?: freely)?",
  `(?:based|built|written|implemented|created)? ?(?:(?:on|in|with|using|from) )?(?:the )?(?:latest )?(?:open ?zeppelin(?:'s)?|solidity|oz)(?: (?:contracts?|libraries|library|standards?))*(?:,? (?:v(?:ersion)? ?)?${CURRENT})?(?! ?[v^~>=]?\\d)`,
];

/** Said of every contract; once features are read, for "stop all transfers" is one. */
const TRANSFERS = "(?:(?:the |with )?(?:basic|standard|usual|normal|regular|free|simple|all) )*(?:erc-?20 )?(?:token )?transfers?(?: and approv(?:e|als?))?(?: functions?| functionality| support| features?)?(?=\\s*(?:[,.;!\\n]|$))|(?:(?:can|may) be |be )?(?:freely )?transferred(?: freely)?(?=\\s*(?:[,.;!\\n]|$))";

/** Phrases whose words would mean something alone: before amounts and features are read. */
export function readPhrases(reading: Reading): void {
  for (const source of QUIET) while (reading.take(words(source)) !== null);
}

/** Call it last. */
export function readLeftovers({ reading, template }: { reading: Reading; template: TemplateName | null }): void {
  if (template === "erc1155" || template === "erc721") tellLoneSupply({ reading, template });
  for (const { text } of takeAll(reading, words(CHAINS))) reading.assume({ field: "chains", value: "as chosen beside the prompt", why: `"${shorten(text)}" does not choose a chain.` });
  for (const { text } of takeAll(reading, words(PEG))) reading.assume({ field: "peg", value: "kept by the issuer", why: `"${shorten(text)}" is a promise of the issuer: nothing in the contract enforces it.` });
  while (reading.take(words(TRANSFERS)) !== null);
  if (template === "erc1155" || template === "erc721") while (reading.take(words(`(?:for |of |representing |such as |like )?(?:an? |the |our |my )?${THINGS}(?:(?:,|,? and| or| &) ${THINGS})*`)) !== null);
  readBackground(reading);
  if (template === "erc20" && reading.features.votes === true) reading.take(words("dao"));
  const about: string[] = [];
  for (const { part, before, after } of findParts(reading.rest())) {
    if (isAboutSomething({ part, before, after })) about.push(part);
    else reading.refuse({ part: shorten(part), why: isForeign(reading.rest()) ? "Only English is understood: say it in English." : "The generator does not understand this part. Say it in other words, or leave it out." });
  }
  if (about.length > 0) reading.assume({ field: "theme", value: "changes nothing", why: `What it is about, not what it does: ${about.map((one) => `"${shorten(one)}"`).join(", ")}.` });
}

/** Small words that tell a language: two of them are no accident. */
const FOREIGN = words("erstelle|einen?|einem|einer|mit|und|namens|der|das|ich|bitte|eine|soll|f\u00fcr|crea|crear|un|una|con|llamad[oa]|de|el|los|y|por favor|cr\u00e9er|cr\u00e9e|avec|appel\u00e9e?|je|et|le|une|nomm\u00e9e?|voudrais|crie|chamad[oa]|com|uma|um|criar|creare|chiamato|voglio|een|met|genaamd|maak");
const OTHER_SCRIPT = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Devanagari}\p{Script=Thai}\p{Script=Greek}]/u;

function isForeign(rest: string): boolean {
  if (OTHER_SCRIPT.test(rest)) return true;
  const found = new Set([...rest.matchAll(pattern(FOREIGN.source, "giu"))].map((match) => match[0].toLowerCase()));
  return found.size > 1;
}

/** Where a supply is no part of every contract, the word alone may mean something that is not made. */
function tellLoneSupply({ reading, template }: { reading: Reading; template: "erc1155" | "erc721" }): void {
  for (const { text } of takeAll(reading, words("(?:with |and |has )?(?:an? |the |its |all )?(?:(?:initial|total|token|whole|entire) )*suppl(?:y|ies)"))) {
    if (template === "erc721" && reading.features.max_supply !== undefined) continue;
    if (template === "erc1155" && reading.features.supply_tracking !== undefined) continue;
    const why = template === "erc721" ? `"${shorten(text)}" names no number: say how many there may be, such as "max supply of 1000".` : `"${shorten(text)}" says nothing of what to do with it: say "supply tracking" to have the total of each token counted.`;
    reading.assume(template === "erc721" ? { field: "max_supply", value: "none", why } : { field: "supply_tracking", value: "no", why });
  }
}

/** Runs of words with a meaning, each with the words between them, cut where a sentence or a part of it ends. */
export const findMeaningful = (rest: string): string[] => findParts(rest).map(({ part }) => part);

interface Part {
  part: string;
  before: string;
  after: string;
}

function findParts(rest: string): Part[] {
  const parts: Part[] = [];
  for (const match of rest.matchAll(/(?:(?![\uE000\n;]|[.!?](?:\s|$)|,\s)[\s\S])+/gu)) {
    const [clause] = match;
    const all = [...clause.matchAll(/[\p{L}\p{N}_$%][\p{L}\p{N}\p{M}_$%'.+/#@:-]*|[^\s\p{P}\p{Z}\p{Cc}]+/gu)].map((found) => ({ word: found[0], index: found.index }));
    const meaningful = all.filter(({ word }) => isMeaningful(word));
    const first = meaningful[0];
    const last = meaningful.at(-1);
    if (first === undefined || last === undefined) continue;
    const from = match.index + first.index;
    const to = match.index + last.index + last.word.length;
    parts.push({ part: rest.slice(from, to), before: rest.slice(Math.max(0, from - 60), from), after: rest.slice(to, to + 60) });
  }
  return parts;
}
