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
import { calleeOf, findAll } from "./tree.mjs";
import { compareLabels, hasAny, isKept, negate, NONE, union, without } from "./labels.mjs";
import { CLOSING, LOCKING } from "./packages.mjs";
import { followAssembly } from "./trace-assembly.mjs";
import { call } from "./trace-calls.mjs";

/** More than any contract needs; one that needs more can't be followed, and the audit says so. */
const MAX_STEPS = 150_000;
const MAX_DEPTH = 100;
const LOCKS = /^(nonReentrant|noReentran\w*|lock(ed)?|mutex)$/i;
const BLOCK = { timestamp: "time", number: "time", prevrandao: "entropy", difficulty: "entropy", coinbase: "entropy", gaslimit: "entropy", chainid: "chain", basefee: "entropy", blobbasefee: "entropy" };

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

function statement(state, node) {
  if (node === null || node === undefined) return;
  countStep(state);
  switch (node.nodeType) {
    case "Block":
      return node.statements.forEach((one) => statement(state, one));
    case "UncheckedBlock":
      state.unchecked += 1;
      node.statements.forEach((one) => statement(state, one));
      state.unchecked -= 1;
      return undefined;
    case "ExpressionStatement":
      return void evaluate(state, node.expression);
    case "VariableDeclarationStatement":
      return declare(state, node);
    case "IfStatement":
      return branch(state, node);
    case "ForStatement":
    case "WhileStatement":
    case "DoWhileStatement":
      return loop(state, node);
    case "Return": {
      const frame = state.stack.at(-1);
      const owner = [...state.stack].reverse().find((one) => one.node === frame.node && one.placeholder === undefined) ?? frame;
      if (node.expression) owner.returns = union(owner.returns, evaluate(state, node.expression));
      return undefined;
    }
    case "EmitStatement":
    case "RevertStatement":
      for (const one of (node.eventCall ?? node.errorCall).arguments) use(state, one, evaluate(state, one));
      return undefined;
    case "TryStatement":
      use(state, node, evaluate(state, node.externalCall));
      state.branches += 1;
      node.clauses.forEach((one) => statement(state, one.block));
      state.branches -= 1;
      return undefined;
    case "InlineAssembly":
      return followAssembly(state, node);
    case "PlaceholderStatement":
      return state.stack.at(-1).placeholder?.();
    default:
      return undefined;
  }
}

function countStep(state) {
  state.steps += 1;
  if (state.steps > MAX_STEPS) throw new Error(`${state.contract.name} calls its own functions too often to be followed: more than ${MAX_STEPS} steps in one transaction.`);
}

function declare(state, { declarations, initialValue }) {
  const parts = initialValue?.nodeType === "TupleExpression" && declarations.length > 1 ? initialValue.components.map((one) => evaluate(state, one)) : null;
  const whole = parts === null && initialValue ? evaluate(state, initialValue) : NONE;
  for (const [index, one] of declarations.entries()) if (one !== null) state.env.set(one.id, union(state.loops > 0 ? (state.env.get(one.id) ?? NONE) : NONE, parts?.[index] ?? (index === 0 ? whole : without(whole, ...[...whole].filter((label) => label.startsWith("result:"))))));
}

const endsIt = (node) => {
  const last = node?.nodeType === "Block" ? node.statements.at(-1) : node;
  if (last?.nodeType === "RevertStatement") return true;
  if (last?.nodeType === "ExpressionStatement" && last.expression.nodeType === "FunctionCall") return ["revert", "assert"].includes(calleeOf(last.expression)?.name);
  return last?.nodeType === "InlineAssembly" && findAll(last.AST, (one) => one.nodeType === "YulFunctionCall" && one.functionName.name === "revert").length > 0;
};
/** A `return` in front of the rest keeps callers out as a revert does. */
const turnsBack = (node) => endsIt(node) || (node?.nodeType === "Block" ? node.statements.at(-1) : node)?.nodeType === "Return";

function branch(state, node) {
  const labels = use(state, node, evaluate(state, node.condition));
  if (turnsBack(node.trueBody)) emit(state, node, { kind: "check", labels: negate(labels), condition: node.condition });
  else if (node.falseBody && turnsBack(node.falseBody)) emit(state, node, { kind: "check", labels, condition: node.condition });
  else emit(state, node, { kind: "question", labels, condition: node.condition });
  state.choices += 1;
  const arms = [true, false].map((isTrue) => ({ choice: state.choices, isTrue }));
  inBranch(state, { isGuarded: labels.has("allows"), body: node.trueBody, arm: arms[0] });
  inBranch(state, { isGuarded: labels.has("refuses"), body: node.falseBody, arm: arms[1] });
  // What comes after an arm that leaves the function is part of the other one.
  if (turnsBack(node.trueBody)) state.arms = [...state.arms, arms[1]];
  else if (turnsBack(node.falseBody)) state.arms = [...state.arms, arms[0]];
}

function inBranch(state, { isGuarded, body, arm }) {
  if (!body) return;
  const { arms } = state;
  state.branches += 1;
  state.guards += isGuarded ? 1 : 0;
  // A loop may go one way now and the other in its next round.
  if (state.loops === 0 || turnsBack(body)) state.arms = [...arms, arm];
  statement(state, body);
  state.arms = arms;
  state.guards -= isGuarded ? 1 : 0;
  state.branches -= 1;
}

function loop(state, node) {
  if (node.initializationExpression) statement(state, node.initializationExpression);
  state.loops += 1;
  state.branches += 1;
  if (node.condition) use(state, node, evaluate(state, node.condition));
  statement(state, node.body);
  if (node.loopExpression) statement(state, node.loopExpression);
  state.branches -= 1;
  state.loops -= 1;
}

/** The labels of an expression's value; what happens on the way is told as events. */
export function evaluate(state, node) {
  if (node === null || node === undefined) return NONE;
  countStep(state);
  switch (node.nodeType) {
    case "Identifier":
      return readName(state, node);
    case "Literal":
      return /^(0|0x0+)$/.test(node.value ?? "") ? new Set(["zero"]) : NONE;
    case "TupleExpression":
      return union(...node.components.map((one) => evaluate(state, one)));
    case "MemberAccess":
      return readMember(state, node);
    case "IndexAccess":
    case "IndexRangeAccess":
      return readIndex(state, node);
    case "Conditional": {
      const condition = use(state, node, evaluate(state, node.condition));
      const rights = [...condition].filter((label) => label === "allows" || label === "refuses");
      const isTruth = node.typeDescriptions?.typeString === "bool";
      state.branches += 1;
      const answer = union(evaluate(state, node.trueExpression), evaluate(state, node.falseExpression), isTruth ? rights : NONE);
      state.branches -= 1;
      return answer;
    }
    case "UnaryOperation": {
      const labels = evaluate(state, node.subExpression);
      if (["++", "--", "delete"].includes(node.operator)) assign(state, { target: node.subExpression, by: node, labels: NONE, operator: node.operator });
      return node.operator === "!" ? negate(labels) : labels;
    }
    case "BinaryOperation":
      return calculate(state, node);
    case "Assignment":
      return follow(state, node);
    case "FunctionCall":
      return call(state, node);
    default:
      return NONE;
  }
}

function readName(state, node) {
  if (node.name === "this") return new Set(["this"]);
  if (node.name === "now") return new Set(["time"]);
  const known = state.env.get(node.referencedDeclaration);
  if (known !== undefined) return known;
  const variable = state.model.byId.get(node.referencedDeclaration);
  if (variable?.nodeType !== "VariableDeclaration" || variable.stateVariable !== true) return NONE;
  if (variable.constant) return new Set([`constant:${variable.id}`]);
  emit(state, node, { kind: "read", variable, keys: NONE });
  return union([`state:${variable.id}`], state.kept.get(variable.id) ?? NONE);
}

function readMember(state, node) {
  const owner = node.expression.nodeType === "Identifier" ? node.expression.name : "";
  if (owner === "msg" && node.memberName === "sender") return new Set(["sender"]);
  if (owner === "msg" && node.memberName === "value") {
    emit(state, node, { kind: "message-value" });
    return new Set(["value"]);
  }
  if (owner === "msg") return new Set(["caller"]);
  if (owner === "tx") return new Set([node.memberName === "origin" ? "origin" : "entropy"]);
  if (owner === "block") return new Set([BLOCK[node.memberName] ?? "time"]);
  const inner = evaluate(state, node.expression);
  if (node.memberName === "balance" && (node.expression.typeDescriptions?.typeString ?? "").startsWith("address")) return inner.has("this") ? new Set(["balance"]) : union(inner, ["external"]);
  return node.memberName === "length" ? union(without(inner, "caller"), ["length"]) : inner;
}

function readIndex(state, node) {
  const base = evaluate(state, node.baseExpression);
  const keys = union(evaluate(state, node.indexExpression), evaluate(state, node.startExpression), evaluate(state, node.endExpression));
  const variables = [...base].filter((label) => label.startsWith("state:"));
  for (const label of variables) {
    const variable = state.model.byId.get(Number(label.slice("state:".length)));
    if (variable !== undefined) emit(state, node, { kind: "read", variable, keys });
  }
  const isTruth = node.typeDescriptions?.typeString === "bool" && variables.length > 0 && hasAny(keys, "sender", "origin");
  if (isTruth) emit(state, node, { kind: "compare", operator: "[]", left: keys, right: base });
  const carried = [...keys].filter((label) => ["entropy", "hash", "recovered"].includes(label));
  return union(base, carried, isKept(base) && keys.has("sender") ? ["own"] : NONE, isKept(base) && keys.has("origin") ? ["by-origin"] : NONE, isTruth ? ["allows"] : NONE, node.typeDescriptions?.typeString === "bool" && keys.has("recovered") ? ["allows"] : NONE);
}

function calculate(state, node) {
  const left = evaluate(state, node.leftExpression);
  const right = evaluate(state, node.rightExpression);
  const { operator } = node;
  if (["==", "!=", "<", ">", "<=", ">="].includes(operator)) {
    emit(state, node, { kind: "compare", operator, left, right });
    // A level or a role that is kept under the origin's name.
    if (hasAny(union(left, right), "by-origin")) emit(state, node, { kind: "compare", operator: "[]", left: new Set(["origin"]), right: new Set(["external"]) });
    return use(state, node, compareLabels({ operator, left, right }));
  }
  if (operator === "&&" || operator === "||") return use(state, node, union(left, right));
  if (operator === "%" || operator === "&") emit(state, node, { kind: "chance", operator, left, right });
  else emit(state, node, { kind: "arithmetic", operator, left, right });
  return without(union(left, right), "zero");
}

function follow(state, node) {
  const operator = node.operator;
  const targets = node.leftHandSide.nodeType === "TupleExpression" ? node.leftHandSide.components : [node.leftHandSide];
  const isParted = targets.length > 1 && node.rightHandSide.nodeType === "TupleExpression";
  const parts = isParted ? node.rightHandSide.components.map((one) => evaluate(state, one)) : [];
  const whole = isParted ? NONE : evaluate(state, node.rightHandSide);
  for (const [index, target] of targets.entries()) {
    if (target === null) continue;
    const labels = parts[index] ?? (targets.length > 1 && index > 0 ? without(whole, ...[...whole].filter((label) => label.startsWith("result:"))) : whole);
    if (operator !== "=") {
      const before = evaluate(state, target);
      emit(state, node, { kind: "arithmetic", operator: operator.slice(0, -1), left: before, right: labels });
      assign(state, { target, by: node, labels: union(before, labels), operator, added: labels });
    } else assign(state, { target, by: node, labels, operator });
  }
  return whole;
}

export function assign(state, { target, by, labels, operator, added = labels }) {
  const keys = [];
  let root = target;
  while (root?.nodeType === "IndexAccess" || root?.nodeType === "MemberAccess") {
    if (root.nodeType === "IndexAccess") keys.push(evaluate(state, root.indexExpression));
    root = root.nodeType === "IndexAccess" ? root.baseExpression : root.expression;
  }
  if (root?.nodeType === "FunctionCall") evaluate(state, root);
  const declared = state.model.byId.get(root?.referencedDeclaration);
  const pointer = state.env.get(root?.referencedDeclaration);
  if (declared?.stateVariable === true) return write(state, { variable: declared, by, target, keys: union(...keys), labels, operator, added });
  // A reference into storage: what is written through it is written to the contract.
  if (root !== target && pointer !== undefined && state.model.isStorage(root.referencedDeclaration)) {
    const isOwn = pointer.has("own");
    for (const label of pointer) {
      const variable = label.startsWith("state:") ? state.model.byId.get(Number(label.slice("state:".length))) : undefined;
      if (variable !== undefined) write(state, { variable, by, target, keys: union(...keys, isOwn ? ["sender"] : NONE), labels, operator, added });
    }
    return undefined;
  }
  if (root?.nodeType !== "Identifier") return undefined;
  const isWhole = root === target && state.branches === 0;
  state.env.set(root.referencedDeclaration, isWhole ? labels : union(pointer ?? NONE, labels));
  return undefined;
}

export function write(state, { variable, by, target, keys, labels, operator, added }) {
  use(state, by, labels);
  emit(state, by, { kind: "write", variable, target, keys, labels, operator, added });
}
