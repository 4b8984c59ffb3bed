/**
 * Words by which a source tells analyzers to look away. Whoever writes a source (a model that was asked to mend it, too) must
 * not decide what is found in it, so they become others; of the same length, so that every place stays where it is.
 */
const SILENCING = [
  [/(slither|solhint)-(?=disable|enable)/g, "$1_"],
  [/@custom:security(?![\w-])/g, "@custom:unheeded"],
];

export const deafen = (source) => SILENCING.reduce((text, [pattern, other]) => text.replace(pattern, other), source);
