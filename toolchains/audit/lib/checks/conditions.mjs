/** What several checks ask of a trace. */
import { hasAny, isChance, variablesOf } from "../labels.mjs";

export const isInitializer = (fn) => /^(initiali[sz]e\w*|init|__\w+_init|set_?up)$/i.test(fn.name);

/** Asked before the call, set before it, and set back after it. */
export function isLock({ events, variable, call }) {
  const type = variable.typeDescriptions?.typeString ?? "";
  if (!/^(bool|uint\d*|bytes32)$/.test(type)) return false;
  const writes = events.filter((one) => one.kind === "write" && one.variable.id === variable.id && one.operator === "=");
  const isAsked = events.some((one) => one.kind === "check" && one.order < call.order && one.labels.has(`state:${variable.id}`));
  return isAsked && writes.some((one) => one.order < call.order && writes.some((other) => other.order > call.order && valueOf(other) !== valueOf(one)));
}

const valueOf = ({ node }) => node.rightHandSide?.value ?? node.rightHandSide?.name ?? node.src;

/** The variable that locks the contract while the call is under way. */
export function lockOf({ events, call }) {
  return events.find((one) => one.kind === "write" && one.order < call.order && isLock({ events, variable: one.variable, call }))?.variable;
}

/** Whether anyone can set what a delegatecall runs. */
export function setsFreely({ trace: { entry, events, isProtected }, target }) {
  if (isProtected || isInitializer(entry.node)) return false;
  return events.some(({ kind, variable, labels, isGuarded }) => {
    if (kind !== "write" || isGuarded || !labels.has("caller") || !hasAny(target, `state:${variable.id}`, `constant:${variable.id}`)) return false;
    // What is set once stays.
    return !events.some((one) => one.kind === "check" && one.labels.has(`state:${variable.id}`));
  });
}

/** Whether a transaction does one of the two and never both: they lie in different arms of one branch. */
export const areExclusive = (one, other) => one.arms.some((arm) => other.arms.some(({ choice, isTrue }) => choice === arm.choice && isTrue !== arm.isTrue));

/**
 * Whether tokens are taken from somebody as they agreed: the amount is what the contract keeps under their name, who wrote it there
 * was they or had their signature, and it is asked and written anew before they pay.
 */
export function isAgreed({ analysis, trace, event }) {
  if (event.amount.has("caller")) return false;
  return variablesOf(event.amount).some((label) => {
    const writes = ({ events }) => events.filter(({ kind, variable }) => kind === "write" && `state:${variable.id}` === label);
    const [first] = writes(trace);
    if (first === undefined || first.order > event.order || !(first.variable.typeDescriptions?.typeString ?? "").startsWith("mapping(address ")) return false;
    const isAsked = trace.events.some(({ kind, labels, order, isUnconditional }) => kind === "check" && isUnconditional && labels.has(label) && order < first.order);
    return isAsked && analysis.traces.every((other) => other === trace || writes(other).every((one) => one.keys.has("sender") || isSignedBy({ trace: other, key: keyOf(one.target) })));
  });
}

/** `plans[who].price` → the declaration of `who`. */
function keyOf(target) {
  if (target?.nodeType === "MemberAccess") return keyOf(target.expression);
  return target?.nodeType === "IndexAccess" ? target.indexExpression?.referencedDeclaration : undefined;
}

const isSignedBy = ({ trace: { events }, key }) => key !== undefined && events.some(({ kind, node, left, right }) => kind === "compare" && [[node.leftExpression, right], [node.rightExpression, left]].some(([who, signer]) => who?.referencedDeclaration === key && signer.has("recovered")));

/** Seconds: what is divided by less is no time. */
const MINUTE = 60;

/** The rest of a time by a day or a week says when it is, and is no chance; so does one by a period that the contract keeps. How many there are of something is no period. */
export function isRestOfTime({ node, left, right }) {
  const number = Number(/^int_const (\d+)/.exec(node.rightExpression?.typeDescriptions?.typeString ?? "")?.[1] ?? 0);
  return left.has("time") && !isChance(left) && (number >= MINUTE || (variablesOf(right).length > 0 && !right.has("length")));
}
