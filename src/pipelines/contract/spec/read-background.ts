/**
 * What is said about the maker, the purpose and the reasons, and nothing of the contract. It is known by the sentence that it
 * stands in ("I'm a …", "our bakery needs …", "for my …", "because …"), and never holds a word that denies, limits, counts or says who may
 * do what: those are left, and refused. What is taken by its frame alone is told.
 */
import { pattern, WORD, words } from "./patterns";
import { saysFeature } from "./read-features";
import { isRefused, shorten } from "./read-refused";
import { type Reading, takeAll } from "./reading";

/** Who or what a contract may be for. */
const PLACES =
  "(?:game|project|community|communities|company|startup|start-up|app|application|platform|dao|protocol|club|shop|store|brand|band|fans?|friends|family|school|class|team|event|conference|website|business|ecosystem|network|product|users|customers|members|students|players|hackathon|demo|test|testing|testnet|guild|university|festival|cafe|café|coffee shop|gym|podcast|newsletter|server|discord|channel|bakery|restaurant|bar|hotel|studio|label|agency|association|charity|church|village|town|city|neighbou?rhood|workshop|course|blog|stream|streamers?|youtube|twitch|telegram|group|portfolio|thesis|homework|tutorial|presentation|wedding|birthday|kids|colleagues|employees|clients|readers|listeners|followers|museum|gallery|farm|library|side project|pet project|marketing campaign|campaign|launch|rpg|mmo)s?(?!'s)";
/** Any word may stand before it, but none that limits or denies. One form alone: forms that overlap would be tried in all ways. */
const BEFORE_PLACE = `(?!(?:not|no|non|never|only|without|unless|until|except|every|each)(?!${WORD}))${WORD}+(?:'s?)?`;
const PURPOSE = `for (?:use (?:in|by|with|within) |the use of )?(?:(?:my|our|an?|the|your|their|this)(?: ${BEFORE_PLACE}){0,4}? ${PLACES}(?: ${PLACES})?|(?:${PLACES}|fun|learning|educational|education|internal|testing|demo|personal|practice|study|(?:legal |regulatory )?compliance|safety|security|regulatory|legal)(?: (?:purposes?|reasons?|use))?)(?: (?:of|about|with) (?:mine|ours|friends))?`;
/** "For my photography": whatever it is, it is the maker's own, and no part of the contract. */
const OWN_PURPOSE = `for (?:my|our)(?: ${BEFORE_PLACE}){1,3}(?=\\s*(?:[,.:;!\\n]|$|(?:called|named|with|that|which)(?!${WORD})))`;
/** "I'm starting a little coffee shop": about the maker, not the contract. */
const ABOUT_MAKER = `(?:(?:I'm|I am|we're|we are|my (?:friends?|team|partner|brother|sister|wife|husband|mother|father|company)(?: and (?:I|me))?(?: are| is)?|(?:me and )?my friends(?: and I)?(?: are)?|our (?:team|company|club|startup) is) (?:starting|running|launching|building|opening|working on|planning|making|developing|organi[sz]ing|founding|having|writing|studying|learning|teaching|preparing|hosting)|(?:I|we) (?:have|run|own|started|founded|opened|organi[sz]e)) (?:an? |the |our |my )?(?:${BEFORE_PLACE} ){0,4}?${PLACES}(?: (?:called|named) ${WORD}+(?=[,.;!]))?(?: in [\\p{Lu}]${WORD}+)?|(?:my|our) (?:friends?|team|partner|brother|sister|wife|husband|mother|father)(?: and (?:I|me))? (?:are|is) (?:starting|opening|building|running|planning|making)(?: (?!(?:not|no|only|never)(?!${WORD}))${WORD}+){1,4}?(?=(?:,? and (?:I|we))(?!${WORD})|\\s*[,.;!])`;

/** Words that make a wish of a sentence: who, when, how many, what not. Behind one of them nothing is background. */
const SAYING =
  "not|no|non|nor|none|never|only|without|unless|until|till|except|every|each|any|all|both|either|if|when|whenever|while|after|before|once|during|than|instead|against|must|should|shall|may|might|could|can|cannot|able|allowed|allow|allows|let|lets|owners?|holders?|deployer|admins?|minters?|anyone|anybody|everyone|everybody|nobody|someone|somebody|they|them|it|it's|wallets?|address(?:es)?|accounts?|balances?|transfers?|transferred|transferring|functions?|sends?|sent|receives?|pays?|paid|payouts?|percent|secretly|hidden|limit(?:s|ed)?|maximum|max|minimum|min|per|rate|daily|weekly|monthly|yearly|automatic(?:ally)?|total|supply|cap|capped|decimals?|half|quarter|double|that|which|who|whose|where|but|also|plus|tokens?|coins?|nfts?|contracts?|symbol|ticker|named?|called|rights?|votes?|locks?|locked|unlock(?:s|ed)?|changes?|resets?|expires?|withdraw(?:s|al)?|reserved?|roles?|ownable|proxy|immutable|royalt(?:y|ies)|hundred|thousand|million|billion|trillion|one|two|three|four|five|six|seven|eight|nine|ten";
/** A word of what may be background; digits and signs are none. */
const PLAIN = `(?!(?:${SAYING})(?!${WORD}))(?!\\d)${WORD}+(?:['&-]${WORD}+)*'?`;
const UNTIL_END = "(?=\\s*(?:[,.:;!?\\n()]|$))";
const WANTS = `(?:wants?|needs?|would like|'d like|(?:is|are|am) looking for|(?:is|are) planning|want|need|looking for)`;

/** Where each begins, what it may hold, and where it must end. */
export const FRAMES: readonly string[] = [
  `(?:(?:I am|I'm|we are|we're)(?! (?:not so )?${WORD}+ing(?!${WORD}))|my name is|this is ${PLAIN}|here is ${PLAIN})(?: ${PLAIN}){1,8}?(?:${UNTIL_END}|(?=,? (?:and|so) (?:I|we|want|need|would|looking)(?!${WORD}))|(?= ${WANTS}(?!${WORD})))`,
  `(?<=^|[.!?\\n]\\s*)(?:hi|hello|hey)?,?\\s*(?:my|our|the|an?)(?: ${PLAIN}){1,5}? ${WANTS}(?!${WORD})`,
  `(?<=^|[.!?\\n]\\s*)(?:launch(?= (?:the|our|my|an?) )|introduc(?:e|ing)|meet|welcome|discover|join|tokeni[sz]e|celebrate|get ready for|say hello to)(?: ${PLAIN}){1,6}?(?=\\s*[!.])`,
  `I (?:want|would like|'d like|wish|plan) to (?:tokeni[sz]e|reward|thank|celebrate|fund|represent|honou?r|digiti[sz]e)(?: ${PLAIN}){1,6}?${UNTIL_END}`,
  `(?:because|since(?= (?:you|we|I|the|our|my|people|this)(?!${WORD})))(?: ${PLAIN}){1,8}?${UNTIL_END}`,
  `so (?:that )?(?:the |our |my )?(?:customers|people|fans|users|students|readers|players|members|guests|visitors|pupils|kids)(?: can)? (?:collect|use|enjoy|feel|know|remember|support|show|come|have fun|get excited|participate)(?: ${PLAIN}){0,6}?${UNTIL_END}`,
  `(?:in order )?to (?:reward|thank|celebrate|fund|raise awareness|represent|honou?r|commemorate|motivate)(?: ${PLAIN}){1,6}?${UNTIL_END}`,
  `as (?:an? |the )?(?:${PLAIN} ){1,3}?(?:owner|manager|founder|developer|artist|creator|musician|teacher|user|customer),? (?:I|we) (?:want|need|would like)`,
  `(?<=^|\\n)\\s*(?:background|context|purpose|goal|use case|about(?: us)?|intro(?:duction)?|motivation)\\s*:(?: ${PLAIN}){1,12}?${UNTIL_END}`,
];
/** "A coin for a trading card game": right behind what is made, it is what that is for. */
const MADE = "(?:token|coin|contract|nft|collection|currency|stable-? ?coin|cryptocurrency|(?:erc|bep)-? ?(?:20|721|1155)|points|badges?|certificates?|diplomas?|tickets?)";
const MADE_FOR = `(?<=(?<!${WORD})${MADE}\\s)(?:for|of) (?:an? |the |my |our )?${PLAIN}(?: ${PLAIN}){0,5}?(?=\\s*(?:[,.:;!\\n(]|$|\\uE000|(?:called|named|with|that|which|symbol|name|where|and)(?!${WORD})))`;
/** "Like bitcoin": nothing is copied from it. */
const LIKE = "(?:just |much |similar |a bit )?(?:like|to) (?:the )?(?:bitcoin|btc|usd-?[ct]|usdc|usdt|tether|dai|doge(?:coin)?|shiba(?: inu)?|shib|pepe|bored apes?|bayc|crypto ?punks?|circle|ethereum|litecoin)(?: (?:does|has|is))?";

/** Before kinds and features are read, so that sentences are whole; one that holds a word of a feature is left alone. */
export function readPurposes(reading: Reading): void {
  takeFrames({ reading, sources: [...FRAMES, MADE_FOR] });
}

/** Once everything else was read. */
export function readBackground(reading: Reading): void {
  for (const source of [ABOUT_MAKER, PURPOSE, OWN_PURPOSE]) while (reading.take(words(source)) !== null);
  for (const { text } of takeAll(reading, words(LIKE))) reading.assume({ field: "likeness", value: "only what is written here", why: `Of "${shorten(text)}" nothing is copied: say each feature that you want.` });
}

function takeFrames({ reading, sources }: { reading: Reading; sources: readonly string[] }): void {
  const told: string[] = [];
  for (const source of sources) {
    const frame = pattern(`(?<!${WORD})(?:${source})`, "giu");
    for (const match of reading.rest().matchAll(frame)) {
      const [text] = match;
      if (text.trim() === "" || isRefused(text) || saysFeature(text)) continue;
      told.push(shorten(reading.takeRange(match.index, match.index + text.length)));
    }
  }
  if (told.length > 0) reading.assume({ field: "background", value: "changes nothing", why: `About you or what it is for, not what it does: ${told.map((one) => `"${one}"`).join(", ")}.` });
}
