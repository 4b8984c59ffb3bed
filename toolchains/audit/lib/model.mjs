/** Contracts, functions and variables by the ids of the syntax trees, and what a function can reach. */
import { calleeOf, findAll, isSender, isTxOrigin, rootOf, strip } from "./tree.mjs";

const MAX_DEPTH = 5;
/** Who proves a right by a signature or a proof does not have to be the sender. */
const PROOFS = /^(recover|ecrecover|tryRecover|isValidSignature\w*|verify\w*|verifyCalldata|_useCheckedNonce)$/;

export function makeModel({ trees, own }) {
  const byId = new Map();
  const contracts = [];
  const functions = [];
  for (const [file, tree] of trees) {
    for (const node of tree.nodes) {
      byId.set(node.id, node);
      if (node.nodeType !== "ContractDefinition") continue;
      for (const member of node.nodes) {
        byId.set(member.id, member);
        if (member.nodeType === "FunctionDefinition" && own.has(file)) functions.push({ file, contract: node, node: member });
      }
      if (own.has(file)) contracts.push({ file, node });
    }
  }
  return { byId, contracts, functions, trees, own };
}

export const isStateVariable = ({ byId }, identifier) => {
  const declared = byId.get(identifier?.referencedDeclaration);
  return declared?.nodeType === "VariableDeclaration" && declared.stateVariable === true ? declared : null;
};

/** Functions that anyone can send a transaction to. */
export function entriesOf(model) {
  return model.functions.filter(({ contract, node }) => contract.contractKind === "contract" && node.implemented && ["public", "external"].includes(node.visibility) && !["view", "pure"].includes(node.stateMutability) && node.kind !== "constructor");
}

const calledFunction = ({ byId }, call) => {
  const callee = calleeOf(call);
  if (callee === null) return null;
  const id = callee.referencedDeclaration;
  const found = byId.get(id);
  return found?.nodeType === "FunctionDefinition" ? found : null;
};

/** The bodies that run when `fn` is called: its own, its modifiers', and those of functions called inside the contract. */
export function reach(model, fn, depth = 0, seen = new Set()) {
  if (depth > MAX_DEPTH || seen.has(fn.id)) return [];
  seen.add(fn.id);
  const bodies = [fn];
  const starts = [fn.body, ...(fn.modifiers ?? []).map((one) => model.byId.get(one.modifierName.referencedDeclaration)?.body)];
  for (const start of starts.filter((one) => one !== null && one !== undefined)) {
    if (start !== fn.body) bodies.push({ id: start.id, body: start });
    for (const call of findAll(start, (one) => one.nodeType === "FunctionCall")) {
      const called = calledFunction(model, call);
      // A package's own functions are trusted to be what their names say: what they ask on the way is not about the caller's right.
      if (called !== null && called.visibility !== "external" && model.own.has(fileOf(model, called))) bodies.push(...reach(model, called, depth + 1, seen));
    }
  }
  return bodies;
}

const fileOf = (model, node) => model.functions.find((one) => one.node.id === node.id)?.file;

export const modifierNames = (fn) => (fn.modifiers ?? []).map((one) => one.modifierName.name);

/** Whether only some may call it: the sender is compared with something the contract keeps, or looked up there, or proves a right. */
export function isProtected(model, fn) {
  if (modifierNames(fn).some((name) => /^(only|auth|requires|restricted)/i.test(name) || /^(initializer|reinitializer|onlyInitializing)$/.test(name))) return true;
  return reach(model, fn).some(({ body }) => body !== null && body !== undefined && asksSender(model, body));
}

function asksSender(model, body) {
  return findAll(body, (node) => node.nodeType === "FunctionCall" || node.nodeType === "IfStatement" || node.nodeType === "Conditional").some((node) => {
    if (node.nodeType === "FunctionCall") {
      const callee = calleeOf(node);
      const name = callee?.name ?? callee?.memberName ?? "";
      if (PROOFS.test(name) || /^_?(check(Role|Owner|Auth\w*|CanCall)|only[A-Z]\w*|requireAuth\w*)$/.test(name)) return true;
      return (name === "require" || name === "assert") && node.arguments.length > 0 && comparesSender(model, node.arguments[0]);
    }
    return comparesSender(model, node.condition);
  });
}

function comparesSender(model, condition) {
  return findAll(condition, (one) => one.nodeType === "BinaryOperation" || one.nodeType === "IndexAccess" || one.nodeType === "FunctionCall").some((one) => {
    if (one.nodeType === "BinaryOperation") {
      if (one.operator !== "==" && one.operator !== "!=") return false;
      const [left, right] = [one.leftExpression, one.rightExpression];
      const other = isSender(left) || isTxOrigin(strip(left)) ? right : isSender(right) || isTxOrigin(strip(right)) ? left : null;
      if (other === null || isTxOrigin(strip(other)) || isSender(other)) return false;
      return !(strip(other)?.nodeType === "Literal" && /^(0|0x0+)$/.test(strip(other).value));
    }
    // `isAdmin[msg.sender]`, `hasRole(role, msg.sender)`
    if (one.nodeType === "IndexAccess") return one.typeDescriptions?.typeString === "bool" && isSender(one.indexExpression);
    return one.typeDescriptions?.typeString === "bool" && one.kind === "functionCall" && one.arguments.some(isSender);
  });
}

/** Whether what is taken is the sender's own: something kept under the sender's name is read or written. */
export function usesOwnShare(model, fn) {
  return reach(model, fn).some(({ body }) => body !== null && body !== undefined && findAll(body, (one) => one.nodeType === "IndexAccess" && isSender(one.indexExpression) && isStateVariable(model, rootOf(one)) !== null).length > 0);
}

export const inherits = ({ byId }, contract, pattern) => (contract.linearizedBaseContracts ?? []).some((id) => pattern.test(byId.get(id)?.name ?? ""));

/** Identifiers of the function's parameters below `node`. */
export function parametersIn(fn, node) {
  const ids = new Set(fn.parameters.parameters.map((one) => one.id));
  return findAll(node, (one) => one.nodeType === "Identifier" && ids.has(one.referencedDeclaration));
}

/**
 * Whether ether leaves through an inner function in order: everyone who can reach it asks who calls, or hands out the caller's own
 * share. Slither looks at the inner function alone, which can't know that.
 */
export function isSentInOrder(model, { file, start }) {
  const inner = model.functions.find((one) => one.file === file && ["internal", "private"].includes(one.node.visibility) && contains(one.node.src, start));
  if (inner === undefined) return false;
  const entries = entriesOf(model).filter(({ node }) => reach(model, node).some(({ id }) => id === inner.node.id));
  return entries.length > 0 && entries.every(({ node }) => isProtected(model, node) || usesOwnShare(model, node));
}

function contains(src, at) {
  const [start, length] = src.split(":").map(Number);
  return start <= at && at < start + length;
}
