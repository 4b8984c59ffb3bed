/** A name right beside its symbol: `Polis, POLIS`, `Tern/TRN`, `Blue Whale - BWHL`, `PLUM (Plum Protocol)`. Letters of the name are its symbol for sure. */
import { isDrawnFrom, isNumberOfName, NO_SYMBOL, PHRASE, VOCABULARY } from "./name-words";
import { pattern } from "./patterns";
import type { Reading } from "./reading";

const KIND_WORDS = "[Tt]okens?|[Cc]oins?|NFTs?|[Nn]fts?|[Cc]ollection|[Gg]overnor|DAO|[Cc]ontract|[Ss]tablecoin|[Ee][Rr][Cc]-?(?:20|721|1155)";
const SYMBOL = "[A-Z][A-Z0-9]{1,10}";
const ENDS = "(?=\\s*(?:[,.;:!?)\\n/|-]|\\uE000|$|\\d)|\\s+(?:with|and|for|at|on|in|supply|total|max|of)(?![\\p{L}]))";
const FORMS: readonly (readonly [source: string, isReversed: boolean])[] = [
  [`(?<=(?:^|[.,;:!?(\\n]|\\uE000|\\s-|${KIND_WORDS}|[Cc]all (?:it|this))\\s*)(?<![\\p{L}\\p{N}])(${PHRASE})(?:\\s*(?:,|/|\\||:)\\s*|\\s+-+\\s+|\\.\\s+(?=\\$))\\$?(${SYMBOL})${ENDS}`, false],
  [`(?<![\\p{L}\\p{N}$])\\$?(${SYMBOL})\\s*\\((${PHRASE})\\)`, true],
];

/** The first pair that is one for sure; null where there is none. The words are taken. */
export function takePair(reading: Reading): { name: string; symbol: string; text: string } | null {
  for (const [source, isReversed] of FORMS) {
    for (const match of reading.rest().matchAll(pattern(source, "gu"))) {
      const [all, first = "", second = ""] = match;
      const name = dropKindWords(isReversed ? second : first);
      const symbol = isReversed ? first : second;
      if (name === null || NO_SYMBOL.test(symbol) || VOCABULARY.test(symbol) || !isDrawnFrom({ symbol, name })) continue;
      const start = match.index + all.indexOf(name);
      return { name, symbol, text: reading.takeRange(isReversed ? match.index : start, match.index + all.length) };
    }
  }
  return null;
}

/** "Create Token Marble" as "Marble"; null where nothing is left that could be a name. */
function dropKindWords(phrase: string): string | null {
  const all = phrase.split(" ");
  const first = all.findIndex((word) => !VOCABULARY.test(word));
  const kept = all.slice(first);
  const isName = first !== -1 && !/^\d/.test(kept[0] ?? "") && kept.every((word, index) => !/^\d/.test(word) || isNumberOfName({ word, next: kept[index + 1] ?? "" }));
  return isName ? kept.join(" ") : null;
}
