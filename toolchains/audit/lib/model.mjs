/** Contracts, functions and variables by the ids of the syntax trees, and a trace of every function that anyone can call. */
import { compareLabels, NONE, union } from "./labels.mjs";
import { traceEntry } from "./trace.mjs";
import { calleeOf, findAll } from "./tree.mjs";

/** What a variable keeps from one transaction to the next, as far as it is asked later. */
const KEPT = ["entropy", "hash", "spot"];

export function makeModel({ trees, own }) {
  const model = { byId: new Map(), placeOf: new Map(), contracts: [], functions: [], trees, own, compareLabels };
  const references = new Set();
  for (const [file, tree] of trees) {
    for (const node of tree.nodes) {
      model.byId.set(node.id, node);
      model.placeOf.set(node.id, { file, contract: null });
      for (const member of node.nodeType === "ContractDefinition" ? node.nodes : []) {
        model.byId.set(member.id, member);
        model.placeOf.set(member.id, { file, contract: node });
        if (member.nodeType === "FunctionDefinition" && own.has(file)) model.functions.push({ file, contract: node, node: member });
      }
      if (node.nodeType === "ContractDefinition" && own.has(file)) model.contracts.push({ file, node });
    }
    if (own.has(file)) for (const one of findAll(tree, (part) => part.nodeType === "VariableDeclaration" && part.storageLocation === "storage")) references.add(one.id);
  }
  Object.assign(model, {
    isStorage: (id) => references.has(id),
    isType: (node) => (node?.typeDescriptions?.typeString ?? "").startsWith("type("),
    inherits: (contract, pattern) => inherits(model, contract, pattern),
    resolveFunction: (state, call) => resolveFunction(model, state, call),
    resolveModifier: (contract, name) => resolveModifier(model, contract, name),
    orderArguments,
    protects: (contract, entry) => traceEntry({ model, contract, entry, kept: new Map() }).isProtected,
  });
  model.analyses = rootsOf(model).map((root) => analyse(model, root));
  return model;
}

/** Contracts that can be deployed; of those that can't, the ones that none of them inherits. */
function rootsOf({ contracts }) {
  const whole = contracts.filter(({ node }) => node.contractKind === "contract" && node.abstract !== true);
  const covered = new Set(whole.flatMap(({ node }) => node.linearizedBaseContracts));
  return [...whole, ...contracts.filter(({ node }) => node.contractKind === "contract" && node.abstract === true && !covered.has(node.id))];
}

const keyOf = (node) => `${node.kind} ${node.name}(${node.parameters.parameters.map((one) => one.typeDescriptions?.typeString ?? "").join(",")})`;

/** Traced twice: what one function writes another may read. */
function analyse(model, { file, node: contract }) {
  const entries = [];
  const views = [];
  let maker = null;
  const seen = new Set();
  for (const id of contract.linearizedBaseContracts) {
    const base = model.byId.get(id);
    const place = model.placeOf.get(id);
    if (base === undefined || !model.own.has(place.file)) continue;
    for (const node of base.nodes.filter((one) => one.nodeType === "FunctionDefinition" && one.implemented)) {
      const entry = { file: place.file, contract: base, node };
      if (node.kind === "constructor") maker = id === contract.id ? entry : maker;
      else if (["public", "external"].includes(node.visibility) && !seen.has(keyOf(node))) {
        seen.add(keyOf(node));
        (["view", "pure"].includes(node.stateMutability) ? views : entries).push(entry);
      }
    }
  }
  const kept = new Map();
  const trace = (entry) => traceEntry({ model, contract, entry, kept });
  for (const one of [...entries, ...(maker === null ? [] : [maker])]) {
    for (const { variable, labels } of trace(one).events.filter(({ kind }) => kind === "write")) {
      kept.set(variable.id, union(kept.get(variable.id) ?? NONE, [...labels].filter((label) => KEPT.includes(label))));
    }
  }
  return { file, contract, traces: entries.map(trace), views: views.map(trace), maker: maker === null ? null : trace(maker) };
}

const isSameShape = (one, other) => one.name === other.name && keyOf(one) === keyOf(other);

function resolveFunction(model, state, { callee, declared, from }) {
  const place = model.placeOf.get(declared.id);
  if (place === undefined) return undefined;
  const asDeclared = { ...place, node: declared };
  if (place.contract === null || place.contract.contractKind === "library") return asDeclared;
  const isSuper = callee.nodeType === "MemberAccess" && callee.expression.name === "super";
  if (callee.nodeType === "MemberAccess" && !isSuper) return asDeclared;
  const bases = state.contract.linearizedBaseContracts;
  for (const id of isSuper ? bases.slice(bases.indexOf(from?.id) + 1) : bases) {
    const found = model.byId.get(id)?.nodes.find((one) => one.nodeType === "FunctionDefinition" && one.implemented && isSameShape(one, declared));
    if (found !== undefined) return { ...model.placeOf.get(found.id), node: found };
  }
  return asDeclared;
}

/** Undefined for those of packages: their names say what they do. */
function resolveModifier(model, contract, { name, referencedDeclaration }) {
  const declared = model.byId.get(referencedDeclaration);
  if (declared?.nodeType !== "ModifierDefinition") return undefined;
  const bases = contract.linearizedBaseContracts.map((id) => model.byId.get(id)).filter((one) => one !== undefined);
  const found = (name.includes(".") ? undefined : bases.flatMap((base) => base.nodes).find((one) => one.nodeType === "ModifierDefinition" && one.name === declared.name && one.body)) ?? declared;
  const place = model.placeOf.get(found.id);
  return found.body && model.own.has(place.file) ? { ...place, node: found } : undefined;
}

/** `f({b: 1, a: 2})` → in the order of the parameters. */
function orderArguments(call, declared, isAttached) {
  if ((call.names ?? []).length === 0) return call.arguments;
  const names = declared.parameters.parameters.slice(isAttached ? 1 : 0).map(({ name }) => name);
  return names.map((name) => call.arguments[call.names.indexOf(name)]);
}

export const modifierNames = (fn) => (fn.modifiers ?? []).map((one) => one.modifierName.name);

export const inherits = ({ byId }, contract, pattern) => (contract.linearizedBaseContracts ?? []).some((id) => pattern.test(byId.get(id)?.name ?? ""));

/** Functions that a function calls by name: one that is called inside must not lock itself out. */
export const calledIn = (contract) => new Set(findAll(contract, (one) => one.nodeType === "FunctionCall").map((call) => calleeOf(call)?.referencedDeclaration));

/** Whether an entry hands out what is kept under the sender's name. */
export const usesOwnShare = ({ events }) => events.some(({ kind, keys, name, args }) => ((kind === "read" || kind === "write") && keys.has("sender")) || (kind === "inner" && /^_(burn|spendAllowance|transfer)$/.test(name) && args.some((one, index) => index < 2 && one.has("sender"))));
