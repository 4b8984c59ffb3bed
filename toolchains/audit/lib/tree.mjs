/** Reading the compiler's syntax trees. */

function walk(node, visit) {
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

const isMember = (node, owner, name) => node?.nodeType === "MemberAccess" && node.memberName === name && node.expression?.nodeType === "Identifier" && node.expression.name === owner;
export const isTxOrigin = (node) => isMember(node, "tx", "origin");

/** Parentheses and conversions such as `payable(x)` around an expression. */
export function strip(node) {
  if (node?.nodeType === "TupleExpression" && node.components?.length === 1) return strip(node.components[0]);
  if (node?.nodeType === "FunctionCall" && node.kind === "typeConversion") return strip(node.arguments[0]);
  return node;
}

/** The low-level call of an address, such as `call` or `send`; null for every other call. */
export function lowLevelOf(call) {
  const callee = calleeOf(call);
  if (callee?.nodeType !== "MemberAccess") return null;
  const type = callee.expression.typeDescriptions?.typeString ?? "";
  return type.startsWith("address") && ["call", "delegatecall", "staticcall", "send", "transfer"].includes(callee.memberName) ? callee.memberName : null;
}
