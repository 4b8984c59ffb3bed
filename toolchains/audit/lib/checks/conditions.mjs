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

/** Seconds: what is divided by less is no time. */
const MINUTE = 60;

/** The rest of a time by a day or a week says when it is, and is no chance; so does one by a period that the contract keeps. How many there are of something is no period. */
export function isRestOfTime({ node, left, right }) {
  const number = Number(/^int_const (\d+)/.exec(node.rightExpression?.typeDescriptions?.typeString ?? "")?.[1] ?? 0);
  return left.has("time") && !isChance(left) && (number >= MINUTE || (variablesOf(right).length > 0 && !right.has("length")));
}
