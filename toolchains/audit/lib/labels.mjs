/**
 * Where a value comes from, as a set of words:
 * `caller` (an argument of the transaction) · `sender` · `origin` · `this` · `zero` · `value` (msg.value) · `balance` (the contract's own) ·
 * `own`, `by-origin` (kept under the sender's, or tx.origin's, name) · `length` · `state:<id>` · `constant:<id>` · `time`, `entropy`, `hash` (of the block; `hash`: hashed) · `chain` ·
 * `recovered` (out of a signature), `proof` (what it proves) · `cut` (to fewer bits) · `ambiguous` (a hash of values that run together) · `spot` (a price of the moment) · `supply` (of the token that the contract is) · `external` (another contract's answer) ·
 * `allows`, `refuses` (a condition that is true, or false, only for some callers) · `result:<n>` (whether the n-th call succeeded).
 */
export const NONE = new Set();

export function union(...sets) {
  const all = new Set();
  for (const set of sets) for (const label of set) all.add(label);
  return all;
}

export const without = (set, ...labels) => new Set([...set].filter((label) => !labels.includes(label)));
export const hasAny = (set, ...labels) => labels.some((label) => set.has(label));

/** Ids of the state variables (and constants) among the labels. */
export const variablesOf = (set) => [...set].filter((label) => label.startsWith("state:") || label.startsWith("constant:"));
export const isKept = (set) => variablesOf(set).length > 0;

/** A hash of something that the block's maker, or who calls in the same block, knows. */
export const isChance = (set) => set.has("entropy") || set.has("hash");

const IS_RIGHT = ["own", "external", "recovered", "this", "proof"];

/** What a comparison for equality says about who calls: `allows` when its being true needs a certain caller, or a signature. */
export function compareLabels({ operator, left, right }) {
  const all = union(left, right);
  if (operator !== "==" && operator !== "!=") return without(all, "allows", "refuses");
  const asks = (who, other) => hasAny(who, "sender", "origin") && !hasAny(other, "sender", "origin", "zero") && (isKept(other) || hasAny(other, ...IS_RIGHT));
  const proves = (who, other) => who.has("recovered") && (isKept(other) || other.has("own") || other.has("sender") || other.has("external"));
  const isRight = asks(left, right) || asks(right, left) || proves(left, right) || proves(right, left);
  const kept = without(all, "allows", "refuses");
  if (isRight) kept.add(operator === "==" ? "allows" : "refuses");
  return kept;
}

export function negate(set) {
  const flipped = without(set, "allows", "refuses");
  if (set.has("allows")) flipped.add("refuses");
  if (set.has("refuses")) flipped.add("allows");
  return flipped;
}
