/** Values in a trace: what an expression is made of, and what is written where. */
import { compareLabels, hasAny, isKept, negate, NONE, union, without } from "./labels.mjs";
import { countStep, emit, use } from "./trace.mjs";
import { call } from "./trace-calls.mjs";

const BLOCK = { timestamp: "time", number: "time", prevrandao: "entropy", difficulty: "entropy", coinbase: "entropy", gaslimit: "entropy", chainid: "chain", basefee: "entropy", blobbasefee: "entropy" };

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
