/** Calls that leave the contract: what they may do in between, whether their end is looked at, whose code they run. */
import { bytesOf, calleeOf, findAll, lowLevelOf } from "../tree.mjs";
import { calledIn } from "../model.mjs";
import { hasAny, NONE, variablesOf } from "../labels.mjs";
import { addImport, addModifier, addParent, readAfter, readSource, REENTRANCY_GUARD, replace } from "../edits.mjs";
import { areExclusive, isLock, lockOf } from "./conditions.mjs";
import { moveWrite } from "./move-write.mjs";

export function* checkCalls(model) {
  for (const { file, node: fn } of model.functions) if (fn.body) yield* checkStatements({ model, file, fn });
  for (const analysis of model.analyses) {
    for (const trace of analysis.traces) {
      yield* checkReentrancy({ model, analysis, trace });
      yield* checkResults({ model, trace });
      yield* checkDelegate({ analysis, trace });
      yield* checkBlocking({ trace });
      if (trace.entry.node.stateMutability === "payable") for (const { node, file } of trace.events.filter(({ kind, inLoop }) => kind === "delegate" && inLoop)) yield { check: "delegatecall-loop", file, src: node.src, message: "delegatecall in a loop of a payable function: each round finds the same msg.value, which was sent once." };
      for (const { node, file } of trace.events.filter(({ kind, inLoop }) => kind === "message-value" && inLoop)) yield { check: "msg-value-loop", file, src: node.src, message: "msg.value is used in a loop: what was sent once counts in each round." };
    }
  }
}

/** Functions of tokens and others that call back whom they give to. */
const CALLS_BACK = /^(send|operatorSend|safeTransferFrom|safeBatchTransferFrom|safeMint|flashLoan|on[A-Z]\w*)$/;

/** Hands the control over with enough gas to come back. */
function handsOver({ analysis, event: { kind, call, target, token, name, hasValue, isReading } }) {
  if (kind === "out") return ["call", "sendValue", "hook"].includes(call);
  if (kind === "delegate") return true;
  if (kind === "token") return isAnyones({ analysis, labels: token });
  return kind === "external" && !isReading && (hasValue || CALLS_BACK.test(name) || isAnyones({ analysis, labels: target }));
}

/** A contract that the caller names, or that anyone could have put down before. */
function isAnyones({ analysis, labels }) {
  if (labels.has("caller")) return true;
  const kept = variablesOf(labels);
  return kept.length > 0 && analysis.traces.some(({ isProtected, events }) => !isProtected && events.some((one) => one.kind === "write" && kept.includes(`state:${one.variable.id}`) && one.labels.has("caller") && putsDown(one)));
}

/** A whole entry, or an address in it; numbers in the same entry say nothing of its addresses. */
const putsDown = ({ operator, target }) => operator === "push" || (operator === "=" && /^(struct|contract|address)\b/.test(target?.typeDescriptions?.typeString ?? ""));

function* checkReentrancy({ model, analysis, trace }) {
  const { entry, events } = trace;
  for (const call of events.filter((event) => handsOver({ analysis, event }))) {
    const late = events.filter((one) => one.kind === "write" && (one.order > call.order || (call.inLoop && one.inLoop)) && !areExclusive(one, call) && isReadBefore({ events, variable: one.variable, call }));
    const write = late.find(({ variable }) => !isLock({ events, variable, call }));
    if (write === undefined) continue;
    const { variable } = write;
    const others = openOthers({ analysis, trace, call, variable });
    const isLocked = trace.isLocked || late.some((one) => isLock({ events, variable: one.variable, call })) || lockOf({ events, call }) !== undefined;
    const name = `${entry.contract.name}.${entry.node.name || entry.node.kind}`;
    const place = { file: call.site.file, src: call.site.node.src };
    if (isLocked || isAmongTrusted({ trace, call })) {
      const rate = isLocked ? findRate({ analysis, variable }) : undefined;
      if (others.length === 0 && rate === undefined) continue;
      const where = others.length > 0 ? `calls ${others.map(({ entry: other }) => `\`${other.node.name || other.node.kind}\``).join(", ")} in between` : `asks \`${rate.entry.node.name}\` in between`;
      yield { check: "reentrancy", ...place, message: `${name} calls out before it writes \`${variable.name}\`: who ${where} finds the old value.`, fix: others.length > 0 ? guard({ model, analysis, trace, variable }) : undefined };
      continue;
    }
    yield { check: "reentrancy", ...place, message: `${name} calls out before it writes \`${variable.name}\`: who is called can call again and finds the old value.`, fix: mend({ model, analysis, trace, call, write }) };
  }
}

const isReadBefore = ({ events, variable, call }) => events.some((one) => one.kind === "read" && one.variable.id === variable.id && one.order < call.order);

/** Only one whom the contract trusts may call it, and it is not them who are called. */
function isAmongTrusted({ trace, call }) {
  if (!trace.isProtected || hasAny(call.target ?? NONE, "sender", "origin")) return false;
  const checks = trace.events.filter(({ kind, labels, isUnconditional }) => kind === "check" && isUnconditional && labels.has("allows"));
  const asked = new Set(checks.flatMap(({ labels }) => variablesOf(labels)));
  return checks.some(({ labels }) => !hasAny(labels, "own", "recovered", "proof", "external")) && !variablesOf(call.target ?? NONE).some((label) => asked.has(label));
}

/** Functions through which someone could come in while the call is under way, and that use the variable. */
function openOthers({ analysis, trace, call, variable }) {
  const lock = lockOf({ events: trace.events, call });
  return analysis.traces.filter((other) => {
    if (other === trace || other.isLocked || other.isProtected) return false;
    if (lock !== undefined && other.events.some((one) => one.kind === "check" && one.labels.has(`state:${lock.id}`))) return false;
    return other.events.some((one) => one.kind === "write" && one.variable.id === variable.id && (one.operator !== "+=" || other.entry.node.stateMutability !== "payable"));
  });
}

/** A view that makes a rate of the variable: others' prices hang on it. */
function findRate({ analysis, variable }) {
  return analysis.views.find(({ events }) => events.some((one) => one.kind === "arithmetic" && one.operator === "/" && [one.left, one.right].some((side) => side.has(`state:${variable.id}`) || (variable.id === "holdings" && side.has("supply"))) && [one.left, one.right].some((side) => hasAny(side, "balance", "external"))));
}

/** The write goes before the call where that is the same but for the order, and the functions are guarded. */
function mend({ model, analysis, trace, call, write }) {
  const fix = guard({ model, analysis, trace, variable: write.variable });
  const { file, node: fn } = trace.entry;
  const edits = call.file === file && write.file === file ? moveWrite({ model, file, fn, call: call.node, write: { variable: write.variable, by: write.node } }) : null;
  if (edits === null) return fix;
  return fix === undefined ? undefined : { title: `\`${write.variable.name}\` is written before the call, and ${fix.title}`, edits: [...fix.edits, ...edits] };
}

/** A guard on every function that touches the variable; behind a proxy storage is not added to. */
function guard({ model, analysis, trace, variable }) {
  const { contract, file } = trace.entry;
  if (model.inherits(analysis.contract, /^Initializable$/)) return undefined;
  const touching = analysis.traces.filter((one) => !one.isLocked && one.events.some(({ kind, variable: other }) => (kind === "read" || kind === "write") && other.id === variable.id)).map(({ entry }) => entry);
  if (touching.length === 0 || touching.some((one) => one.contract.id !== contract.id)) return undefined;
  // A function that others of the contract call would lock itself out.
  const called = new Set([...calledIn(contract), ...calledIn(analysis.contract)]);
  if (touching.some(({ node }) => called.has(node.id))) return undefined;
  const edits = touching.map(({ node }) => addModifier({ file, fn: node, name: "nonReentrant" }));
  if (!model.inherits(contract, /^ReentrancyGuard/)) edits.push(addImport({ file, tree: model.trees.get(file), text: REENTRANCY_GUARD }), addParent({ file, contract, name: "ReentrancyGuard" }));
  return { title: `nonReentrant on ${touching.map(({ node }) => `\`${node.name || node.kind}\``).join(", ")}`, edits };
}

const UNLOOKED = {
  send: ["unchecked-send", "The result of send is not looked at: when it fails the contract goes on as if it had not."],
  transfer: ["unchecked-transfer", "The result of transfer is not looked at: some tokens answer false in place of reverting."],
  transferFrom: ["unchecked-transfer", "The result of transferFrom is not looked at: some tokens answer false in place of reverting."],
};

/** Results that nobody looks at on any way: kept in a variable, handed back by an inner function, dropped in assembly. */
function* checkResults({ model, trace }) {
  for (const event of trace.events.filter(({ result, isChecked, kind }) => result !== undefined && isChecked !== true && kind !== "result-used")) {
    const word = event.kind === "delegate" ? "delegatecall" : event.call;
    const [check, message] = (event.kind === "token" || word === "send" ? UNLOOKED[word] : undefined) ?? ["unchecked-call", `The result of ${word} is not looked at: when it fails the contract goes on as if it had not.`];
    yield { check, file: event.file, src: event.node.src, message, fix: lookAt({ model, event, word }) };
  }
}

/** `(bool done, ) = …;` → `require(done, …);` behind it. */
function lookAt({ model, event, word }) {
  const statement = findAll(event.fn.body, (one) => one.nodeType === "VariableDeclarationStatement" && one.initialValue?.id === event.node.id && event.node.id !== undefined)[0];
  const name = statement?.declarations[0]?.name;
  if (name === undefined || name === "" || readAfter(model, event.file, statement.src) !== ";") return undefined;
  const { start, length } = bytesOf(statement.src);
  return { title: `require that ${word} succeeds`, edits: [{ file: event.file, start: start + length + 1, end: start + length + 1, text: ` require(${name}, "${word === "send" ? "Send" : word.startsWith("transfer") ? "Transfer" : "Call"} failed");` }] };
}

function* checkDelegate({ analysis, trace }) {
  if (trace.isProtected) return;
  for (const { node, file, target, isGuarded } of trace.events.filter(({ kind }) => kind === "delegate")) {
    if (!isGuarded && target.has("caller") && !hasAny(target, "proof", "this")) yield { check: "controlled-delegatecall", file, src: node.src, message: `The caller chooses whose code runs as ${analysis.contract.name}: it can write anything and take everything.` };
  }
}

function* checkStatements({ model, file, fn }) {
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

/** Who was put in this place before is paid by whoever comes next: one that takes no ether stops all. */
function* checkBlocking({ trace: { events, entry, isProtected } }) {
  if (isProtected) return;
  const places = new Set(events.filter(({ kind, labels, variable }) => kind === "write" && labels.has("sender") && !(variable.typeDescriptions?.typeString ?? "").startsWith("mapping")).map(({ variable }) => `state:${variable.id}`));
  for (const { node, file } of events.filter(({ kind, call, target, isChecked }) => kind === "out" && call !== "hook" && isChecked === true && variablesOf(target).some((label) => places.has(label)))) yield { check: "payment-blocks", file, src: node.src, message: `${entry.contract.name}.${entry.node.name || entry.node.kind} pays whoever was there before: a contract that takes no ether stays for ever.` };
}
