/**
 * Words by which a source tells analyzers to look away. Whoever writes a source (a model that was asked to mend it, too) must
 * not decide what is found in it, so they become others; of the same length, so that every place stays where it is.
 */
const SILENCING = [
  [/(slither|solhint)-(?=disable|enable)/g, "$1_"],
  [/@custom:security(?![\w-])/g, "@custom:unheeded"],
];

/** @param {Buffer} bytes of a source; whatever else is in it stays, also what is no UTF-8 */
export function deafen(bytes) {
  return Buffer.from(SILENCING.reduce((text, [pattern, other]) => text.replace(pattern, other), bytes.toString("latin1")), "latin1");
}
