/** What names are made of, and the words that are none. */

/** Never a name of its own. */
export const VOCABULARY = /^(?:erc-?\d*|eip-?\d*|bep-?\d*|nfts?|daos?|tokens?|coins?|create|make|build|deploy|launch|generate|write|issue|mint|please|i|a|an|the|with|my|our|we|uups|ownable|stable-?coins?|governor|governance|solidity|openzeppelin|ethereum|simple|basic|standard|new|smart|contract|multi-?tokens?|vesting|collection|fungible|upgradeable|mintable|burnable|pausable|design|give|need|want|can|could|hi|hello|hey|me|game|utility|meme|memecoin|community|for|us|it|usd|id|ids|uri|url|token-?vesting|wallet|timelock|dapp|evm|capped|fixed|non-?fungible|semi-?fungible|soulbound|set|add|use|deployer|owner|supply|and|symbol|ticker|name|fixed-supply|decentralized|autonomous|organization|nft-?collection|loyalty|reward|collectible|collectibles|spin|start|up|let|make|one|this|that|in|on|no|not|without|voting|on-chain|token-based|vest|vests|vested|lock|release|deflationary|inflationary|elastic|algorithmic|wrapped|staked|bridged|pegged|taxed|decentralised)$/i;

/** One word of a name that begins as names do; scripts without capitals count as well. */
export const CAPITAL = "[\\p{Lu}\\d][\\p{L}\\p{N}'&+-]*";
export const PHRASE = `${CAPITAL}(?: (?:(?:of|the|de|la|&) )?${CAPITAL}){0,5}`;

/** Capitals that are no symbol of a token. */
export const NO_SYMBOL = /^(?:AMM|DEX|ICO|IDO|KYC|AML|VIP|MEV|TWAP|USD|EUR|GBP|ETH|BTC|YES|NO|PERMIT|VOTES|DAO|NFT|AI|II|III|IV|DJ|TV|USA|UK|EU|UAE|NYC|LLC|INC|LTD|GMBH|OZ|EVM|UUPS)$/;

/** Whether the letters stand in the name, in this order. */
export function isDrawnFrom({ symbol, name }: { symbol: string; name: string }): boolean {
  const letters = name.toLowerCase();
  let at = 0;
  for (const letter of symbol.toLowerCase()) {
    at = letters.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

/**
 * `Lazy Pandas LZP` is a name with its symbol; `Sky DAO` and `Route 66 USA` are names. Of two words and more, three to five
 * capitals at the end are a symbol even where they are no letters of it: `Peso Digital MXD`.
 */
export function splitSymbol(name: string): { name: string; symbol: string | null } {
  const [, before = "", last = ""] = /^(.*\p{Ll}.*) ([A-Z][A-Z0-9]{1,5})$/u.exec(name) ?? [];
  const isSymbol = before !== "" && !NO_SYMBOL.test(last) && (isDrawnFrom({ symbol: last, name: before }) || /^\p{Lu}[\p{L}']+ .*\p{L}.*@[A-Z]{3,5}$/u.test(`${before}@${last}`));
  return isSymbol ? { name: before, symbol: last } : { name, symbol: null };
}

/** `Area 51` is a name, `Foo 1000000` and `Foo 10 million` are one with an amount. */
export function isNumberOfName({ word, next }: { word: string; next: string }): boolean {
  if (/^\d[\d.,_']*(?:[kmbt]|mm|mn|bn|e\d+)?$/i.test(word) === false) return true;
  if (/^(?:19|20)\d\d$/.test(word) && next === "") return true;
  return /^\d{1,3}$/.test(word) && !/^(?:tokens?|coins?|units?|nfts?|pieces?|items?|editions?|supply|total|initial|max|decimals?|percent|hundred|thousand|million|billion|trillion|lakh|crore|[kmbt]|\d.*)$/i.test(next);
}
