/**
 * Follows a transaction through a contract: the function that is called, its modifiers, the functions it calls inside the contract
 * and in libraries, and assembly; with what each value is made of. Answers what happens, in order, as events:
 * `read` `write` (of the contract's variables) · `out` (a call that hands over) · `delegate` · `external` (a call of another contract's
 * function) · `token` (a transfer of ERC-20 tokens) · `inner` (a package's function such as `_mint`) · `spends` (a nonce) · `check` (a condition that
 * reverts) · `compare` · `chance` (a rest of a division) · `arithmetic` · `destroy` · `result-used` · `message-value`.
 *
 * Branches are all followed, loops once; a value is all that it can be. Each event knows the `arms` of branches that it lies in, so
 * that what happens either here or there is not taken for one after the other.
 */
import { findAll } from "./tree.mjs";
import { NONE, union } from "./labels.mjs";
import { CLOSING, LOCKING } from "./packages.mjs";
import { statement } from "./trace-statements.mjs";
import { evaluate } from "./trace-values.mjs";

/** More than any contract needs; one that needs more can't be followed, and the audit says so. */
const MAX_STEPS = 150_000;
const MAX_DEPTH = 100;
const LOCKS = /^(nonReentrant|noReentran\w*|lock(ed)?|mutex)$/i;

/** @returns the events of one entry, each `{kind, node, file, fn, isGuarded, inLoop, …}`; `isProtected`: only some may call; `isLocked`: a package's lock holds */
export function traceEntry({ model, contract, entry, kept }) {
  const state = { model, contract, events: [], env: new Map(), kept, stack: [], loops: 0, guards: 0, branches: 0, unchecked: 0, steps: 0, results: 0, choices: 0, arms: [], isLocked: false, isProtected: false, memory: NONE, site: null };
  for (const one of entry.node.parameters.parameters) state.env.set(one.id, new Set(["caller"]));
  run(state, { ...entry, isEntry: true });
  const used = new Set(state.events.filter(({ kind }) => kind === "result-used").map(({ result }) => result));
  for (const event of state.events) if (event.result !== undefined && event.kind !== "result-used") event.isChecked = event.isChecked === true || used.has(event.result);
  return { entry, contract, events: state.events, isProtected: state.isProtected, isLocked: state.isLocked };
}

export function emit(state, node, event) {
  const frame = state.stack.at(-1);
  const made = { node, site: state.site ?? { node, file: frame.file }, file: frame.file, fn: frame.node, owner: frame.contract, isGuarded: state.guards > 0, isUnconditional: state.branches === 0, inLoop: state.loops > 0, isUnchecked: state.unchecked > 0, order: state.events.length, arms: state.arms, ...event };
  state.events.push(made);
  if (made.kind === "check" && made.labels.has("allows") && made.isUnconditional) state.isProtected = true;
  if (event.isChecked === true || !["out", "delegate", "token"].includes(event.kind)) return NONE;
  state.results += 1;
  made.result = state.results;
  return new Set([`result:${state.results}`]);
}

/** Somebody looks at these values. */
export function use(state, node, labels) {
  for (const label of labels) if (label.startsWith("result:")) emit(state, node, { kind: "result-used", result: Number(label.slice("result:".length)) });
  return labels;
}

/** Runs a function with its modifiers around it; answers the labels of what it returns. */
export function run(state, { file, contract, node: fn, isEntry = false }) {
  if (state.stack.some((frame) => frame.node.id === fn.id)) return NONE;
  if (state.stack.length > MAX_DEPTH) throw new Error(`${state.contract.name} calls its own functions too deep to be followed: more than ${MAX_DEPTH} in one another.`);
  const frame = { file, contract, node: fn, returns: NONE, isEntry };
  state.stack.push(frame);
  const outer = { branches: state.branches, unchecked: state.unchecked, arms: state.arms };
  state.unchecked = 0;
  const modifiers = (fn.modifiers ?? []).filter((one) => one.kind !== "baseConstructorSpecifier");
  const next = (index) => {
    const invocation = modifiers[index];
    if (invocation === undefined) return void statement(state, fn.body);
    const found = state.model.resolveModifier(state.contract, invocation.modifierName);
    const name = invocation.modifierName.name.split(".").at(-1);
    if (found === undefined) {
      for (const one of invocation.arguments ?? []) evaluate(state, one);
      if (CLOSING.test(name)) emit(state, invocation, { kind: "check", labels: new Set(["allows"]) });
      if (LOCKING.test(name)) state.isLocked = true;
      return next(index + 1);
    }
    if (LOCKS.test(name) && isAssemblyLock(found.node.body)) state.isLocked = true;
    bind(state, found.node.parameters.parameters, (invocation.arguments ?? []).map((one) => evaluate(state, one)));
    state.stack.push({ ...frame, file: found.file, modifier: found.node, placeholder: () => { const top = state.stack.pop(); const { arms } = state; next(index + 1); Object.assign(state, { arms }); state.stack.push(top); } });
    statement(state, found.node.body);
    state.stack.pop();
    return undefined;
  };
  next(0);
  const named = union(...(fn.returnParameters?.parameters ?? []).map((one) => state.env.get(one.id) ?? NONE));
  const answer = union(frame.returns, named);
  // What the caller is told, somebody looks at.
  if (isEntry) use(state, fn, answer);
  Object.assign(state, outer);
  state.stack.pop();
  return answer;
}

/** A lock in assembly has no variable that could be followed: when it asks, sets and sets back something, its name is trusted. */
function isAssemblyLock(body) {
  const called = findAll(body, (one) => one.nodeType === "YulFunctionCall").map((one) => one.functionName.name);
  return called.some((name) => /^[ts]load$/.test(name)) && called.filter((name) => /^[ts]store$/.test(name)).length > 1;
}

export function bind(state, parameters, values) {
  for (const [index, one] of parameters.entries()) state.env.set(one.id, values[index] ?? NONE);
}

export function countStep(state) {
  state.steps += 1;
  if (state.steps > MAX_STEPS) throw new Error(`${state.contract.name} calls its own functions too often to be followed: more than ${MAX_STEPS} steps in one transaction.`);
}
