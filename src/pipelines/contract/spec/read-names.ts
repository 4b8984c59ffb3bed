/** Names, symbols, addresses and URIs: read first, so that what something is called is not taken for what it shall do. */
import { type Reading, takeAll, words } from "./reading";
import type { TemplateName } from "./schema";

const QUOTED = `"([^"\\n]*(?:\\n[^"]*)?)"|(?<![\\p{L}\\p{N}])'([^'\\n]+)'(?![\\p{L}\\p{N}])|\`([^\`\\n]+)\``;
const NAMING = "(?:(?:which |that )?(?:is |are |will be |should be |to be )?(?:called|named|titled)|call (?:it|this|them)|name (?:it|this|them)|with (?:the |a )?name(?: of)?|(?:token |collection |contract )?name(?: is| of| should be| will be)?)(?:\\s*[:=]\\s*|\\s+)";
const SYMBOLING = "(?:with |and |using |has |its )?(?:(?:the|a|an|its) )?(?:token )?(?:symbol|ticker)(?: symbol)?(?: is| of| should be| will be| called)?(?:\\s*[:=]\\s*|\\s+)(?:the )?";

/** Words that end a name that is not in quotes. */
const STOP = /^(?:with|and|that|which|whose|having|has|have|using|symbol|ticker|on|in|for|where|supply|initial|total|fixed|max|maximum|capped|cap|mintable|burnable|pausable|upgradeable|upgradable|non|not|no|it|its|plus|but|as|to|is|are|at|by|from|via|should|owned|owner|only|without|including|featuring|starting|the|a|an|over|per|symbol:|of|each|all|mint|can|holders|limited|or|then|please|royalty|royalties|decimals|who|will|must)$/i;
/** Never a name of its own. */
const VOCABULARY = /^(?:erc-?\d*|eip-?\d*|bep-?\d*|nfts?|daos?|tokens?|coins?|create|make|build|deploy|launch|generate|write|issue|mint|please|i|a|an|the|with|my|our|we|uups|ownable|stable-?coins?|governor|governance|solidity|openzeppelin|ethereum|simple|basic|standard|new|smart|contract|multi-?tokens?|vesting|collection|fungible|upgradeable|mintable|burnable|pausable|design|give|need|want|can|could|hi|hello|hey|me|game|utility|meme|memecoin|community|for|us|it|usd|id|ids|uri|url|token-?vesting|wallet|timelock|dapp|evm|capped|fixed|non-?fungible|semi-?fungible|soulbound|set|add|use|deployer|owner|supply|and|symbol|ticker|name|fixed-supply|decentralized|autonomous|organization|nft-?collection|loyalty|reward|collectible|collectibles|spin|start|up|let|make|one|this|that|in|on|no|not|without|voting|on-chain|token-based)$/i;
const CAPITAL = "[\\p{Lu}\\d][\\p{L}\\p{N}'&+-]*";
const PHRASE = `${CAPITAL}(?: (?:(?:of|the|de|la|&) )?${CAPITAL}){0,5}`;
const KIND_WORDS = "(?:erc-?(?:20|721|1155)|tokens?|coins?|stablecoins?|nfts?|collections?|dao|governor|contract|vesting|points|collectibles?)";

const quotedOf = (groups: readonly (string | undefined)[]) => groups.find((group) => group !== undefined) ?? "";

export function readNames({ reading, template }: { reading: Reading; template: TemplateName | null }): void {
  readUris(reading);
  readSymbols({ reading, template });
  readGivenNames({ reading, template });
  if (reading.features.name === undefined) readBareNames({ reading, template });
  readBareSymbol({ reading, template });
}

/** Capitals right after the name: `"Kitchen Sink" KSINK`. */
function readBareSymbol({ reading, template }: { reading: Reading; template: TemplateName | null }): void {
  if (reading.features.symbol !== undefined || reading.features.token_symbol !== undefined) return;
  const match = /(?<=\uE000,? )(?!(?:AMM|DEX|ICO|IDO|KYC|AML|VIP|MEV|TWAP|USD|EUR|GBP|ETH|BTC)\b)[A-Z][A-Z0-9]{1,10}(?=[\s,.;]|$)/u.exec(reading.rest());
  if (match === null || VOCABULARY.test(match[0])) return;
  setSymbol({ reading, template, symbol: match[0], text: reading.takeRange(match.index, match.index + match[0].length) });
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
  const lead = "(?:with |and )?(?:(?:the|a|an|its) )?(?:base[ -]?|metadata |token )?(?:ur[il]|metadata)s?(?: (?:is|at|of|from|lies? at|lives? at|hosted (?:at|on)))?\\s*[:=]?\\s*";
  const uri = "[\"'`]?((?:ipfs|https?|ar|data)://?[^\\s\"'`,;]*[^\\s\"'`,;.)])[\"'`]?";
  const found = reading.take(new RegExp(`(?:${lead})?${uri}`, "iu"));
  if (found?.groups[0] !== undefined) reading.set("base_uri", found.groups[0], found.text);
}

function readSymbols({ reading, template }: { reading: Reading; template: TemplateName | null }): void {
  const put = (symbol: string, text: string) => setSymbol({ reading, template, symbol, text });
  for (const { groups, text } of takeAll(reading, new RegExp(`(?<![\\p{L}\\p{N}_])${SYMBOLING}(?:${QUOTED})`, "iu"))) put(quotedOf(groups), text);
  const bare = new RegExp(`(?<![\\p{L}\\p{N}_])${SYMBOLING}\\$?([\\p{L}\\p{N}._-]*[\\p{L}\\p{N}])`, "iu");
  const word = bare.exec(reading.rest())?.[1];
  if (word !== undefined && !STOP.test(word)) {
    const taken = reading.take(bare);
    if (taken !== null) put(word, taken.text);
  }
  const patterns = [
    /\(\s*(?:symbol|ticker)?\s*:?\s*"([^"\n]{1,40})"\s*\)/iu,
    /\(\s*\$([\p{L}][\p{L}\p{N}]*)\s*\)/u,
    /\(\s*(?!(?:ERC|EIP|UUPS|NFT|DAO|OZ)[-\d]*\s*\))([A-Z][A-Z0-9]{1,10})\s*\)/u,
    /(?<![\p{L}\p{N}_$])\$([A-Za-z][A-Za-z0-9]{0,15})(?![\p{L}\p{N}_])/u,
    /(?<![\p{L}\p{N}_])(?:with |and )?"?([A-Z][A-Z0-9]{1,10})"? as (?:the |its |a )?(?:token )?(?:symbol|ticker)(?![\p{L}])/u,
  ];
  for (const pattern of patterns) {
    if (reading.features.symbol !== undefined || reading.features.token_symbol !== undefined) break;
    const taken = reading.take(pattern);
    if (taken?.groups[0] !== undefined) put(taken.groups[0], taken.text);
  }
}

function readGivenNames({ reading, template }: { reading: Reading; template: TemplateName | null }): void {
  const put = (name: string, text: string) => setName({ reading, template, name, text });
  for (const { groups, text } of takeAll(reading, new RegExp(`(?<![\\p{L}\\p{N}_])${NAMING}(?:${QUOTED})`, "iu"))) put(quotedOf(groups), text);
  for (let round = 0; round < 3; round += 1) {
    const match = new RegExp(`(?<![\\p{L}\\p{N}_])${NAMING}(?=[\\p{L}\\p{N}])`, "iu").exec(reading.rest());
    if (match === null) break;
    const from = match.index + match[0].length;
    const name = takeName(reading.rest().slice(from));
    if (name === "") break;
    put(name, reading.takeRange(match.index, from + name.length));
  }
  // Anything else in quotes is a name, too; what is no name by then is left, and told.
  if (reading.features.name === undefined) {
    const quoted = reading.take(new RegExp(QUOTED, "iu"));
    if (quoted !== null) put(quotedOf(quoted.groups), quoted.text);
  }
}

/** The words of a name without quotes: one, or several that begin with a capital. */
function takeName(text: string): string {
  const [line = ""] = text.split(/[\n,;:()"\uE000]|\.(?=\s|$)|\s-+\s|[!?]/u);
  const taken: string[] = [];
  const all = line.trimEnd().split(" ");
  for (const [index, word] of all.entries()) {
    if (word === "" || taken.length >= 6) break;
    const isJoining = /^(?:of|the|de|la|&|and)$/i.test(word) && index > 0 && /^[\p{Lu}\d]/u.test(all[index + 1] ?? "");
    if (isJoining && word !== "and") {
      taken.push(word);
      continue;
    }
    // "The" may begin a name; as a small word it ends one.
    if (STOP.test(word) && !(/^[\p{Lu}]/u.test(word) && index === 0)) break;
    if (index > 0 && !/^[\p{Lu}\d]/u.test(word)) break;
    taken.push(word);
  }
  return taken.join(" ");
}

/** Capitals that stand where a name would: `HyperKit (HYP)`, `the HyperKit token`, `an ERC-20 token HyperKit`, `launch HyperKit`. */
function readBareNames({ reading, template }: { reading: Reading; template: TemplateName | null }): void {
  const patterns = [
    new RegExp(`(?<![\\p{L}\\p{N}_"-])(${PHRASE})(?=\\s*\\uE000)`, "u"),
    new RegExp(`(?<![\\p{L}\\p{N}_"-])(${PHRASE})(?=\\s+(?:[Uu]tility |[Mm]eme |[Gg]overnance |[Ee]rc-?20 |ERC-?(?:20|721|1155) |[Nn]ft |NFT |[Ss]table)?${KIND_WORDS.replace("(?:", "(?:NFTs?|DAO|Token|Coin|Collection|")}(?![\\p{L}\\p{N}]))`, "u"),
    new RegExp(`(?<=(?:[Tt]oken|[Cc]oin|NFTs?|[Cc]ollection|[Gg]overnor|DAO|ERC-?(?:20|721|1155)|[Cc]ontract|[Ss]tablecoin)[:,]?\\s+)(${PHRASE})`, "u"),
    new RegExp(`(?<=(?:[Cc]reate|[Mm]ake|[Ll]aunch|[Dd]eploy|[Bb]uild|[Ii]ssue|[Gg]enerate|[Ww]rite)\\s+(?:me\\s+)?)(${PHRASE})`, "u"),
    new RegExp(`^\\s*(${PHRASE})(?=\\s*[:,-])`, "u"),
    new RegExp(`(?<=:\\s+)(${PHRASE})(?=\\s*(?:[,.;(\\uE000]|$))`, "u"),
  ];
  for (const pattern of patterns) {
    for (const match of reading.rest().matchAll(new RegExp(pattern.source, "gu"))) {
      const parts = (match[1] ?? "").split(" ");
      const first = parts.findIndex((word) => !VOCABULARY.test(word));
      const last = parts.findLastIndex((word) => !VOCABULARY.test(word));
      if (first === -1) continue;
      // Words of our own around the name, such as "Create HyperKit Token": its own last word stays with it.
      const kept = parts.slice(first, last + 1).join(" ");
      if (/^\d/.test(kept) || /^(?:\d|[A-Z]?\d+)/.test(kept)) continue;
      const start = match.index + match[0].indexOf(kept);
      setName({ reading, template, name: kept, text: reading.takeRange(start, start + kept.length) });
      return;
    }
  }
}

const ADDRESS = "(0x[0-9a-fA-F]{40})(?![0-9a-zA-Z])";

/** Where something goes or who owns it. */
export function readAddresses({ reading, template }: { reading: Reading; template: TemplateName | null }): void {
  const rules: readonly (readonly ["owner" | "royalty_receiver" | "beneficiary" | "recipient", string])[] = [
    ["owner", `(?:owned by|(?:and )?(?:the )?(?:initial )?owner(?: is| should be| will be)?\\s*:?|(?:the )?admin(?: is| should be)?\\s*:?)\\s*${ADDRESS}`],
    ["royalty_receiver", `(?:royalt(?:y|ies) (?:receiver|recipient|paid to|go(?:es)? to|sent to|to)\\s*:?(?: is)?|,? ?paid to)\\s*${ADDRESS}`],
    ["beneficiary", `(?:(?:with )?(?:the |a )?beneficiary(?: is| of| address| should be)?\\s*:?|for(?: the)?(?: address| wallet| beneficiary)?)\\s*${ADDRESS}`],
    ["recipient", `(?:all )?(?:pre-?minted|minted|mint(?: it| them| all| everything)?|sent|send (?:it|them|everything|all)|allocated|issued|given|goes|going|credited)? ?(?:to|recipient(?: is)?\\s*:?)(?: (?:the|my|our))?(?: (?:treasury|address|wallet|account|multisig))*\\s*:?\\s*${ADDRESS}`],
  ];
  for (const [field, source] of rules) {
    const taken = reading.take(words(source));
    const found = taken?.groups[0];
    if (taken !== null && found !== undefined) reading.set(field === "recipient" && template === "vesting" ? "beneficiary" : field, found, taken.text);
  }
  const left = /0x[0-9a-zA-Z]{3,}/.exec(reading.rest());
  if (left !== null && !/^0x[0-9a-fA-F]{40}$/.test(left[0])) {
    reading.problem({ field: "address", message: `${left[0].slice(0, 50)} is no address: it needs 0x and 40 hex digits.` });
    reading.takeRange(left.index, left.index + left[0].length);
  }
}
