/** Calls that leave the contract: what they may do in between, whether their end is looked at, whose code they run. */
import { bytesOf, calleeOf, findAll, isMember, lowLevelOf, rootOf, walk, writesIn } from "../tree.mjs";
import { entriesOf, inherits, isProtected, isStateVariable, modifierNames, parametersIn } from "../model.mjs";
import { addImport, addModifier, addParent, REENTRANCY_GUARD, replace } from "../edits.mjs";

export function* checkCalls(model) {
  for (const { file, contract, node: fn } of model.functions) {
    if (fn.body === null || fn.body === undefined) continue;
    yield* checkResults({ model, file, fn });
    yield* checkDelegate({ model, file, contract, fn });
    yield* checkLoop({ file, fn });
  }
  for (const entry of entriesOf(model)) yield* checkReentrancy({ model, ...entry });
}

const HOOKS = /^(_safeMint|safeTransferFrom|safeBatchTransferFrom|sendValue|functionCall\w*)$/;

/** Calls that hand the control over with enough gas to come back. */
function handsOver(call) {
  const kind = lowLevelOf(call);
  if (kind === "call" || kind === "delegatecall") return true;
  const callee = calleeOf(call);
  return callee !== null && HOOKS.test(callee.name ?? callee.memberName ?? "") && !(callee.memberName === "safeTransferFrom" && call.arguments.length === 4 && callee.expression.name === "SafeERC20");
}

/** A call on a contract that the caller named, unless it can only read. */
function callsBack({ fn, call }) {
  const callee = calleeOf(call);
  if (callee?.nodeType !== "MemberAccess" || !(callee.expression.typeDescriptions?.typeString ?? "").startsWith("contract ")) return false;
  const kind = callee.typeDescriptions?.typeString ?? "";
  return parametersIn(fn, callee.expression).length > 0 && kind.includes(" external") && !/ (view|pure)/.test(kind);
}

/** A call of a function of the contract's own that hands the control over. */
function leadsOut(model, call) {
  const called = model.functions.find(({ node }) => node.id === calleeOf(call)?.referencedDeclaration)?.node;
  return called?.body !== undefined && called?.body !== null && !modifierNames(called).some((name) => GUARDS.test(name)) && findAll(called.body, (one) => one.nodeType === "FunctionCall" && handsOver(one)).length > 0;
}

const GUARDS = /^(nonReentrant|noReentran\w*|lock(ed)?|mutex)$/i;

function* checkReentrancy({ model, file, contract, node: fn }) {
  if (modifierNames(fn).some((name) => GUARDS.test(name))) return;
  const calls = findAll(fn.body, (one) => one.nodeType === "FunctionCall" && (handsOver(one) || leadsOut(model, one) || callsBack({ fn, call: one })));
  for (const call of calls) {
    const after = bytesOf(call.src).start;
    const inLoop = isInLoop(fn.body, call);
    const late = stateWrites(model, fn).filter(({ at, variable }) => (at > after || inLoop) && (isRead({ model, fn, variable, before: after }) || isRead({ model, fn: call, variable })));
    const [first] = late;
    if (first === undefined || isLocked({ model, fn, variable: first.variable, call })) continue;
    const name = `${contract.name}.${fn.name || fn.kind}`;
    yield { check: "reentrancy", file, src: call.src, message: `${name} calls out before it writes \`${first.variable.name}\`: who is called can call again and finds the old value.`, fix: mend({ model, file, contract, fn, call, write: first }) };
  }
}

/** Writes to the contract's own variables, also by functions of its own that are called. */
function stateWrites(model, fn) {
  const found = writesIn(fn.body).flatMap(({ target, by }) => {
    const variable = isStateVariable(model, rootOf(target));
    return variable === null ? [] : [{ variable, at: bytesOf(by.src).start, by }];
  });
  walk(fn.body, (call) => {
    const called = call.nodeType === "FunctionCall" ? model.functions.find(({ node }) => node.id === calleeOf(call)?.referencedDeclaration) : undefined;
    if (called === undefined || called.node.id === fn.id || !called.node.body) return;
    for (const { target } of writesIn(called.node.body)) {
      const variable = isStateVariable(model, rootOf(target));
      if (variable !== null) found.push({ variable, at: bytesOf(call.src).start });
    }
  });
  return found;
}

function isRead({ model, fn, variable, before }) {
  const bodies = [fn.body ?? fn];
  // What an internal function reads on the way to the call counts too.
  for (const call of findAll(fn.body ?? fn, (one) => one.nodeType === "FunctionCall")) {
    const called = model.functions.find(({ node }) => node.id === calleeOf(call)?.referencedDeclaration);
    if (called?.node.body && (before === undefined || bytesOf(call.src).start <= before)) bodies.push(called.node.body);
  }
  return bodies.some((body, index) => findAll(body, (one) => one.nodeType === "Identifier" && one.referencedDeclaration === variable.id && (index > 0 || before === undefined || bytesOf(one.src).start <= before)).length > 0);
}

/** A lock of its own: a boolean or number that is asked, set before the call and set back after it. */
function isLocked({ model, fn, variable, call }) {
  const type = variable.typeDescriptions.typeString;
  if (type !== "bool" && !type.startsWith("uint")) return false;
  const places = writesIn(fn.body).filter(({ target }) => target.nodeType === "Identifier" && isStateVariable(model, target)?.id === variable.id).map(({ by }) => bytesOf(by.src).start);
  const at = bytesOf(call.src).start;
  return type === "bool" && places.some((one) => one < at) && places.some((one) => one > at);
}

function isInLoop(body, node) {
  const { start, length } = bytesOf(node.src);
  return findAll(body, (one) => ["ForStatement", "WhileStatement", "DoWhileStatement"].includes(one.nodeType)).some((loop) => {
    const range = bytesOf(loop.src);
    return range.start <= start && start + length <= range.start + range.length;
  });
}

/** The write goes before the call where that is the same but for the order, and the functions are guarded. */
function mend({ model, file, contract, fn, call, write }) {
  const fix = guard({ model, file, contract, variable: write.variable });
  const edits = moveWrite({ model, file, fn, call, write });
  if (edits === null) return fix;
  return fix === undefined ? undefined : { title: `\`${write.variable.name}\` is written before the call, and ${fix.title}`, edits: [...fix.edits, ...edits] };
}

/**
 * Both are statements of one block, only checks that revert lie between them, the call reads nothing that is written, and what
 * is written needs nothing that the call or the checks made.
 */
function moveWrite({ model, file, fn, call, write }) {
  const blocks = findAll(fn.body, (one) => one.nodeType === "Block" || one.nodeType === "UncheckedBlock");
  const block = blocks.find((one) => one.statements.some((statement) => within(call, statement)) && one.statements.some((statement) => within(write.by, statement)));
  if (block === undefined || write.by === undefined) return null;
  const from = block.statements.findIndex((statement) => within(call, statement));
  const to = block.statements.findIndex((statement) => within(write.by, statement));
  const moved = block.statements[to];
  const isPlain = (statement) => statement.nodeType === "ExpressionStatement" && (statement.expression === write.by || statement.expression.id === write.by.id);
  if (to <= from || !(isPlain(moved) || (moved.nodeType === "UncheckedBlock" && moved.statements.length === 1 && isPlain(moved.statements[0])))) return null;
  const between = block.statements.slice(from + 1, to);
  if (!between.every(isCheck)) return null;
  const made = new Set(block.statements.slice(from, to).flatMap((statement) => findAll(statement, (one) => one.nodeType === "VariableDeclaration").map((one) => one.id)));
  const names = (node) => findAll(node, (one) => one.nodeType === "Identifier").map((one) => one.referencedDeclaration);
  if (names(moved).some((id) => made.has(id)) || block.statements.slice(from, to).some((statement) => names(statement).includes(write.variable.id))) return null;
  if (findAll(moved, (one) => one.nodeType === "FunctionCall").length > 0) return null;
  // What an inner function reads on the way, also one that a package calls back, would read the new value.
  const isInner = (node) => node.id !== fn.id && (["internal", "private"].includes(node.visibility) || node.overrides !== undefined);
  if (lowLevelOf(call) === null && model.functions.some(({ node }) => node.body && isInner(node) && names(node.body).includes(write.variable.id))) return null;
  const at = bytesOf(block.statements[from].src).start;
  const { start, length } = bytesOf(moved.src);
  const end = start + length + (readAfter(model, file, moved.src) === ";" ? 1 : 0);
  const text = model.own.get(file).subarray(start, end).toString("utf8");
  return [
    { file, start: at, end: at, text: `${text}\n${indentOf(model, file, at)}` },
    { file, start: lineBreakBefore(model, file, start), end, text: "" },
  ];
}

/** `require(…)`, or an `if` that does nothing but revert. */
function isCheck(statement) {
  if (statement.nodeType === "ExpressionStatement") return calleeOf(statement.expression)?.name === "require";
  if (statement.nodeType !== "IfStatement" || statement.falseBody) return false;
  const inner = statement.trueBody.nodeType === "Block" ? statement.trueBody.statements : [statement.trueBody];
  return inner.length === 1 && (inner[0].nodeType === "RevertStatement" || (inner[0].nodeType === "ExpressionStatement" && calleeOf(inner[0].expression)?.name === "revert"));
}

function within(node, around) {
  if (node === undefined) return false;
  const inner = bytesOf(node.src);
  const outer = bytesOf(around.src);
  return outer.start <= inner.start && inner.start + inner.length <= outer.start + outer.length;
}

/** Where the line break and indent before `at` begin; `at` itself when something stands before it on its line. */
function lineBreakBefore(model, file, at) {
  const blank = /\r?\n[ \t]*$/.exec(model.own.get(file).subarray(Math.max(0, at - 400), at).toString("latin1"));
  return blank === null ? at : at - blank[0].length;
}

function indentOf(model, file, at) {
  const bytes = model.own.get(file);
  const lineStart = bytes.subarray(0, at).lastIndexOf(10) + 1;
  return /^[ \t]*/.exec(bytes.subarray(lineStart, at).toString("utf8"))[0];
}

/** A guard on every function that touches the variable; behind a proxy storage is not added to. */
function guard({ model, file, contract, variable }) {
  if (inherits(model, contract, /^Initializable$/)) return undefined;
  const has = inherits(model, contract, /^ReentrancyGuard/);
  const touching = entriesOf(model).filter(({ contract: other, node }) => other.id === contract.id && !modifierNames(node).includes("nonReentrant") && findAll(node.body, (one) => one.nodeType === "Identifier" && one.referencedDeclaration === variable.id).length > 0);
  if (touching.length === 0) return undefined;
  // A function that others of the contract call would lock itself out.
  const called = new Set(findAll(contract, (one) => one.nodeType === "FunctionCall").map((call) => calleeOf(call)?.referencedDeclaration));
  if (touching.some(({ node }) => called.has(node.id))) return undefined;
  const edits = touching.map(({ node }) => addModifier({ file, fn: node, name: "nonReentrant" }));
  if (!has) edits.push(addImport({ file, tree: model.trees.get(file), text: REENTRANCY_GUARD }), addParent({ file, contract, name: "ReentrancyGuard" }));
  return { title: `nonReentrant on ${touching.map(({ node }) => `\`${node.name || node.kind}\``).join(", ")}`, edits };
}

function* checkResults({ model, file, fn }) {
  const statements = findAll(fn.body, (one) => one.nodeType === "ExpressionStatement" && one.expression.nodeType === "FunctionCall").map((one) => one.expression);
  for (const call of statements) {
    const kind = lowLevelOf(call);
    const text = readSource(model, file, call.src);
    if (kind === "send") {
      yield { check: "unchecked-send", file, src: call.src, message: "The result of send is not looked at: when it fails the contract goes on as if it had not.", fix: { title: "require that send succeeds", edits: [replace({ file, src: call.src, text: `require(${text}, "Send failed")` })] } };
    } else if (kind === "call" || kind === "delegatecall") {
      const edits = [replace({ file, src: call.src, text: `{ (bool success${bytesOf(call.src).start}, ) = ${text}; require(success${bytesOf(call.src).start}, "Call failed"); }` })];
      const after = readAfter(model, file, call.src);
      yield { check: "unchecked-call", file, src: call.src, message: `The result of ${kind} is not looked at: when it fails the contract goes on as if it had not.`, fix: after === ";" ? { title: `require that ${kind} succeeds`, edits: [{ ...edits[0], end: edits[0].end + 1 }] } : undefined };
    } else if (isTokenTransfer(call)) {
      yield { check: "unchecked-transfer", file, src: call.src, message: `The result of ${calleeOf(call).memberName} is not looked at: some tokens answer false in place of reverting.`, fix: { title: "require that the transfer succeeds", edits: [replace({ file, src: call.src, text: `require(${text}, "Transfer failed")` })] } };
    }
  }
}

function isTokenTransfer(call) {
  const callee = calleeOf(call);
  if (callee?.nodeType !== "MemberAccess" || !["transfer", "transferFrom"].includes(callee.memberName) || callee.expression.name === "super") return false;
  return call.typeDescriptions?.typeString === "bool" && (callee.expression.typeDescriptions?.typeString ?? "").startsWith("contract ");
}

function* checkDelegate({ model, file, contract, fn }) {
  if (contract.contractKind !== "contract") return;
  for (const call of findAll(fn.body, (one) => one.nodeType === "FunctionCall" && lowLevelOf(one) === "delegatecall")) {
    const target = calleeOf(call).expression;
    const isInput = parametersIn(fn, target).length > 0;
    if (!isInput || isProtected(model, fn) || fn.kind === "constructor") continue;
    yield { check: "controlled-delegatecall", file, src: call.src, message: `The caller chooses whose code runs as ${contract.name}: it can write anything and take everything.` };
  }
}

function* checkLoop({ file, fn }) {
  for (const loop of findAll(fn.body, (one) => ["ForStatement", "WhileStatement"].includes(one.nodeType))) {
    for (const one of findAll(loop.body, (part) => isMember(part, "msg", "value"))) yield { check: "msg-value-loop", file, src: one.src, message: "msg.value is used in a loop: what was sent once counts in each round." };
  }
}

const readSource = (model, file, src) => {
  const { start, length } = bytesOf(src);
  return model.own.get(file).subarray(start, start + length).toString("utf8");
};
const readAfter = (model, file, src) => {
  const { start, length } = bytesOf(src);
  return model.own.get(file).subarray(start + length, start + length + 1).toString("utf8");
};

