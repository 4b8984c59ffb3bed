/** Calls in a trace: of addresses, of what the language has, of the contract's own functions, of packages, of other contracts. */
import { calleeOf, lowLevelOf } from "./tree.mjs";
import { hasAny, NONE, union, without } from "./labels.mjs";
import { askAbout, callPackage } from "./packages.mjs";
import { bind, emit, run, use } from "./trace.mjs";
import { assign, evaluate } from "./trace-values.mjs";

/** The labels of what a call answers. */
export function call(state, node) {
  if (node.kind === "typeConversion") {
    const labels = evaluate(state, node.arguments[0]);
    const [from, to] = [node.arguments[0], node].map((one) => one?.typeDescriptions?.typeString ?? "");
    const isCut = cuts({ from, to });
    emit(state, node, { kind: "conversion", labels, isCut, from, to });
    return isCut && hasAny(labels, "caller", "value") ? union(labels, ["cut"]) : labels;
  }
  if (node.kind === "structConstructorCall") return union(...node.arguments.map((one) => evaluate(state, one)));
  const callee = calleeOf(node);
  const options = node.expression.nodeType === "FunctionCallOptions" ? Object.fromEntries(node.expression.names.map((name, index) => [name, evaluate(state, node.expression.options[index])])) : {};
  const kind = lowLevelOf(node);
  if (kind !== null) return callAddress(state, { node, callee, kind, options });
  const name = callee?.name ?? callee?.memberName ?? "";
  const declared = state.model.byId.get(callee?.referencedDeclaration);
  if (declared?.nodeType === "FunctionDefinition") return callFunction(state, { node, callee, name, declared, options });
  const args = node.arguments.map((one) => evaluate(state, one));
  return callBuiltIn(state, { node, callee, name, args });
}

/** Whether numbers that `from` has are none of `to`; what an address is made of is no number. */
function cuts({ from, to }) {
  const [wide, narrow] = [from, to].map((type) => Number(/^uint(\d+)$/.exec(type)?.[1] ?? 0));
  return narrow > 0 && wide > narrow && narrow < 160;
}

/** `abi.encodePacked` of two values of any length: where one ends and the next begins is lost. */
function runsTogether(node) {
  const callee = node?.nodeType === "FunctionCall" ? calleeOf(node) : null;
  return callee?.memberName === "encodePacked" && node.arguments.filter((one) => /^(string|bytes) (memory|calldata|storage)|\[\] (memory|calldata|storage)/.test(one.typeDescriptions?.typeString ?? "")).length > 1;
}

function callAddress(state, { node, callee, kind, options }) {
  const target = evaluate(state, callee.expression);
  const args = node.arguments.map((one) => evaluate(state, one));
  if (kind === "staticcall") return union(["external"], args[0] ?? NONE);
  if (kind === "delegatecall") return emit(state, node, { kind: "delegate", target, data: args[0] ?? NONE });
  if (kind === "call") return emit(state, node, { kind: "out", call: "call", target, amount: options.value ?? NONE, data: args[0] ?? NONE, hasValue: options.value !== undefined });
  return emit(state, node, { kind: "out", call: kind, target, amount: args[0] ?? NONE, data: NONE, hasValue: true, isChecked: kind === "transfer" ? true : undefined });
}

function callBuiltIn(state, { node, callee, name, args }) {
  const all = union(...args);
  if (name === "require" || name === "assert") {
    emit(state, node, { kind: "check", labels: args[0] ?? NONE, condition: node.arguments[0] });
    use(state, node, args[0] ?? NONE);
    return NONE;
  }
  if (name === "keccak256" || name === "sha256" || name === "ripemd160") return union(all, hasAny(all, "time", "entropy") ? ["hash"] : NONE, runsTogether(node.arguments[0]) ? ["ambiguous"] : NONE);
  if (name === "blockhash") return new Set(["entropy"]);
  if (name === "gasleft") return new Set(["entropy"]);
  if (name === "ecrecover") {
    emit(state, node, { kind: "recover", labels: args[0] ?? NONE });
    return union(all, ["recovered", "raw", "signature"]);
  }
  if (name === "selfdestruct" || name === "suicide") emit(state, node, { kind: "destroy" });
  if (name === "push" || name === "pop") assign(state, { target: callee.expression, by: node, labels: all, operator: name });
  if (callee?.nodeType === "MemberAccess" && !["abi", "bytes", "string"].includes(callee.expression.name ?? "")) return union(all, evaluate(state, callee.expression));
  return callee?.nodeType === "MemberAccess" ? all : use(state, node, all);
}

function callFunction(state, { node, callee, name, declared, options }) {
  const scope = state.model.placeOf.get(declared.id);
  const isAttached = callee.nodeType === "MemberAccess" && declared.parameters.parameters.length === node.arguments.length + 1 && (scope?.contract?.contractKind === "library" || scope?.contract === null);
  const receiver = callee.nodeType === "MemberAccess" && (isAttached || !state.model.isType(callee.expression)) ? evaluate(state, callee.expression) : null;
  const ordered = state.model.orderArguments(node, declared, isAttached);
  const given = ordered.map((one) => evaluate(state, one));
  const args = isAttached ? [receiver ?? NONE, ...given] : given;
  const isExternal = callee.nodeType === "MemberAccess" && scope?.contract?.contractKind !== "library" && scope?.contract !== null && !state.model.isType(callee.expression);
  if (isExternal) return callExternal(state, { node, callee, name, declared, receiver: receiver ?? NONE, args, options });
  const found = state.model.resolveFunction(state, { callee, declared, from: state.stack.at(-1).contract });
  if (found === undefined || !state.model.own.has(found.file)) {
    for (const one of args) use(state, node, one);
    return callPackage({ name, owner: scope?.contract?.contractKind === "library" ? "library" : "self", args, call: node, inherits: (pattern) => state.model.inherits(state.contract, pattern), emit: (event) => emit(state, node, event) });
  }
  if (found.node.body === null || found.node.body === undefined) return union(...args);
  bind(state, found.node.parameters.parameters, args);
  for (const one of found.node.returnParameters?.parameters ?? []) state.env.set(one.id, NONE);
  return runFrom(state, { node, found });
}

/** Remembers where the entry itself calls: that is where its reader looks. */
function runFrom(state, { node, found }) {
  const frame = state.stack.at(-1);
  const isOutermost = state.site === null && frame.isEntry;
  if (isOutermost) state.site = { node, file: frame.file };
  const answer = run(state, found);
  if (isOutermost) state.site = null;
  return answer;
}

const SPOT = /^(getReserves|slot0|getAmount(s)?Out|getAmount(s)?In|get_dy|getSpotPrice|quote)$/;

function callExternal(state, { node, callee, name, declared, receiver, args, options }) {
  const all = union(...args);
  for (const one of args) use(state, node, one);
  if (receiver.has("this") && state.model.own.has(state.model.placeOf.get(declared.id)?.file)) return union(all, ["external"]);
  const isToken = name === "transfer" ? args.length === 2 : name === "transferFrom" && args.length === 3;
  if (isToken) {
    const [from, target, amount] = name === "transfer" ? [new Set(["this"]), ...args] : args;
    return emit(state, node, { kind: "token", call: name, token: receiver, from, target, amount, isChecked: node.typeDescriptions?.typeString === "bool" ? undefined : true });
  }
  const isReading = ["view", "pure"].includes(declared.stateMutability);
  emit(state, node, { kind: "external", name, target: receiver, args, isReading, callee, amount: options.value ?? NONE, hasValue: options.value !== undefined });
  const isSpot = isReading && (SPOT.test(name) || (name === "balanceOf" && !(args[0] ?? NONE).has("this") && !hasAny(args[0] ?? NONE, "sender", "caller")));
  const answers = declared.returnParameters?.parameters[0]?.typeDescriptions?.typeString === "bool" ? askAbout({ args, all: NONE, emit: (event) => emit(state, node, event) }) : NONE;
  const proves = /^(isValid\w*Signature\w*|verify\w*)$/.test(name) ? ["allows", "proof"] : NONE;
  return union(["external"], isSpot ? ["spot"] : NONE, answers, proves, without(all, "allows", "refuses", "caller", "own"));
}
