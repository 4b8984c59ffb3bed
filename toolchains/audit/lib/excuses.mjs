/** What Slither says of one function alone, and the whole of the contract excuses. Whatever can't be followed is not excused. */
import { isAgreed, isRestOfTime, lockOf, setsFreely } from "./checks/conditions.mjs";
import { variablesOf } from "./labels.mjs";
import { usesOwnShare } from "./model.mjs";

/**
 * Whether ether leaves through an inner function in order: everyone who can reach it asks who calls, or hands out the caller's own
 * share.
 */
export function isSentInOrder(model, { file, start }) {
  const inner = model.functions.find((one) => one.file === file && ["internal", "private"].includes(one.node.visibility) && contains(one.node.src, start));
  if (inner === undefined) return false;
  const reaching = tracesOf(model).filter(({ events }) => events.some(({ fn }) => fn.id === inner.node.id));
  return reaching.length > 0 && reaching.every((trace) => trace.isProtected || usesOwnShare(trace));
}

/** Whether code is run by delegatecall for those alone who may, or from an address that they alone set. */
export function isRunInOrder(model, { file, start }) {
  const runs = model.analyses.flatMap(({ traces }) => traces.flatMap((trace) => trace.events.filter((event) => event.kind === "delegate" && event.file === file && contains(event.fn.src, start)).map((event) => ({ traces, trace, event }))));
  return runs.length > 0 && runs.every(({ traces, trace, event }) => trace.isProtected || event.isGuarded || (!event.target.has("caller") && variablesOf(event.target).length > 0 && !traces.some((other) => setsFreely({ trace: other, target: event.target }))));
}

/** Whether a lock that the contract keeps itself holds while a function calls out. */
export function isLockedByHand(model, { file, start }) {
  const calls = tracesOf(model).flatMap(({ events }) => events.filter((event) => ["out", "delegate", "external", "token"].includes(event.kind) && event.isReading !== true && event.file === file && contains(event.fn.src, start)).map((call) => ({ events, call })));
  return calls.length > 0 && calls.every(({ events, call }) => lockOf({ events, call }) !== undefined);
}

/** Whether all that is divided with a remainder here are times. */
export function isTimeOnly(model, { file, start }) {
  const rests = model.analyses.flatMap(({ traces, views }) => [...traces, ...views]).flatMap(({ events }) => events.filter((event) => event.kind === "chance" && event.operator === "%" && event.file === file && contains(event.fn.src, start)));
  return rests.length > 0 && rests.every(isRestOfTime);
}

/** Whether tokens are taken here from those alone who agreed to it. */
export function isTakenInOrder(model, { file, start }) {
  const taken = model.analyses.flatMap((analysis) => analysis.traces.flatMap((trace) => trace.events.filter((event) => event.kind === "token" && event.call === "transferFrom" && event.file === file && contains(event.fn.src, start)).map((event) => ({ analysis, trace, event }))));
  return taken.length > 0 && taken.every((one) => one.event.from.has("sender") || isAgreed(one));
}

const tracesOf = ({ analyses }) => analyses.flatMap(({ traces }) => traces);

function contains(src, at) {
  const [start, length] = src.split(":").map(Number);
  return start <= at && at < start + length;
}
