/** Functions that anyone can call and that only some should. */
import { findAll, isTxOrigin } from "../tree.mjs";
import { modifierNames, usesOwnShare } from "../model.mjs";
import { hasAny, isKept, NONE, variablesOf } from "../labels.mjs";
import { addModifier, replace } from "../edits.mjs";
import { isAgreed, isInitializer, setsFreely } from "./conditions.mjs";

const OWNERS = /^_?(owner|admin|governance|governor|operator|minter|treasury|controller|implementation|authority|guardian|keeper|oracle)s?$/i;
const OWNABLE = /^Ownable(2Step)?(Upgradeable)?$/;

export function* checkAccess(model) {
  for (const analysis of model.analyses) {
    const rights = rightsOf(analysis);
    for (const trace of analysis.traces) yield* checkEntry({ model, analysis, trace, rights });
    yield* checkOrigin({ model, analysis });
  }
  yield* checkUpgrades(model);
}

/** Variables that decide who may call: some condition compares the sender with them, or looks the sender up in them. */
function rightsOf({ traces }) {
  const rights = new Set();
  for (const { events } of traces) {
    for (const { kind, left, right, operator } of events) {
      if (kind !== "compare" || !["==", "!=", "[]"].includes(operator)) continue;
      for (const [who, other] of [[left, right], [right, left]]) if (hasAny(who, "sender", "origin")) for (const label of variablesOf(other)) rights.add(label);
    }
  }
  return rights;
}

function* checkEntry({ model, analysis, trace, rights }) {
  const { entry, events } = trace;
  const { node: fn, contract } = entry;
  const name = `${contract.name}.${fn.name || fn.kind}`;
  if (isInitializer(fn)) {
    const found = trace.isProtected ? null : checkInitializer({ model, entry, events, name });
    if (found !== null) yield found;
    if (found !== null || !trace.isProtected) return;
  }
  if (trace.isProtected) return;
  const isOwnable = model.inherits(contract, OWNABLE) && !modifierNames(fn).includes("onlyOwner");
  const fix = isOwnable ? { title: `\`${fn.name || fn.kind}\` may be called by the owner alone`, edits: [addModifier({ file: entry.file, fn, name: "onlyOwner" })] } : undefined;
  const isOwnShare = usesOwnShare(trace);
  const takes = events.filter(({ kind, call }) => kind === "token" && call === "transferFrom");
  const context = { model, analysis, trace, name, fix, isOwnShare, takes, rights };
  for (const event of events.filter(({ isGuarded }) => !isGuarded)) {
    for (const found of checkEvent({ ...context, event })) yield { file: event.file, src: event.node.src, ...found };
  }
}

function* checkEvent({ model, analysis, trace, event, name, fix, isOwnShare, takes, rights }) {
  const { kind } = event;
  const { node: fn } = trace.entry;
  if (kind === "destroy") yield { check: "unprotected-selfdestruct", message: `Anyone can destroy the contract with ${name}.`, fix };
  if (kind === "inner") yield* checkInner({ model, analysis, trace, event, name, fn, isOwnShare, takes, fix });
  if (kind === "out" && event.call !== "hook" && !isOwnShare && takesFreely(event) && !keepsBooks({ trace, event })) yield { check: "open-withdraw", message: `Anyone can take the contract's ether with ${name}.`, fix };
  if (kind === "out" && event.call === "call" && chosen(event.target) && chosen(event.data) && keepsSomething(analysis)) yield { check: "arbitrary-call", message: `The caller of ${name} chooses whom the contract calls, and with what: it can be made to hand over all it has, or was allowed to take.` };
  if (kind === "token" && event.call === "transfer" && !isOwnShare && takes.length === 0 && isTheirs(event.target) && (chosen(event.amount) || event.amount.has("external")) && !event.token.has("sender")) yield { check: "open-withdraw", message: `Anyone can take the contract's tokens with ${name}.`, fix };
  if (kind === "token" && event.call === "transferFrom" && chosen(event.from) && !event.from.has("own") && !isAgreed({ analysis, trace, event })) yield { check: "arbitrary-transfer-from", message: `${name} takes tokens from whoever the caller names: who has approved the contract can be robbed.` };
  if (kind === "write") yield* checkWrite({ trace, event, name, rights, isOwnShare, takes });
  if (kind === "write" && setsPayee({ analysis, trace, event })) yield { check: "open-setter", message: `Anyone can set \`${event.variable.name}\` with ${name}, and that is who is paid.` };
  if (kind === "write" && setsPrice({ analysis, trace, event })) yield { check: "open-setter", message: `Anyone can set \`${event.variable.name}\` with ${name}, and what is paid hangs on it.` };
}

/** A number that the caller names, in a function that does nothing else; elsewhere it decides what is paid in or out. */
function setsPrice({ analysis, trace, event: { variable, operator, labels } }) {
  if (operator !== "=" || !chosen(labels) || !/^uint\d*$/.test(variable.typeDescriptions?.typeString ?? "") || trace.entry.node.stateMutability === "payable") return false;
  if (trace.events.some(({ kind, labels: asked }) => ["out", "token", "inner", "external", "spends", "delegate"].includes(kind) || (kind === "check" && isKept(asked)))) return false;
  const label = `state:${variable.id}`;
  return analysis.traces.some((other) => other !== trace && other.events.some((one) => (one.kind === "compare" && ((one.left.has("value") && one.right.has(label)) || (one.right.has("value") && one.left.has(label)))) || (["out", "token"].includes(one.kind) && one.amount.has(label))));
}

/** An address, or a list of them, that the caller names for nothing, and that ether or tokens go to. */
function setsPayee({ analysis, trace, event: { variable, operator, labels } }) {
  if (operator !== "=" || !chosen(labels) || !/^(address( payable)?|contract \w+)(\[\d*\])?$/.test((variable.typeDescriptions?.typeString ?? "").replace(/ storage ref$/, "")) || trace.entry.node.stateMutability === "payable") return false;
  if (trace.events.some(({ kind, labels: asked }) => ["spends", "token"].includes(kind) || (kind === "check" && isKept(asked)))) return false;
  return analysis.traces.some(({ events }) => events.some((one) => ["out", "token"].includes(one.kind) && one.call !== "hook" && one.target.has(`state:${variable.id}`)));
}

const chosen = (labels) => labels.has("caller") && !hasAny(labels, "sender", "proof");
const isTheirs = (labels) => hasAny(labels, "sender", "caller", "origin") && !labels.has("proof");

/** The amount is the contract's balance or what the caller names, and it goes to the caller or to whom the caller names. */
const takesFreely = ({ target, amount }) => isTheirs(target) && hasAny(amount, "balance", "caller") && !hasAny(amount, "value", "own");

/** What somebody is due is counted under their name, whoever asks for it to be paid. */
const keepsBooks = ({ trace, event }) => isKept(event.amount) && trace.events.some(({ kind, keys, order }) => kind === "write" && keys.has("caller") && order < event.order);

/** Whether a call in its name could do harm: it holds ether or tokens, or may take tokens. */
const keepsSomething = ({ traces, contract }) => traces.some(({ entry, events }) => entry.node.stateMutability === "payable" || events.some(({ kind }) => kind === "token")) || contract.nodes.some((one) => one.nodeType === "FunctionDefinition" && one.kind === "constructor" && one.stateMutability === "payable");

function* checkInner({ model, analysis, trace, event, name, fn, isOwnShare, takes, fix }) {
  const called = event.name;
  const { contract } = analysis;
  if (/^_(safe)?mint(Batch)?$/i.test(called) && fn.stateMutability !== "payable" && !isOwnShare && takes.length === 0) {
    const amount = called === "_safeMint" || (called === "_mint" && model.inherits(contract, /^ERC721/)) ? event.args[1] : called === "_mint" && model.inherits(contract, /^ERC1155/) ? event.args[2] : event.args[1];
    const any = amount ?? event.args[0] ?? NONE;
    if (any.has("caller")) yield { check: "open-mint", message: `Anyone can make tokens with ${name}, as many as they like.` };
  }
  if (/^_burn(Batch)?$/.test(called) && (event.args[0] ?? NONE).has("caller") && !spends(trace) && model.inherits(contract, /^ERC(20|1155)(Upgradeable)?$/)) yield { check: "open-burn", message: `Anyone can burn anyone's tokens with ${name}.` };
  if (/^(_transferOwnership|_grantRole|_setRoleAdmin)$/.test(called) && event.args.some((one) => hasAny(one, "caller", "sender"))) yield { check: "open-setter", message: `Anyone can give rights away with ${name}.`, fix };
  if (/^_(transfer|update)$/.test(called) && (event.args[0] ?? NONE).has("caller") && fn.name !== "_update" && model.inherits(contract, /^ERC20(Upgradeable)?$/) && !spends(trace)) yield { check: "allowance-bypassed", message: `${name} moves tokens of whoever the caller names, and there is a way through it on which no allowance is spent.` };
}

/** What belongs to others is spent by allowance, on every way through. */
const spends = ({ events }) => events.some((one) => one.isUnconditional && (one.kind === "inner" ? /^_(spendAllowance|checkAuthorized)$/.test(one.name) : one.kind === "write" && one.keys.has("sender") && ["-=", "="].includes(one.operator)));

function checkInitializer({ model, entry, events, name }) {
  const { file, contract, node: fn } = entry;
  if (modifierNames(fn).some((one) => /initializ/i.test(one))) return null;
  const written = new Set(events.filter(({ kind }) => kind === "write").map(({ variable }) => variable.id));
  const gives = events.some(({ kind }) => kind === "inner" || kind === "delegate");
  if (written.size === 0 && !gives) return null;
  // `require(!initialized)` and the like: it asks something that it then writes.
  const asks = events.some(({ kind, labels }) => kind === "check" && [...written].some((id) => labels.has(`state:${id}`)));
  if (asks) return null;
  const canFix = model.inherits(contract, /^Initializable$/);
  return { check: "unprotected-initializer", file, src: fn.nameLocation, message: `Anyone can call ${name}, again and again: it has neither a guard nor the modifier \`initializer\`.`, fix: canFix ? { title: `\`${fn.name}\` runs once (initializer)`, edits: [addModifier({ file, fn, name: "initializer" })] } : undefined };
}

function* checkWrite({ trace, event, name, rights, isOwnShare, takes }) {
  const { variable, keys, labels, operator, added } = event;
  const isMapping = (variable.typeDescriptions?.typeString ?? "").startsWith("mapping");
  const isGiven = hasAny(labels, "caller", "sender") && !hasAny(labels, "proof", "own");
  if (!isMapping && operator === "=" && isGiven) {
    // What is set once, or paid for, may be anyone's: an auction's leader, a claimed name.
    const asks = trace.entry.node.stateMutability === "payable" || trace.events.some(({ kind, labels: asked }) => kind === "check" && isKept(asked));
    if (OWNERS.test(variable.name) ? !asks || labels.has("caller") : rights.has(`state:${variable.id}`) && !asks) yield { check: "open-setter", message: `Anyone can set \`${variable.name}\` with ${name}.` };
  }
  if (isMapping && rights.has(`state:${variable.id}`) && keys.has("caller") && !keys.has("sender") && /bool\)*$/.test(variable.typeDescriptions?.typeString ?? "") && !trace.events.some(({ kind, labels: asked }) => kind === "check" && isKept(asked)) && trace.entry.node.stateMutability !== "payable") {
    yield { check: "open-setter", message: `Anyone can give rights away with ${name}: it writes \`${variable.name}\`.` };
  }
  // A balance that somebody keeps by hand goes up by what the caller says, and nothing goes down for it.
  const isBalance = isMapping && /^mapping\(address( \w+)? => uint\d*/.test(variable.typeDescriptions?.typeString ?? "");
  if (operator === "+=" && isBalance && keys.has("caller") && added.has("caller") && !isOwnShare && takes.length === 0 && trace.entry.node.stateMutability !== "payable" && !trace.events.some((one) => one.kind === "write" && ["-=", "--", "delete"].includes(one.operator)) && !trace.events.some(({ kind }) => kind === "spends")) {
    yield { check: "open-mint", message: `Anyone can raise anyone's balance with ${name}, by as much as they like.` };
  }
}

function* checkUpgrades(model) {
  for (const { traces, contract } of model.analyses) {
    const [hook] = contract.linearizedBaseContracts.flatMap((id) => model.functions.filter((one) => one.contract.id === id && one.node.name === "_authorizeUpgrade" && one.node.body));
    if (hook !== undefined && !model.protects(contract, hook)) {
      const fix = model.inherits(contract, OWNABLE) ? { title: "only the owner may upgrade", edits: [addModifier({ file: hook.file, fn: hook.node, name: "onlyOwner" })] } : undefined;
      yield { check: "unprotected-upgrade", file: hook.file, src: hook.node.nameLocation, message: `Anyone can replace the code of ${contract.name}: _authorizeUpgrade asks nobody.`, fix };
    }
    // Code that the contract keeps and runs as its own: who writes its address owns the contract.
    for (const { node, file, target } of traces.flatMap(({ events }) => events.filter(({ kind }) => kind === "delegate"))) {
      const setter = traces.find((trace) => setsFreely({ trace, target }));
      if (setter !== undefined) yield { check: "controlled-delegatecall", file, src: node.src, message: `Anyone can choose whose code runs as ${contract.name}, with ${setter.entry.contract.name}.${setter.entry.node.name || setter.entry.node.kind}.` };
    }
  }
}

const TOLD = "tx.origin decides who may call: a contract that the owner is led to call passes it.";

function* checkOrigin({ model, analysis }) {
  const { traces, contract } = analysis;
  for (const { events } of traces) {
    for (const { kind, node, file, left, right, operator, condition } of events) {
      if (kind !== "compare" || !["==", "!=", "[]"].includes(operator)) continue;
      const side = [left, right].find((labels) => labels.has("origin"));
      const other = side === left ? right : left;
      // `tx.origin == msg.sender` asks whether the caller is a contract, which is another question.
      if (side === undefined || side.has("sender") || hasAny(other, "sender", "origin", "caller") || !(isKept(other) || hasAny(other, "own", "external", "this"))) continue;
      yield { check: "tx-origin", file, src: node.src, message: TOLD, fix: mendOrigin({ model, file, node: condition ?? node }) };
    }
  }
  for (const { file, contract: owner, node } of model.functions) {
    if (!contract.linearizedBaseContracts.includes(owner.id) || node.name !== "_msgSender" || !node.body) continue;
    const [origin] = findAll(node.body, isTxOrigin);
    if (origin !== undefined) yield { check: "tx-origin", file, src: origin.src, message: `${TOLD} _msgSender answers for every modifier of the contract.`, fix: { title: "msg.sender in place of tx.origin", edits: [replace({ file, src: origin.src, text: "msg.sender" })] } };
  }
}

/** In the comparison itself; or, where it was handed on, at the only place of the file that asks for it. */
function mendOrigin({ model, file, node }) {
  const here = findAll(node, isTxOrigin);
  const all = findAll(model.trees.get(file), isTxOrigin);
  const [origin] = here.length === 1 ? here : all.length === 1 ? all : [];
  return origin === undefined ? undefined : { title: "msg.sender in place of tx.origin", edits: [replace({ file, src: origin.src, text: "msg.sender" })] };
}
