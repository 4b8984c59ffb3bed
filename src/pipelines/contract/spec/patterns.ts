/**
 * How patterns are built. Each is compiled once. Whole classes of letters (`\p{L}`) take the engine about a millisecond for each
 * pattern, which is seconds over all of them: what is a part of a word is told by what is not.
 */

/**
 * One character of a word, in any script: neither a space nor a sign. Needs the flag `u`. Among the signs are none that are a letter
 * in another case, such as the Kelvin sign: with the flag `i` they would take the letter out, too.
 */
export const WORD =
  "[^\\u0000-\\u002f\\u003a-\\u0040\\u005b-\\u005e\\u0060\\u007b-\\u00a9\\u00ab-\\u00b4\\u00b6-\\u00b9\\u00bb-\\u00bf\\u00d7\\u00f7\\u2000-\\u2125\\u2127-\\u2129\\u212c-\\u2bff\\u3000-\\u3004\\u3007-\\u303f\\ue000-\\uf8ff\\ufe00-\\ufe6f\\uff00-\\uff0f\\uff1a-\\uff20\\uffe0-\\uffff\\u{1f000}-\\u{1faff}]";

const compiled = new Map<string, RegExp>();

/** The same pattern for the same source; only for sources that are ours, never for what somebody wrote. */
export function pattern(source: string, flags = "iu"): RegExp {
  const key = `${flags}/${source}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const fresh = new RegExp(source, flags);
  compiled.set(key, fresh);
  return fresh;
}

/** A pattern of words, whatever their case. */
export function words(source: string): RegExp {
  return pattern(`(?<!${WORD}|${WORD}[-.,])(?:${source})(?!${WORD})`);
}
