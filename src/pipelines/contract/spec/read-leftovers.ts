/** What no rule understood. Politeness and words without a meaning for the contract pass; everything else is told. */
import { pattern, WORD, words } from "./patterns";
import { type Reading, takeAll } from "./reading";
import { shorten } from "./read-refused";
import type { TemplateName } from "./schema";

/**
 * Words that change nothing about a contract. Never in here: words that deny, limit or except ("not", "only", "unless",
 * "until", "except"), for dropping those would turn a wish around.
 */
const FILLER = new Set(
  `a an the but this that these those it its it's itself they them their there here i i'd i'm i'll me my mine we we'd our ours us you your
  please kindly hi hello hey thanks thank cheers dear ok okay so just simply now also too as well plus and or with has have having had be is are was will would should shall must
  can could may let lets let's want wants wanted need like love looking look require create creates creating make makes making made build builds building built
  generate generates generating write writes writing deploy deploys deploying deployed deployment launch launches launching develop design code program setup up give help do does add adds adding
  include includes including included support supports supporting supported enable enables enabled feature features featuring option options function functions functionality capability capabilities use uses using used via
  be being of for to in on at by from into where which who whose what how then
  game gaming in-game token tokens coin coins contract contracts smart solidity nft nfts collection collections asset assets crypto cryptocurrency blockchain currency project source
  new simple basic standard plain regular normal classic typical clean nice good great best cool awesome beautiful small little tiny safe secure professional modern production ready production-ready gas efficient gas-efficient optimized optimised well-documented documented compliant compatible conforming own personal
  called named name symbol ticker compliant openzeppelin open zeppelin oz library libraries latest version style type kind sort based
  all everything anything something one supply initial initially total amount number decimals decimal
  s re ve ll d t vs e.g eg i.e ie etc called it able ability possible possibility support s'
  should've ought going gonna able allow allows allowing allowed follow following follows basically actually really very quite full fully completely
  etc etc. yes sure right mint's default
  pls plz thx ty lol haha hahaha hehe btw fyi asap wow yeah yep hiya greetings folks guys sir buddy kind regards hope hopefully
  spec specs specification specifications details detail properties property parameters parameter params requirements requirement settings setting configuration config field value values summary overview description notes note
  fun funny cute fancy proper decent solid real dead super totally absolutely literally shiny sweet lovely
  idea thing things stuff work works working functional start starts begin exactly bunch lot lots`.split(/\s+/),
);

/** Who or what a contract may be for. */
const PLACES =
  "(?:game|project|community|communities|company|startup|start-up|app|application|platform|dao|protocol|club|shop|store|brand|band|fans?|friends|family|school|class|team|event|conference|website|business|ecosystem|network|product|users|customers|members|students|players|hackathon|demo|test|testing|testnet|guild|university|festival|cafe|café|coffee shop|gym|podcast|newsletter|server|discord|channel|bakery|restaurant|bar|hotel|studio|label|agency|association|charity|church|village|town|city|neighbou?rhood|workshop|course|blog|stream|streamers?|youtube|twitch|telegram|group|portfolio|thesis|homework|tutorial|presentation|wedding|birthday|kids|colleagues|employees|clients|readers|listeners|followers|museum|gallery|farm|library|side project|pet project|marketing campaign|campaign|launch|rpg|mmo)s?(?!'s)";
/** Any word may stand before it, but none that limits or denies. One form alone: forms that overlap would be tried in all ways. */
const BEFORE_PLACE = `(?!(?:not|no|non|never|only|without|unless|until|except|every|each)(?!${WORD}))${WORD}+(?:'s?)?`;
const PURPOSE = `for (?:use (?:in|by|with|within) |the use of )?(?:(?:my|our|an?|the|your|their|this)(?: ${BEFORE_PLACE}){0,4}? ${PLACES}(?: ${PLACES})?|(?:${PLACES}|fun|learning|educational|education|internal|testing|demo|personal|practice|study)(?: purposes?| use)?)(?: (?:of|about|with) (?:mine|ours|friends))?`;
/** "For my photography": whatever it is, it is the maker's own, and no part of the contract. */
const OWN_PURPOSE = `for (?:my|our)(?: ${BEFORE_PLACE}){1,3}(?=\\s*(?:[,.:;!\\n]|$|(?:called|named|with|that|which)(?!${WORD})))`;
/** "I'm starting a little coffee shop": about the maker, not the contract. */
const ABOUT_MAKER = `(?:(?:I'm|I am|we're|we are|my (?:friends?|team|partner|brother|sister|company)(?: and (?:I|me))?(?: are| is)?|(?:me and )?my friends(?: and I)?(?: are)?|our (?:team|company|club|startup) is) (?:starting|running|launching|building|opening|working on|planning|making|developing|organi[sz]ing|founding|having)|(?:I|we) (?:have|run|own|started|founded|opened|organi[sz]e)) (?:an? |the |our |my )?(?:${BEFORE_PLACE} ){0,4}?${PLACES}(?: (?:called|named) ${WORD}+(?=[,.;!]))?(?: in [\\p{Lu}]${WORD}+)?`;
/** What an NFT or an item of many may stand for. */
const THINGS =
  "(?:(?:game|in-game|event|concert|membership|trading|digital|art|music|photo|photography|loyalty|reward|achievement|attendance|course|university|virtual|fantasy|profile|gaming|playing) )*(?:tickets?|items?|badges?|diplomas?|certificates?|certifications?|memberships?|(?:membership |trading )?cards?|artworks?|art|photos?|photographs?|pictures?|swords?|weapons?|skins?|potions?|shields?|armou?r|helmets?|characters?|avatars?|pass(?:es)?|vouchers?|coupons?|awards?|medals?|songs?|poems?|drawings?|paintings?|pets?|loot|gear|equipment|resources|materials|gems?|stickers?|comics?|films?|videos?|pfps?|attendees|achievements?|credentials?|licen[sc]es?)";
const CHAINS = "(?:(?:deploy(?:ed)?(?: it)? |live |running |launch(?:ed)?(?: it)? )?(?:on|to) )(?:the )?(?:ethereum|polygon|arbitrum|optimism|base|bnb(?: smart)? chain|bsc|avalanche|sepolia|goerli|amoy|linea|scroll|zksync|mantle|metis|hyperion|localhost|local|anvil|hardhat|any evm|evm|mainnet|testnet)(?: (?:mainnet|testnet|network|chain|blockchain|sepolia))?";
const PEG = "(?:(?:usd|dollar|euro|eur|gbp|fiat|gold)[ -])?(?:pegged|backed)(?: 1:1)?(?: (?:to|by) (?:the )?(?:us[ -]?)?(?:dollars?|usd|euros?|eur|gbp|pounds?|gold|fiat|reserves?|cash))?|1:1 (?:with|to) (?:the )?(?:us[ -]?)?(?:dollar|usd|euro|eur)";
const QUIET: readonly string[] = [
  "(?:thanks|thank you)(?: (?:so much|in advance|a lot|very much))?",
  "in advance",
  "(?:it |this |that |which |token |contract |community |coin )?(?:needs|requires|required|needed)(?: to (?:be|have|support|allow)| an?| the)(?= )|go live|goes live",
  "set (?:it |this |that |me |us |everything )?up(?: with)?|(?:is |are )?set to|get (?:me|us|started|it)(?: an?)?",
  "(?:one|1) (?:token|nft|coin),? ?(?:equals |is |[=:] ?)?(?:one|1) vote",
  "no bells (?:and|&|or) whistles|my friends and I(?: are)?|(?:let's|let us|lets) say|to keep it simple|keep it simple|quick and (?:easy|simple)|out of the box|if (?:possible|needed|necessary|required|you can)|when(?:ever)? (?:needed|necessary|required|(?:I|we) (?:want|need|like)(?: to)?)|whenever|if (?:I|we) (?:want|need|like)(?: to)?|at any time|as (?:needed|necessary|required)|how(?:ever)? you like|(?:each|every) (?:token|nft|item) (?:is|being) unique|all of (?:them|it)|at once|right away|straight away",
  "nothing (?:else|more|fancy)|no (?:other|extra|further|additional) (?:features?|functions?|things?)|no extras|no frills|that(?:'s| is) (?:all|it)",
  "auto[- ]?(?:increment(?:ing|ed)?|incremental)(?: (?:token )?ids?)?|sequential ids?",
  "(?:that|which) (?:can|could|may) be (?:transferred|traded|sent)(?: freely)?",
  "(?:based|built|written|implemented|created)? ?(?:on|in|with|using|from) (?:the )?(?:latest )?(?:open ?zeppelin(?:'s)?|solidity|oz)(?: (?:contracts?|libraries|library|standards?))*(?: v?\\d+(?:\\.\\d+|\\.x)*)?",
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
  for (const source of [TRANSFERS, ABOUT_MAKER, PURPOSE, OWN_PURPOSE]) while (reading.take(words(source)) !== null);
  if (template === "erc1155" || template === "erc721") while (reading.take(words(`(?:for |of |representing |such as |like )?(?:an? |the |our |my )?${THINGS}(?:(?:,|,? and| or| &) ${THINGS})*`)) !== null);
  if (template === "erc20" && reading.features.votes === true) reading.take(words("dao"));
  for (const part of findMeaningful(reading.rest())) {
    reading.refuse({ part: shorten(part), why: isForeign(reading.rest()) ? "Only English is understood: say it in English." : "The generator does not understand this part. Say it in other words, or leave it out." });
  }
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
export function findMeaningful(rest: string): string[] {
  const parts: string[] = [];
  for (const clause of rest.split(/[\uE000\n;]+|[.!?](?=\s|$)|,(?=\s)/u)) {
    const all = [...clause.matchAll(/[\p{L}\p{N}_$%][\p{L}\p{N}\p{M}_$%'.+/#@:-]*|[^\s\p{P}\p{Z}\p{Cc}]+/gu)].map((match) => ({ word: match[0], index: match.index }));
    const meaningful = all.filter(({ word }) => isMeaningful(word));
    const first = meaningful[0];
    const last = meaningful.at(-1);
    if (first === undefined || last === undefined) continue;
    parts.push(clause.slice(first.index, last.index + last.word.length));
  }
  return parts;
}

function isMeaningful(word: string): boolean {
  const bare = word.toLowerCase().replace(/^[^\p{L}\p{N}$%]+|[^\p{L}\p{N}$%]+$/gu, "");
  return bare !== "" && !FILLER.has(bare) && !bare.split(/[-/]/).every((one) => one === "" || FILLER.has(one));
}
