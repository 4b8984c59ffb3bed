/** What people ask for and no template does: named, with the reason, instead of being built without it. */
import { words } from "./patterns";
import type { Reading } from "./reading";

/** What to do where nothing comes close. */
const INSTEAD = "Leave it out, or give Solidity files of your own.";
const INSTRUCTS = "A prompt describes a contract; it can't give the platform instructions.";

/** Reasons by what asks for them. The words around a match belong to it. */
const REFUSED: readonly (readonly [pattern: string, why: string])[] = [
  ["stak(?:e|es|ing|ed|ers?)|yield(?: farm(?:ing)?)?|farming|liquidity mining", "Staking and yield are not offered."],
  ["(?:transfer |buy |sell |transaction |trading )?(?:tax(?:es|ed)?|fees?)(?: on transfers?)?", "Taxes and fees on transfers are not offered."],
  ["reflect(?:s|ions?|ive)?|redistribut(?:es?|ions?|ing)|dividends?|profit[ -]shar(?:e|ing)|revenue[ -]shar(?:e|ing)", "Sharing out to holders is not offered."],
  ["anti-?(?:whale|bot|snip(?:e|er|ing)|dump)|max(?:imum)? (?:wallet|transaction|tx|hold(?:ing)?)(?: (?:size|limit|amount))?|(?:trading|transfer) (?:limit|cool-?down)s?|cool-?downs?", "Limits on who holds or moves how much are not offered."],
  ["lotter(?:y|ies)|raffles?|gambl(?:e|ing)|random(?:ly|ness|i[sz]ed)?|jackpot|dice|bet(?:s|ting)?|prediction market", "Chance and games of chance are not offered."],
  ["bridg(?:e|es|ing|ed|eable)|cross-?chain|omni-?chain|layer-?zero|wormhole|multi-?chain", "Moving tokens between chains is not offered; deploying the contract on several chains is: choose them beside the prompt."],
  ["airdrops?|merkle(?: tree| proof| drop| claim)?|claim(?:s|ing|able)?(?: page)?", "Airdrops and claims are not offered."],
  ["white-?list(?:s|ed|ing)?|allow-?list(?:s|ed|ing)?|kyc|accredited", "Lists of who may take part are not offered; freezing single accounts is."],
  ["pre-?sales?|ico|ido|crowd-?sales?|public sale|token sale|for sale|sells?|selling|buy(?:s|ing|ers?)?|purchas(?:e|es|ing)|mint(?:ing)? (?:price|cost|fee)|public(?:ly)? mint(?:ing|able)?|free mint|mint(?:ed|able)? by (?:anyone|everyone|the public|users?)|(?:anyone|anybody|everyone|everybody|users?|people|the public|(?:token )?holders?|members?|customers?|players?|fans?|visitors?|buyers?|they) (?:can|may|could|will|should be able to|are able to|is able to|are allowed to|is allowed to|to) (?:freely |also )?mint|mint(?:ed|able|ing)? (?:by|for|to|open to) (?:all |any |every |each |the )?(?:token )?(?:holders?|members?|customers?|players?|fans?)|bonding curve|\\d+(?:\\.\\d+)? (?:eth|ether|matic|bnb|wei|gwei)(?: each| per (?:token|nft|mint))?|(?:costs?|price[ds]?)(?: of)?", "Selling tokens and minting by anyone are not offered; minting by the owner is."],
  ["(?:auto(?:matic)?[ -]?)?liquidity(?: pools?)?|uniswap|pancake-?swap|\\bswaps?|swapping|dex|amm|exchange", "Trading and liquidity are not offered."],
  ["lend(?:ing)?|borrow(?:ing)?|(?<!flash[ -])loans?|mortgages?|interest(?:-bearing)?|flash arbitrage|arbitrage", "Lending is not offered."],
  ["oracles?|price[ -]?feeds?|chainlink|collaterali[sz](?:ed|ation)|collateral|over-?collaterali[sz]ed|algorithmic", "Prices from outside and collateral are not offered."],
  ["rebas(?:e|es|ing)|elastic supply|deflationary|\\d+(?:\\.\\d+)? ?(?:%|percent) (?:auto-?)?burn(?:s|ing)?|burn(?:ing)? (?:tax|fee|rate)|auto-?burn(?:ing|s)?|burn(?:s|ed|ing)? (?:\\d+(?:\\.\\d+)? ?%|on (?:each|every) transfer|(?:each|every) transfer|automatically)|buy-?backs?|halving|emission(?:s| schedule)?|inflation(?: rate)?", "Supplies that change by themselves are not offered."],
  ["(?:anyone|anybody|everyone|everybody|users?|people|the public|(?:token )?holders?|members?|customers?|players?|fans?) (?:can|may|could|will|should be able to|are able to|is able to|are allowed to) (?:pause|freeze|stop|block|halt|upgrade|blacklist)", "Pausing, freezing and upgrading by others than the owner, or accounts with a role, are not offered."],
  ["burn(?:er)? role|burn(?:s|ing)? (?:tokens |coins )?(?:of|from) (?:other|any|another)[^.;,\\n]{0,20}|burn(?:s|ing)? (?:other|any) [^.;,\\n]{0,24}", "Each holder burns tokens of their own: burning those of others is not offered."],
  ["(?:paused|stopped|halted|frozen|locked) (?:at|from|on|by|when|in|right after) (?:the )?(?:start|launch|deployment|first|beginning|default|deployed|genesis)|(?:starts?|begins?|initially|launch(?:es|ed)?|deploy(?:s|ed)?) (?:out )?(?:as )?(?:paused|stopped|frozen|locked)", "A contract that starts paused is not offered: pause it once it is deployed."],
  ["(?:all|everyone|everybody|everything|every (?:account|wallet|address)) (?:but|except(?: for)?|besides)", "Exceptions for single accounts are not offered."],
  ["(?:create|make|build|need|want|deploy|launch|generate)(?: me| us)? (?:two|2|three|3|four|4|five|5|several|multiple|many) (?:different |separate )?(?:(?:erc-?(?:20|721|1155)|nft) )?(?:tokens|coins|stablecoins|contracts|collections|daos)", "One build makes one contract: the others need builds of their own."],
  ["\\d[\\d,_]* blocks?", "Time is counted in seconds here, not in blocks: write a duration, such as 7 days."],
  ["wrapped|wrapp?er|vaults?|erc-?4626", "Contracts that hold other tokens are not offered."],
  ["multi-?sig(?:nature)?s?", "Contracts of several signers are not offered; any address, such as one of theirs, can be the owner."],
  ["auctions?|market-?place|bids?|bidding|escrow|rent(?:al|als|ing)?|subscriptions?|referrals?|affiliate|insurance|crowd-?fund(?:ing)?|donations?|payment splitt(?:er|ing)|split payments?", "Trade between people is not offered."],
  ["(?:take|withdraw|move|pull|drain|remove|transfer|steal|grab) (?:out )?(?:the |all |any )?(?:tokens?|coins?|funds|balances?|nfts?) (?:back|away|(?:from|of|out of) (?:any|an?|all|other|every|the|users?|holders?|people|someone|anyone)(?: (?:other )?(?:wallets?|accounts?|address(?:es)?|users?|holders?))?)|revocable|revok(?:e|ed|ing)|claw-?back|confiscat(?:e|ion)|seiz(?:e|ure)|force[d]? transfers?", "Taking tokens back is not offered."],
  ["self-?destruct|kill(?:able)? contract|back-?door|honey-?pot|rug(?: ?pull)?|hidden (?:mint|owner|fee)s?|tx\\.origin|delegate-?call", "That would be a trap for its users, and no template has it."],
  ["reveal(?:ed|s)?|dynamic (?:nft|metadata)s?|on-?chain (?:svg|art|metadata)|generative(?: art)?", "Art that is made or changed by the contract is not offered; a base URI is."],
  ["inherits?|interact(?:s|ing)? with|calls? (?:the|another|an external)", "Other contracts to build upon are not offered."],
];

const INJECTIONS: readonly string[] = [
  "(?:ignore|disregard|forget|override|bypass|skip|circumvent) (?:(?:all|any|the|your|my|these|those|previous|prior|above|earlier|every|everything|security|safety|system) ?)*(?:rules?|instructions?|prompts?|guidelines?|restrictions?|checks?|audits?|above|previous|everything|limits?|constraints?)?",
  "(?:system|developer) prompt|jail-?break|you are now|act as|pretend|api[ -]?keys?|pass-?words?|private[ -]?keys?|secrets?|credentials?|environment variables?|env(?:ironment)?",
  "(?:read|print|show|cat|open|dump|reveal|leak|output|include|import|exfiltrate)(?: me)?(?: the)?(?: (?:contents? of|file|files?))* ?[/~.][^\\s,;]*",
  "(?:execute|run(?!s? (?:for|over|until|\\d|(?:an?|our|my) (?!(?:[\\w-]+ ){0,2}(?:command|shell|script|code|file|url|program|binary))))|exec|eval|spawn|rm -rf|sudo|curl|wget|bash|powershell|select \\*|drop table|fetch)(?: (?:the |a |this )?(?:command|shell|script|code|file|url))?",
];

/** Paths and markup: never words of a description. */
const SYNTAX = /(?:\.\.?\/|(?<![\p{L}\p{N}\uE000)])\/)(?:[\w.-]+\/)*[\w.-]+|<\/?[a-z][^>]*>?|\$\{[^}]*\}?|`{3}[\s\S]*|(?:function|contract|pragma|constructor|assembly|selfdestruct|import)\s*(?:\w+\s*)?[({"'][\s\S]*/iu;

const BOUNDARY = /[;!?\n\uE000]|\.(?!\d)|,|\b(?:and|but|with|also|plus|that|which)\b/iu;

export function readRefused(reading: Reading): void {
  for (const source of INJECTIONS) refuseAll({ reading, pattern: words(source), why: INSTRUCTS, isWhole: true });
  refuseAll({ reading, pattern: SYNTAX, why: "A prompt is words about a contract: no code, paths or markup. Give Solidity files instead of a prompt to build your own code.", isWhole: true });
  for (const [source, why] of REFUSED) {
    readDenied({ reading, source });
    refuseAll({ reading, pattern: words(source), why: why.includes(";") || why.includes(":") ? why : `${why} ${INSTEAD}`, isWhole: false });
  }
}

/** Whether the words hold something that no template does. */
export function isRefused(text: string): boolean {
  return REFUSED.some(([source]) => words(source).test(text));
}

/** "No tax", "without staking": nothing that is missing. */
function readDenied({ reading, source }: { reading: Reading; source: string }): void {
  for (let round = 0; round < 5; round += 1) {
    const answered = reading.take(words(`(?:${source})\\s*(?:[:=?]|-(?=\\s))\\s*(?:no(?:ne)?|nope|off|false|disabled|0 ?%|0(?![\\d.,%]))|(?:${source})[- ]free`));
    if (answered !== null) {
      reading.understand({ field: "without", value: answered.text.replace(/\s*(?:[:=?-].*| free)$/s, ""), text: answered.text });
      continue;
    }
    const taken = reading.take(words(`(?:(?:with )?(?:no|zero)|without(?: any)?|non-?|not|never|free of) ?(?:any |an? )?(?:${source})`));
    if (taken === null) return;
    reading.understand({ field: "without", value: taken.text.replace(/^\S+\s+/, ""), text: taken.text });
  }
}

function refuseAll({ reading, pattern, why, isWhole }: { reading: Reading; pattern: RegExp; why: string; isWhole: boolean }): void {
  for (let round = 0; round < 20; round += 1) {
    const rest = reading.rest();
    const match = pattern.exec(rest);
    if (match === null || match[0] === "") return;
    const start = isWhole ? match.index : beginOf({ rest, start: match.index });
    const end = endOf({ rest, start: match.index + match[0].length });
    reading.refuse({ part: shorten(reading.takeRange(start, end)), why });
  }
}

/** Words just before that belong to it, such as "a 2%". */
function beginOf({ rest, start }: { rest: string; start: number }): number {
  const before = rest.slice(0, start);
  const near = /(?<![\p{L}\d])(?:(?:an?|the|\d[\d.,]* ?%|\d[\d.,]*|buy|sell|transfer|auto(?:matic)?|built-?in|daily|per)[ -]+)+$/iu.exec(before);
  return near === null ? start : near.index;
}

function endOf({ rest, start }: { rest: string; start: number }): number {
  const boundary = BOUNDARY.exec(rest.slice(start));
  return boundary === null ? rest.length : start + boundary.index;
}

/** What a maker wrote, short enough for a message. */
export function shorten(part: string): string {
  const line = part.replace(/\s+/g, " ").trim();
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
