/** Assembly in a trace: variables of Solidity by their names, storage by what names its slot, memory as one place. */
import { bytesOf } from "./tree.mjs";
import { hasAny, NONE, union, variablesOf } from "./labels.mjs";
import { emit, use } from "./trace.mjs";
import { assign, write } from "./trace-values.mjs";

const PLAIN = { caller: "sender", origin: "origin", timestamp: "time", number: "time", prevrandao: "entropy", difficulty: "entropy", coinbase: "entropy", gaslimit: "entropy", callvalue: "value", selfbalance: "balance", address: "this", chainid: "chain", calldataload: "caller" };

export function followAssembly(state, node) {
  const outside = new Map((node.externalReferences ?? []).map((one) => [bytesOf(one.src).start, one]));
  const frame = { outside, locals: new Map(), functions: new Map() };
  for (const one of node.AST.statements) if (one.nodeType === "YulFunctionDefinition") frame.functions.set(one.name, one);
  step(state, frame, node.AST);
}

function step(state, frame, node) {
  if (node === null || node === undefined) return;
  switch (node.nodeType) {
    case "YulBlock":
      return node.statements.forEach((one) => step(state, frame, one));
    case "YulExpressionStatement":
      return void value(state, frame, node.expression);
    case "YulVariableDeclaration": {
      const labels = value(state, frame, node.value);
      for (const { name } of node.variables) frame.locals.set(name, labels);
      return undefined;
    }
    case "YulAssignment": {
      const labels = value(state, frame, node.value);
      for (const one of node.variableNames) set(state, frame, one, labels);
      return undefined;
    }
    case "YulIf":
      ask(state, frame, node.condition, node.body);
      return undefined;
    case "YulSwitch":
      use(state, node, value(state, frame, node.expression));
      state.branches += 1;
      node.cases.forEach((one) => step(state, frame, one.body));
      state.branches -= 1;
      return undefined;
    case "YulForLoop":
      step(state, frame, node.pre);
      state.loops += 1;
      state.branches += 1;
      use(state, node, value(state, frame, node.condition));
      step(state, frame, node.body);
      step(state, frame, node.post);
      state.branches -= 1;
      state.loops -= 1;
      return undefined;
    default:
      return undefined;
  }
}

/** `if iszero(eq(caller(), owner)) { revert(0, 0) }` keeps others out like `require`. */
function ask(state, frame, condition, body) {
  const labels = use(state, condition, value(state, frame, condition));
  const isEnd = body.statements.some((one) => one.nodeType === "YulExpressionStatement" && ["revert", "return", "stop", "invalid"].includes(one.expression.functionName?.name));
  if (isEnd) emit(state, condition, { kind: "check", labels: new Set([...labels].map((label) => (label === "refuses" ? "allows" : label === "allows" ? "refuses" : label))) });
  state.branches += 1;
  step(state, frame, body);
  state.branches -= 1;
}

function set(state, frame, name, labels) {
  const reference = frame.outside.get(bytesOf(name.src).start);
  if (reference === undefined) frame.locals.set(name.name, labels);
  else assign(state, { target: { nodeType: "Identifier", referencedDeclaration: reference.declaration, name: name.name, src: name.src }, by: name, labels, operator: "=" });
}

function readName(state, frame, node) {
  const reference = frame.outside.get(bytesOf(node.src).start);
  if (reference === undefined) return frame.locals.get(node.name) ?? NONE;
  const variable = state.model.byId.get(reference.declaration);
  if (variable?.stateVariable === true) return new Set([variable.constant ? `constant:${variable.id}` : `state:${variable.id}`]);
  return state.env.get(reference.declaration) ?? NONE;
}

function value(state, frame, node) {
  if (node === null || node === undefined) return NONE;
  if (node.nodeType === "YulIdentifier") return readName(state, frame, node);
  if (node.nodeType === "YulLiteral") return /^(0|0x0+)$/.test(node.value ?? "") ? new Set(["zero"]) : NONE;
  if (node.nodeType !== "YulFunctionCall") return NONE;
  const { name } = node.functionName;
  const args = node.arguments.map((one) => value(state, frame, one));
  const all = union(...args);
  if (PLAIN[name] !== undefined) return union([PLAIN[name]], name === "calldataload" ? NONE : all);
  switch (name) {
    case "call":
    case "callcode":
      return emit(state, node, { kind: "out", call: "call", target: args[1], amount: args[2], data: state.memory, hasValue: !args[2].has("zero") || args[2].size > 1 });
    case "delegatecall":
      return emit(state, node, { kind: "delegate", target: args[1], data: state.memory });
    case "staticcall":
      return new Set(["external"]);
    case "selfdestruct":
      emit(state, node, { kind: "destroy" });
      return NONE;
    case "sload":
    case "tload":
      return load(state, node, args[0]);
    case "sstore":
    case "tstore":
      for (const variable of variables(state, args[0])) write(state, { variable, by: node, target: node, keys: NONE, labels: args[1], operator: "=", added: args[1] });
      return NONE;
    case "mstore":
    case "mstore8":
      state.memory = union(state.memory, args[1]);
      return NONE;
    case "calldatacopy":
      state.memory = union(state.memory, ["caller"]);
      return NONE;
    case "mload":
      return union(state.memory, all);
    case "keccak256":
      return union(state.memory, hasAny(state.memory, "time", "entropy") ? ["hash"] : NONE, variablesOf(all));
    case "mod":
    case "and":
      emit(state, node, { kind: "chance", operator: name === "mod" ? "%" : "&", left: args[0], right: args[1] });
      return all;
    case "gas":
    case "blockhash":
      return new Set(["entropy"]);
    case "eq":
      return compare(state, node, { operator: "==", args });
    case "sub":
    case "xor":
      // `if sub(caller(), owner) { revert }`: it is true where they differ.
      return compare(state, node, { operator: "!=", args });
    case "iszero":
      return new Set([...all].map((label) => (label === "refuses" ? "allows" : label === "allows" ? "refuses" : label)));
    default:
      return inner(state, frame, { name, args, all });
  }
}

function compare(state, node, { operator, args }) {
  emit(state, node, { kind: "compare", operator, left: args[0], right: args[1] });
  return state.model.compareLabels({ operator, left: args[0], right: args[1] });
}

function* variables(state, slot) {
  for (const label of variablesOf(slot)) {
    const found = state.model.byId.get(Number(label.slice(label.indexOf(":") + 1)));
    if (found !== undefined) yield found;
  }
}

function load(state, node, slot) {
  const kept = [...variables(state, slot)];
  for (const variable of kept) emit(state, node, { kind: "read", variable, keys: NONE });
  return union(kept.map(({ id }) => `state:${id}`), ...kept.map(({ id }) => state.kept.get(id) ?? NONE), [...slot].filter((label) => label === "sender").length > 0 ? ["own"] : NONE);
}

function inner(state, frame, { name, args, all }) {
  const defined = frame.functions.get(name);
  if (defined === undefined || frame.depth > 8) return all;
  const locals = new Map(frame.locals);
  for (const [index, one] of (defined.parameters ?? []).entries()) locals.set(one.name, args[index] ?? NONE);
  const within = { ...frame, locals, depth: (frame.depth ?? 0) + 1 };
  step(state, within, defined.body);
  return union(...(defined.returnVariables ?? []).map((one) => locals.get(one.name) ?? NONE));
}
