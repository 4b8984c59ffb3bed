/** Reading the compiler's syntax trees: what is called, who is asked, what is written. */

export function walk(node, visit) {
  if (node === null || typeof node !== "object") return;
  if (Array.isArray(node)) {
    for (const one of node) walk(one, visit);
    return;
  }
  if (typeof node.nodeType === "string" && visit(node) === false) return;
  for (const [key, value] of Object.entries(node)) {
    if (value !== null && typeof value === "object" && key !== "typeDescriptions" && key !== "documentation") walk(value, visit);
  }
}

export function findAll(node, wanted) {
  const found = [];
  walk(node, (one) => {
    if (wanted(one)) found.push(one);
  });
  return found;
}

/** `{start, length}` in bytes of the file. */
export function bytesOf(src) {
  const [start, length] = src.split(":").map(Number);
  return { start, length };
}

/** `f(x)`, `f{value: v}(x)` → `f`; type conversions and struct constructors are none. */
export function calleeOf(call) {
  if (call.nodeType !== "FunctionCall" || call.kind !== "functionCall") return null;
  return call.expression.nodeType === "FunctionCallOptions" ? call.expression.expression : call.expression;
}

export const isMember = (node, owner, name) => node?.nodeType === "MemberAccess" && node.memberName === name && node.expression?.nodeType === "Identifier" && node.expression.name === owner;
export const isTxOrigin = (node) => isMember(node, "tx", "origin");

/** Parentheses and conversions such as `payable(x)` around an expression. */
export function strip(node) {
  if (node?.nodeType === "TupleExpression" && node.components?.length === 1) return strip(node.components[0]);
  if (node?.nodeType === "FunctionCall" && node.kind === "typeConversion") return strip(node.arguments[0]);
  return node;
}

export function isSender(node) {
  const inner = strip(node);
  if (isMember(inner, "msg", "sender")) return true;
  const callee = inner?.nodeType === "FunctionCall" ? calleeOf(inner) : null;
  return callee?.nodeType === "Identifier" && callee.name === "_msgSender";
}

/** The low-level call of an address, such as `call` or `send`; null for every other call. */
export function lowLevelOf(call) {
  const callee = calleeOf(call);
  if (callee?.nodeType !== "MemberAccess") return null;
  const type = callee.expression.typeDescriptions?.typeString ?? "";
  return type.startsWith("address") && ["call", "delegatecall", "staticcall", "send", "transfer"].includes(callee.memberName) ? callee.memberName : null;
}

export function optionOf(call, name) {
  const options = call.expression.nodeType === "FunctionCallOptions" ? call.expression : null;
  const index = options?.names.indexOf(name) ?? -1;
  return index < 0 ? null : options.options[index];
}

/** The variable that an assignment's left side is a part of. */
export function rootOf(node) {
  if (node?.nodeType === "IndexAccess") return rootOf(node.baseExpression);
  if (node?.nodeType === "MemberAccess") return rootOf(node.expression);
  return node?.nodeType === "Identifier" ? node : null;
}

/** Expressions that are written to below `node`, each with the node that writes. */
export function writesIn(node) {
  const found = [];
  walk(node, (one) => {
    if (one.nodeType === "Assignment") for (const target of one.leftHandSide.nodeType === "TupleExpression" ? one.leftHandSide.components : [one.leftHandSide]) found.push({ target, by: one });
    if (one.nodeType === "UnaryOperation" && ["++", "--", "delete"].includes(one.operator)) found.push({ target: one.subExpression, by: one });
    if (one.nodeType === "FunctionCall" && one.expression.nodeType === "MemberAccess" && ["push", "pop"].includes(one.expression.memberName)) found.push({ target: one.expression.expression, by: one });
  });
  return found.filter(({ target }) => target !== null);
}
