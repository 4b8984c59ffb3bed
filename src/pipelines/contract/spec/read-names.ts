/** Names, symbols, addresses and URIs: read first, so that what something is called is not taken for what it shall do. */
import { isDrawnFrom, isNumberOfName, NO_SYMBOL, PHRASE, splitSymbol, VOCABULARY } from "./name-words";
import { saysFeature } from "./read-features";
import { findMeaningful } from "./read-leftovers";
import { takePair } from "./read-pairs";
import { isRefused } from "./read-refused";
import { pattern, WORD, words } from "./patterns";
import { type Reading, takeAll } from "./reading";
import type { TemplateName } from "./schema";

const QUOTED = `"((?:[^"\\n\\\\]|\\\\.)*(?:\\n[^"]*)?)"|(?<!${WORD})'([^'\\n]+)'(?!${WORD})|\`([^\`\\n]+)\``;
const NAMING = "(?:(?:which |that )?(?:is |are |will be |should be |shall be |to be |gets )?(?:called|named|titled|entitled)|(?:call|name) (?:it|this|them|(?:the|this|my|our) (?:token|coin|nft|collection|contract|dao|stablecoin))|(?:with |under )(?:the |a )?name(?: of)?|(?:its |the |my |whose )?(?:token |collection |contract |dao |governor |nft )?name(?: of (?:the|my|our) (?:token|coin|nft|collection|contract|dao|stablecoin))?(?: must be| is| of| should be| shall be| will be| would be|'s)?)(?:\\s*[:=]\\s*|\\s+)";
/** Of a governor: "with the token Town Vote". */
const TOKEN_NAMING = /(?:(?:with|and|using|by) )?(?:(?:an?|the|its) )?(?:[Vv]oting |[Gg]overnance )?[Tt]oken\s*:?\s+(?=[\p{Lu}\d])/u;
const SYMBOLING = "(?:with |and |using |has |its )?(?:(?:the|a|an|its) )?(?:token )?(?:symbol|ticker|shortcut|abbreviation|acronym|short ?(?:name|form|hand))(?: symbol)?(?: must be| is| of| should be| shall be| will be| would be| called)?(?:\\s*[:=]\\s*|\\s+)(?:the )?";

/** Words that end a name that is not in quotes. */
const STOP = /^(?:with|and|that|which|whose|having|has|have|using|symbol|ticker|on|in|for|where|supply|initial|total|fixed|max|maximum|capped|cap|mintable|burnable|pausable|upgradeable|upgradable|non|not|no|it|its|plus|but|as|to|is|are|at|by|from|via|should|owned|owner|only|without|including|featuring|starting|the|a|an|over|per|symbol:|of|each|all|mint|can|holders|limited|or|then|please|royalty|royalties|decimals|who|will|must)$/i;
const KIND_WORDS = "(?:erc-?(?:20|721|1155)|tokens?|coins?|stablecoins?|nfts?|collections?|dao|governor|contract|vesting|points|collectibles?)";

/** What stands between the quotes; `\"` is a quote of its own. */
const quotedOf = (groups: readonly (string | undefined)[]) => (groups.find((group) => group !== undefined) ?? "").replace(/\\(["\\])/g, "$1");

export function readNames({ reading, template }: { reading: Reading; template: TemplateName | null }): void {
  readUris(reading);
  // "Call it whatever you like": the name is ours to choose, and is told.
  reading.take(words("(?:call (?:it|this)|name (?:it|this)|called|named) (?:whatever|something|anything)(?: (?:you (?:like|want|prefer)|cool|nice|fun|good|catchy|random))?"));
  readSymbols({ reading, template });
  readGivenNames({ reading, template });
  readPair({ reading, template });
  if (reading.features.name === undefined) readBareNames({ reading, template });
  readBareSymbol({ reading, template });
}

/** Where nothing is named yet; of a governor, where its token is not. */
function readPair({ reading, template }: { reading: Reading; template: TemplateName | null }): void {
  const { name, symbol, token_name: tokenName, token_symbol: tokenSymbol } = reading.features;
  const isOpen = template === "governor" ? tokenName === undefined && tokenSymbol === undefined : name === undefined && symbol === undefined;
  const pair = isOpen ? takePair(reading) : null;
  if (pair === null) return;
  setName({ reading, template, name: pair.name, text: pair.text });
  setSymbol({ reading, template, symbol: pair.symbol, text: pair.text });
}

/** Right after the name: capitals, such as `"Kitchen Sink" KSINK` or `Quasar / QSR`, or letters of it, such as `moon cat (mcat)`. */
function readBareSymbol({ reading, template }: { reading: Reading; template: TemplateName | null }): void {
  const { name, symbol, token_symbol: tokenSymbol, token_name: tokenName } = reading.features;
  if (symbol !== undefined || tokenSymbol !== undefined || !/\p{Ll}/u.test(reading.rest())) return;
  const match = /(?<=\uE000\s?[,/|-]?\s)([A-Z][A-Z0-9]{1,10})(?=[\s,.;/|]|$)|(?<=\uE000\s?)\(\s*([a-z][a-z0-9]{1,7})\s*\)/u.exec(reading.rest());
  const found = match?.[1] ?? match?.[2];
  if (match === null || found === undefined || VOCABULARY.test(found) || NO_SYMBOL.test(found)) return;
  if (match[2] !== undefined && !isDrawnFrom({ symbol: found, name: tokenName ?? name ?? "" })) return;
  setSymbol({ reading, template, symbol: found, text: reading.takeRange(match.index, match.index + match[0].length) });
}

/** A name without quotes, which may end with its symbol. */
function setBareName(options: { reading: Reading; template: TemplateName | null; name: string; text: string }): void {
  const { reading, template, text } = options;
  const isOpen = reading.features.symbol === undefined && reading.features.token_symbol === undefined;
  const { name, symbol } = isOpen ? splitSymbol(options.name) : { name: options.name, symbol: null };
  setName({ reading, template, name, text });
  if (symbol !== null) setSymbol({ reading, template, symbol, text });
}

/** The first name is the contract's; a governor's second one is its token's. */
function setName(options: { reading: Reading; template: TemplateName | null; name: string; text: string }): void {
  const { reading, template, name, text } = options;
  const isSecond = template === "governor" && reading.features.name !== undefined && reading.features.name !== name;
  reading.set(isSecond ? "token_name" : "name", name, text);
}

function setSymbol(options: { reading: Reading; template: TemplateName | null; symbol: string; text: string }): void {
  options.reading.set(options.template === "governor" ? "token_symbol" : "symbol", options.symbol, options.text);
}

function readUris(reading: Reading): void {
  const lead = "(?:with |and )?(?:(?:the|a|an|its) )?(?:base[ -]?|metadata |token )?(?:ur[il]|metadata)s?(?: (?:is|are|at|of|from|on|in|under|lies? at|lives? at|(?:is |are )?(?:hosted|stored|served|found) (?:at|on|in|under|from)))?\\s*[:=]?\\s*";
  const uri = "[\"'`]?((?:ipfs|https?|ar|data)://?[^\\s\"'`,;]*[^\\s\"'`,;.)])[\"'`]?";
  const found = reading.take(pattern(`(?:${lead})?${uri}`));
  if (found?.groups[0] !== undefined) reading.set("base_uri", found.groups[0], found.text);
}

function readSymbols({ reading, template }: { reading: Reading; template: TemplateName | null }): void {
  const put = (symbol: string, text: string) => setSymbol({ reading, template, symbol, text });
  for (const { groups, text } of takeAll(reading, pattern(`(?<!${WORD})${SYMBOLING}(?:${QUOTED})`))) put(quotedOf(groups), text);
  const bare = pattern(`(?<!${WORD})${SYMBOLING}\\$?([\\p{L}\\p{N}._&+!@-]*[\\p{L}\\p{N}])`);
  const word = bare.exec(reading.rest())?.[1];
  // "symbol MAX": capitals among small letters are no word that goes on.
  const isCapital = word !== undefined && /^[\p{Lu}\d]{2,}$/u.test(word) && /\p{Ll}{3}/u.test(reading.rest());
  if (word !== undefined && (isCapital || !STOP.test(word))) {
    const taken = reading.take(bare);
    if (taken !== null) put(word, taken.text);
  }
  const patterns = [
    /[([]\s*(?:symbol|ticker)?\s*:?\s*["'`]\$?([^"'`\n]{1,40})["'`]\s*[)\]]/iu,
    /[([]\s*\$([\p{L}][\p{L}\p{N}]*)\s*[)\]]/u,
    /[([]\s*(?!(?:ERC|EIP|UUPS|NFT|DAO|OZ|USD|EUR|GBP)[-\d]*\s*[)\]])([A-Z][A-Z0-9]{1,10}|\d{1,2}[A-Z][A-Z0-9]{1,8})\s*[)\]]/u,
    /(?<![\p{L}\p{N}_$])\$([A-Za-z][A-Za-z0-9]{0,15})(?![\p{L}\p{N}_])/u,
    /(?<![\p{L}\p{N}_])(?:with |and )?"?([A-Z][A-Z0-9]{1,10})"? as (?:the |its |a )?(?:token )?(?:symbol|ticker)(?![\p{L}])/u,
  ];
  for (const source of patterns) {
    if (reading.features.symbol !== undefined || reading.features.token_symbol !== undefined) break;
    const taken = reading.take(source);
    if (taken?.groups[0] !== undefined) put(taken.groups[0], taken.text);
  }
}

function readGivenNames({ reading, template }: { reading: Reading; template: TemplateName | null }): void {
  const put = (name: string, text: string) => setName({ reading, template, name, text });
  for (const { groups, text } of takeAll(reading, pattern(`(?<!${WORD})${NAMING}(?:${QUOTED})`))) put(quotedOf(groups), text);
  for (let round = 0; round < 3; round += 1) {
    const match = pattern(`(?<!${WORD})${NAMING}(?=[\\p{L}\\p{N}])`).exec(reading.rest());
    if (match === null) break;
    const from = match.index + match[0].length;
    const name = takeName({ text: reading.rest().slice(from), isLabelled: /[:=]\s*$/.test(match[0]) });
    if (name === "") break;
    setBareName({ reading, template, name, text: reading.takeRange(match.index, from + name.length) });
  }
  if (template === "governor" && reading.features.token_name === undefined) readTokenName(reading);
  // Anything else in quotes is a name, too; what is no name by then is left, and told.
  if (reading.features.name === undefined) {
    const quoted = reading.take(pattern(QUOTED));
    if (quoted !== null) put(quotedOf(quoted.groups), quoted.text);
  }
}

function readTokenName(reading: Reading): void {
  const match = TOKEN_NAMING.exec(reading.rest());
  if (match === null) return;
  const from = match.index + match[0].length;
  const { name, symbol } = splitSymbol(takeName({ text: reading.rest().slice(from), isLabelled: false }));
  if (name === "" || VOCABULARY.test(name)) return;
  const text = reading.takeRange(match.index, from + name.length + (symbol === null ? 0 : symbol.length + 1));
  reading.set("token_name", name, text);
  if (symbol !== null) reading.set("token_symbol", symbol, text);
}

/** The words of a name without quotes: one, or several that begin with a capital; small ones where nothing else can follow. */
function takeName({ text, isLabelled }: { text: string; isLabelled: boolean }): string {
  const [line = ""] = text.split(/[\n,;:()[\]|"\uE000]|\.(?=\s|$)|\s-+\s|\s\/\s|[!?]|\s(?=\p{Extended_Pictographic})/u);
  const taken: string[] = [];
  const all = line.trimEnd().split(" ");
  for (const [index, word] of all.entries()) {
    if (word === "" || taken.length >= 6) break;
    const next = all[index + 1] ?? "";
    if (index > 0 && /^(?:of|the|de|la|&)$/i.test(word) && /^[\p{Lu}\d]/u.test(next)) {
      taken.push(word);
      continue;
    }
    // "The" may begin a name; as a small word it ends one.
    if (STOP.test(word) && !(/^[\p{Lu}]/u.test(word) && index === 0)) break;
    if (/^\d/.test(word) && !isNumberOfName({ word, next })) break;
    if (index > 0 && !/^[\p{Lu}\d]/u.test(word)) {
      if (isLabelled || /^\p{Ll}/u.test(all[0] ?? "")) taken.push(...takeSmallWords(all.slice(index)));
      break;
    }
    taken.push(word);
  }
  return taken.join(" ");
}

/** Up to three small words that mean nothing else: `tiny turtles`. What follows must be the end, or a word that ends names. */
function takeSmallWords(rest: readonly string[]): string[] {
  const end = rest.findIndex((word) => STOP.test(word));
  const run = end === -1 ? rest : rest.slice(0, end);
  const isPlain = run.length <= 3 && run.every((word) => /^[\p{Ll}']+$/u.test(word) && !/(?:\p{L}{3}ing|able)$/u.test(word)) && findMeaningful(run.at(-1) ?? "").length > 0 && !isRefused(run.join(" ")) && !saysFeature(run.join(" "));
  return isPlain ? [...run] : [];
}

const BARE_NAMES: readonly string[] = [
  // Scripts without capitals: right behind the kind, and ended by what is known.
  `(?<=(?:[Tt]oken|[Cc]oin|NFTs?|[Cc]ollection|[Ee][Rr][Cc]-?(?:20|721|1155)|[Ss]tablecoin)\\s+)(\\p{Lo}[\\p{Lo}\\p{Lm}\\p{M}\\p{N}]{0,30})(?=\\s*(?:\\uE000|[(,]\\s*\\uE000|$)|\\s+(?:with|symbol)(?![\\p{L}]))`,
  `(?<![\\p{L}\\p{N}_"-])(${PHRASE})(?=\\s*\\uE000)`,
  `(?<![\\p{L}\\p{N}_"-])(${PHRASE})(?=\\s+(?:[Uu]tility |[Mm]eme |[Gg]overnance |[Ee]rc-?20 |ERC-?(?:20|721|1155) |[Nn]ft |NFT |[Ss]table)?${KIND_WORDS.replace("(?:", "(?:NFTs?|DAO|Token|Coin|Collection|")}(?!${WORD}))`,
  `(?<=(?:[Tt]oken|[Cc]oin|NFTs?|[Cc]ollection|[Gg]overnor|DAO|ERC-?(?:20|721|1155)|[Cc]ontract|[Ss]tablecoin|[Ee]rc-?(?:20|721|1155))(?:\\s*[:,/|-])?\\s+)(${PHRASE})`,
  `(?<=(?:[Cc]reate|[Mm]ake|[Ll]aunch|[Dd]eploy|[Bb]uild|[Ii]ssue|[Gg]enerate|[Ww]rite)\\s+(?:me\\s+)?)(${PHRASE})`,
  `^\\s*(${PHRASE})(?=\\s*[:,-])`,
  `(?<=:\\s+)(${PHRASE})(?=\\s*(?:[,.;(\\uE000]|$))`,
];

/** Capitals that stand where a name would: `HyperKit (HYP)`, `the HyperKit token`, `an ERC-20 token HyperKit`, `launch HyperKit`. */
function readBareNames({ reading, template }: { reading: Reading; template: TemplateName | null }): void {
  for (const source of BARE_NAMES) {
    for (const match of reading.rest().matchAll(pattern(source, "gu"))) {
      const parts = (match[1] ?? "").split(" ");
      const first = parts.findIndex((word) => !VOCABULARY.test(word));
      const rest = reading.rest().slice(match.index + match[0].length);
      const following = /^\s*([\p{L}\d]+|[(\uE000])/u.exec(rest)?.[1] ?? "";
      // At the end of what nobody called a name a number is one of it only right before the symbol: `Area 51 (A51)`.
      const isOfName = (index: number) => isNumberOfName({ word: parts[index] ?? "", next: parts[index + 1] ?? following }) && (index < parts.length - 1 || /^[(\uE000]$/.test(following));
      const amount = parts.findIndex((word, index) => index > 0 && /^\d[\d.,_']*(?:[kmbt]|mm|mn|bn|e\d+)?$/i.test(word) && !isOfName(index));
      // "Example Coin (EXC)" is called that in whole; "HyperKit token" is the token HyperKit.
      const isWhole = amount === -1 && following === "\uE000" && /^(?:Coin|Token)$/.test(parts.at(-1) ?? "");
      const last = isWhole ? parts.length - 1 : parts.findLastIndex((word, index) => !VOCABULARY.test(word) && (amount === -1 || index < amount));
      if (first === -1 || last < first) continue;
      // Words of our own around the name, such as "Create HyperKit Token": its own last word stays with it.
      const kept = parts.slice(first, last + 1).join(" ");
      if (/^\d/.test(kept) || /^(?:\d|[A-Z]?\d+)/.test(kept)) continue;
      const start = match.index + match[0].indexOf(kept);
      setBareName({ reading, template, name: kept, text: reading.takeRange(start, start + kept.length) });
      return;
    }
  }
}

const ADDRESS = "(0x[0-9a-fA-F]{40})(?![0-9a-zA-Z])";

/** Where something goes or who owns it. */
export function readAddresses({ reading, template }: { reading: Reading; template: TemplateName | null }): void {
  const rules: readonly (readonly ["owner" | "royalty_receiver" | "beneficiary" | "recipient", string])[] = [
    ["owner", `(?:owned by|(?:and )?(?:the )?(?:initial )?owner(?: is| should be| will be)?\\s*:?|(?:the )?admin(?: is| should be)?\\s*:?)\\s*${ADDRESS}|${ADDRESS} (?:is|will be|should be|shall be|as) (?:the )?(?:owner|admin)`],
    ["royalty_receiver", `(?:royalt(?:y|ies) (?:receiver|recipient|paid to|go(?:es)? to|sent to|to)\\s*:?(?: is)?|,? ?paid to)\\s*${ADDRESS}`],
    ["beneficiary", `(?:(?:with )?(?:the |a )?beneficiary(?: is| of| address| should be)?\\s*:?|for(?: (?:the|our|my|an?))?(?: (?:address|wallet|beneficiary|employee|advisor|founder|co-?founder|contributor|investor|team member|c[etfmo]o))*)\\s*:?\\s*\\(?${ADDRESS}`],
    ["recipient", `(?:all )?(?:pre-?minted|minted|mint(?: it| them| all| everything)?|sent|send (?:it|them|everything|all)(?: of (?:it|them))?|(?<!which )go|allocated|issued|given|goes|going|credited)? ?(?:to|recipient(?: is)?\\s*:?)(?: (?:the|my|our))?(?: (?:treasury|address|wallet|account|multisig))*\\s*:?\\s*${ADDRESS}`],
  ];
  for (const [field, source] of rules) {
    const taken = reading.take(words(source));
    const found = taken?.groups.find((group) => group !== undefined);
    if (taken !== null && found !== undefined) reading.set(field === "recipient" && template === "vesting" ? "beneficiary" : field, found, taken.text);
  }
  // Where tokens are only released to somebody, the one address that is written is theirs.
  const alone = template === "vesting" && reading.features.beneficiary === undefined ? [...reading.rest().matchAll(pattern(`(?:(?:to|of|by) )?(?:(?:the|our|my|an?) )?(?:(?:employee|advisor|founder|co-?founder|contributor|investor)s? )?${ADDRESS}`, "giu"))] : [];
  const [only] = alone;
  if (alone.length === 1 && only?.[1] !== undefined) reading.set("beneficiary", only[1], reading.takeRange(only.index, only.index + only[0].length));
  const left = /(?:(?:owner|to|beneficiary|recipient|for)(?: is)?\s*:?\s*)?(0x[0-9a-zA-Z]{3,})/i.exec(reading.rest());
  const [all = "", written = ""] = left ?? [];
  if (left !== null && !/^0x[0-9a-fA-F]{40}$/.test(written)) {
    reading.problem({ field: "address", message: `${written.slice(0, 50)} is no address: it needs 0x and 40 hex digits.` });
    reading.takeRange(left.index, left.index + all.length);
  }
}
