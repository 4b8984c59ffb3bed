/** Common slips in the words that decide what a contract is: "mintabel", "suply", "2 milion". Each is told. */

/** Words that are worth it: what they are taken for is shown, and names are left alone. */
const WORDS =
  "token tokens contract collection collections supply symbol ticker initial maximum million billion trillion thousand hundred decimals mintable minting burnable burning pausable pausing freezable upgradeable permit voting governance governor quorum vesting beneficiary royalty royalties transferable transfers soulbound enumerable stablecoin ownership capped called named create address account accounts holders owner percent without please".split(" ");
/** Words of their own that are close to one of those. */
const OWN = new Set("taken upgradable bullion cupped mullion culled creates created creating creator crate mining mintage tokenise tokenize named nameless".split(" "));
const KNOWN = new Set(WORDS);
/** Short words, where two letters stand in each other's place: "naem", "mnit". */
const SWAPPED = ["name", "mint", "burn", "pause", "make"];

export interface Corrected {
  text: string;
  slips: readonly { wrong: string; right: string }[];
}

/** Leaves quotes alone, and what is called something: capitals, and the word after "called", "symbol" and the like. */
export function correctSpelling(text: string): Corrected {
  const slips: { wrong: string; right: string }[] = [];
  let before = "";
  const corrected = text.replace(/"[^"\n]*"|`[^`\n]*`|(?<![\p{L}\p{N}])'[^'\n]*'|[\p{L}\p{N}_$:/.#-]*[\p{L}\p{N}]:?/gu, (word, offset: number) => {
    const isName = /^(?:called|named|titled|names?|it|this|symbol|ticker|simbol|name:|symbol:|ticker:|is)$/i.test(before);
    const lead = before;
    before = word;
    const colon = word.endsWith(":") ? ":" : "";
    const bare = word.slice(0, word.length - colon.length);
    // "Crate a token" begins like no other sentence about crates.
    if (/^crate$/i.test(bare) && /^(?:|please|pls|kindly|and)$/i.test(lead) && /^\s(?:an?|the|me|my|erc|nft|token)/i.test(text.slice(offset + word.length))) {
      slips.push({ wrong: bare, right: "create" });
      return "create";
    }
    const isWord = /^[a-z]{4,14}$/.test(bare) || (offset === 0 && /^[A-Z][a-z]{3,13}$/.test(bare));
    if (!isWord || isName) return word;
    const right = findWord(bare.toLowerCase());
    if (right === null) return word;
    slips.push({ wrong: bare, right });
    return `${right}${colon}`;
  });
  return { text: corrected, slips };
}

function findWord(wrong: string): string | null {
  if (KNOWN.has(wrong) || OWN.has(wrong) || KNOWN.has(wrong.replace(/s$/, "")) || KNOWN.has(`${wrong}s`)) return null;
  return WORDS.find((right) => isSlip({ wrong, right })) ?? SWAPPED.find((right) => wrong !== right && wrong[0] === right[0] && wrong.length === right.length && countSlips({ from: wrong, to: right }) === 1 && [...wrong].sort().join("") === [...right].sort().join("")) ?? null;
}

/** The same first letter, and either the same consonants with one slip (two in a long word), or a long word with one. */
function isSlip({ wrong, right }: { wrong: string; right: string }): boolean {
  if (wrong[0] !== right[0] || Math.abs(wrong.length - right.length) > 2 || right.length < 5) return false;
  const distance = countSlips({ from: wrong, to: right });
  if (distance > (right.length >= 8 ? 2 : 1)) return false;
  return skeletonOf(wrong) === skeletonOf(right) || (right.length >= 8 && distance === 1);
}

/** Consonants, doubled ones once. */
const skeletonOf = (word: string) => word.replace(/[aeiouy]/g, "").replace(/(.)\1+/g, "$1");

/** Letters left out, added, changed, or swapped with the next. */
function countSlips({ from, to }: { from: string; to: string }): number {
  const rows: number[][] = [Array.from({ length: to.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= from.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const above = rows[i - 1] ?? [];
      const changed = (above[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1] ? (rows[i - 2]?.[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      row.push(Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, changed, swapped));
    }
    rows.push(row);
  }
  return rows[from.length]?.[to.length] ?? 0;
}
