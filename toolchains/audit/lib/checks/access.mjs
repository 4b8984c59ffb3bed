/** Functions that anyone can call and that only some should. */
import { calleeOf, findAll, isMember, isSender, isTxOrigin, lowLevelOf, optionOf, rootOf, strip, writesIn } from "../tree.mjs";
import { entriesOf, inherits, isProtected, isStateVariable, modifierNames, parametersIn, reach, usesOwnShare } from "../model.mjs";
import { addModifier, replace } from "../edits.mjs";

const OWNERS = /^_?(owner|admin|governance|governor|operator|minter|treasury|controller|implementation|authority|guardian|keeper|oracle)s?$/i;

export function* checkAccess(model) {
  for (const entry of entriesOf(model)) {
    const { file, contract, node: fn } = entry;
    const own = inherits(model, contract, /^Ownable(Upgradeable)?$/) ? { title: `\`${fn.name || fn.kind}\` may be called by the owner alone`, edits: [addModifier({ file, fn, name: "onlyOwner" })] } : undefined;
    if (isProtected(model, fn)) continue;
    const bodies = reach(model, fn).filter(({ id }) => isOwn(model, id, fn));
    const calls = bodies.flatMap(({ body }) => (body ? findAll(body, (one) => one.nodeType === "FunctionCall") : []));
    const name = `${contract.name}.${fn.name || fn.kind}`;
    if (isInitializer(fn)) {
      const found = checkInitializer({ model, entry, name });
      if (found !== null) yield found;
      continue;
    }
    for (const call of calls) {
      const callee = calleeOf(call);
      const called = callee?.name ?? callee?.memberName ?? "";
      if (called === "selfdestruct" || called === "suicide") yield { check: "unprotected-selfdestruct", file, src: call.src, message: `Anyone can destroy the contract with ${name}.`, fix: own };
      if (isOpenMint({ model, fn, call, callee, called })) yield { check: "open-mint", file, src: call.src, message: `Anyone can make tokens with ${name}, as many as they like.` };
      if (called === "_burn" && parametersIn(fn, call.arguments[0]).length > 0 && !calls.some((other) => /_spendAllowance|_isAuthorized|_checkAuthorized|isApproved/.test(calleeOf(other)?.name ?? "")) && inherits(model, contract, /^ERC(20|1155)(Upgradeable)?$/)) {
        yield { check: "open-burn", file, src: call.src, message: `Anyone can burn anyone's tokens with ${name}.` };
      }
      if (sendsEther(call) && !usesOwnShare(model, fn) && takesFreely({ fn, call })) yield { check: "open-withdraw", file, src: call.src, message: `Anyone can take the contract's ether with ${name}.`, fix: own };
      if (sendsTokens({ fn, call, callee, called }) && !usesOwnShare(model, fn)) yield { check: "open-withdraw", file, src: call.src, message: `Anyone can take the contract's tokens with ${name}.`, fix: own };
      const from = takenFrom({ call, callee, called });
      if (from !== null && isForeign({ fn, from })) yield { check: "arbitrary-transfer-from", file, src: call.src, message: `${name} takes tokens from whoever the caller names: who has approved the contract can be robbed.` };
    }
    yield* checkSetter({ model, entry, bodies, name });
    yield* checkCredit({ model, entry, calls, name });
  }
  yield* checkUpgrades(model);
  yield* checkOrigin(model);
}

const isOwn = (model, id, fn) => id === fn.id || model.functions.some(({ node }) => node.id === id);

const isInitializer = (fn) => /^(initialize\w*|init|__\w+_init|setup)$/i.test(fn.name);

function checkInitializer({ model, entry, name }) {
  const { file, contract, node: fn } = entry;
  const guards = modifierNames(fn);
  if (guards.some((one) => /initializ/i.test(one))) return null;
  // `require(!initialized)` and the like: it asks something that it then writes.
  const written = new Set(writesIn(fn.body).map(({ target }) => rootOf(target)?.referencedDeclaration));
  const asks = findAll(fn.body, (one) => (one.nodeType === "FunctionCall" && calleeOf(one)?.name === "require") || one.nodeType === "IfStatement").some((one) => findAll(one.condition ?? one.arguments, (part) => part.nodeType === "Identifier" && written.has(part.referencedDeclaration)).length > 0);
  if (asks || (written.size === 0 && !findAll(fn.body, (one) => one.nodeType === "FunctionCall").length)) return null;
  const canFix = inherits(model, contract, /^Initializable$/);
  return { check: "unprotected-initializer", file, src: fn.nameLocation, message: `Anyone can call ${name}, again and again: it has neither a guard nor the modifier \`initializer\`.`, fix: canFix ? { title: `\`${fn.name}\` runs once (initializer)`, edits: [addModifier({ file, fn, name: "initializer" })] } : undefined };
}

function isOpenMint({ model, fn, call, callee, called }) {
  if (!["_mint", "_safeMint", "_mintBatch"].includes(called) || callee.nodeType !== "Identifier") return false;
  if (fn.stateMutability === "payable" || usesOwnShare(model, fn)) return false;
  const definition = model.byId.get(callee.referencedDeclaration);
  const index = definition?.parameters.parameters.findIndex((one) => /^(value|amount|values|amounts|tokenId|quantity)$/.test(one.name)) ?? -1;
  // What comes in through a transfer is paid for.
  if (findAll(fn.body, (one) => one.nodeType === "FunctionCall" && /^(safe)?transferFrom$/i.test(calleeOf(one)?.memberName ?? "")).length > 0) return false;
  return index < 0 ? parametersIn(fn, call).length > 0 : parametersIn(fn, call.arguments[index] ?? call).length > 0;
}

function sendsEther(call) {
  const kind = lowLevelOf(call);
  return kind === "send" || kind === "transfer" || (kind === "call" && optionOf(call, "value") !== null);
}

/** The amount is the contract's balance or what the caller names, and it goes to the caller or to whom the caller names. */
function takesFreely({ fn, call }) {
  const callee = calleeOf(call);
  const amount = optionOf(call, "value") ?? call.arguments[0];
  const isAll = findAll(amount, (one) => one.nodeType === "MemberAccess" && one.memberName === "balance" && strip(one.expression)?.name === "this").length > 0;
  const target = strip(callee.expression);
  const isTheirs = isSender(target) || parametersIn(fn, target).length > 0 || isTxOrigin(target);
  return isTheirs && (isAll || parametersIn(fn, amount).length > 0) && findAll(amount, (one) => isMember(one, "msg", "value")).length === 0;
}

/** Tokens that the contract has go to the caller or to whom the caller names, all of them or as many as the caller says. */
function sendsTokens({ fn, call, callee, called }) {
  if (callee?.nodeType !== "MemberAccess" || !["transfer", "safeTransfer"].includes(called) || callee.expression.name === "super") return false;
  if (!/ERC20/.test(callee.expression.typeDescriptions?.typeString ?? "") || call.arguments.length < 2) return false;
  const [target, amount] = call.arguments.slice(-2);
  const isAll = findAll(amount, (one) => one.nodeType === "FunctionCall" && calleeOf(one)?.memberName === "balanceOf" && strip(one.arguments[0])?.name === "this").length > 0;
  return (isSender(target) || parametersIn(fn, target).length > 0) && (isAll || parametersIn(fn, amount).length > 0) && findAll(fn.body, (one) => one.nodeType === "FunctionCall" && /^(safe)?transferFrom$/i.test(calleeOf(one)?.memberName ?? "")).length === 0;
}

/** A balance that somebody keeps by hand goes up by what the caller says, and nothing goes down for it. */
function* checkCredit({ model, entry, calls, name }) {
  const { file, node: fn } = entry;
  if (fn.stateMutability === "payable" || usesOwnShare(model, fn) || calls.some((call) => /^(safe)?transferFrom$/i.test(calleeOf(call)?.memberName ?? ""))) return;
  const writes = writesIn(fn.body);
  if (writes.some(({ by }) => by.operator === "-=" || by.operator === "--" || by.operator === "delete")) return;
  for (const { target, by } of writes) {
    if (by.operator !== "+=" || target.nodeType !== "IndexAccess" || target.indexExpression.typeDescriptions?.typeString !== "address" || isStateVariable(model, rootOf(target)) === null) continue;
    if (parametersIn(fn, target.indexExpression).length > 0 && parametersIn(fn, by.rightHandSide).length > 0) {
      yield { check: "open-mint", file, src: by.src, message: `Anyone can raise anyone's balance with ${name}, by as much as they like.` };
    }
  }
}

/** Whom a call on a token takes from; null: it is no such call. */
function takenFrom({ call, callee, called }) {
  if (callee?.nodeType !== "MemberAccess" || callee.expression.name === "super") return null;
  if (called === "transferFrom" && call.arguments.length === 3) return call.arguments[0];
  // SafeERC20's takes the token first, unless it is attached to it by `using for`.
  if (called === "safeTransferFrom" && /ERC20/.test(callee.expression.typeDescriptions?.typeString ?? "")) return call.arguments[call.arguments.length - 3];
  return null;
}

const isForeign = ({ fn, from }) => !isSender(from) && strip(from)?.name !== "this" && parametersIn(fn, from).length > 0;

function* checkSetter({ model, entry, bodies, name }) {
  const { file, node: fn } = entry;
  for (const { body } of bodies) {
    for (const { target, by } of body ? writesIn(body) : []) {
      const variable = target.nodeType === "Identifier" ? isStateVariable(model, target) : null;
      if (variable === null || !OWNERS.test(variable.name) || by.nodeType !== "Assignment") continue;
      if (parametersIn(fn, by.rightHandSide).length > 0 || isSender(by.rightHandSide)) {
        yield { check: "open-setter", file, src: by.src, message: `Anyone can set \`${variable.name}\` with ${name}.` };
      }
    }
    for (const call of body ? findAll(body, (one) => one.nodeType === "FunctionCall") : []) {
      const callee = calleeOf(call);
      if (callee?.nodeType === "Identifier" && /^(_transferOwnership|_grantRole|_setRoleAdmin)$/.test(callee.name) && parametersIn(fn, call).length > 0) {
        yield { check: "open-setter", file, src: call.src, message: `Anyone can give rights away with ${name}.` };
      }
    }
  }
}

function* checkUpgrades(model) {
  for (const { file, contract, node: fn } of model.functions) {
    if (fn.name !== "_authorizeUpgrade" || fn.body === null || fn.body === undefined || isProtected(model, fn)) continue;
    const fix = inherits(model, contract, /^Ownable(Upgradeable)?$/) ? { title: "only the owner may upgrade", edits: [addModifier({ file, fn, name: "onlyOwner" })] } : undefined;
    yield { check: "unprotected-upgrade", file, src: fn.nameLocation, message: `Anyone can replace the code of ${contract.name}: _authorizeUpgrade asks nobody.`, fix };
  }
}

function* checkOrigin(model) {
  for (const { file, node } of model.contracts) {
    const comparisons = findAll(node, (one) => one.nodeType === "BinaryOperation" && (one.operator === "==" || one.operator === "!="));
    for (const one of comparisons) {
      const side = [one.leftExpression, one.rightExpression].find((part) => isTxOrigin(strip(part)));
      const other = side === one.leftExpression ? one.rightExpression : one.leftExpression;
      // `tx.origin == msg.sender` asks whether the caller is a contract, which is another question.
      if (side === undefined || isSender(other)) continue;
      const origin = findAll(side, isTxOrigin)[0];
      yield { check: "tx-origin", file, src: one.src, message: "tx.origin decides who may call: a contract that the owner is led to call passes it.", fix: { title: "msg.sender in place of tx.origin", edits: [replace({ file, src: origin.src, text: "msg.sender" })] } };
    }
    const keyed = findAll(node, (one) => one.nodeType === "IndexAccess" && one.typeDescriptions?.typeString === "bool" && isTxOrigin(strip(one.indexExpression)));
    for (const one of keyed) {
      const origin = findAll(one.indexExpression, isTxOrigin)[0];
      yield { check: "tx-origin", file, src: one.src, message: "tx.origin decides who may call: a contract that the owner is led to call passes it.", fix: { title: "msg.sender in place of tx.origin", edits: [replace({ file, src: origin.src, text: "msg.sender" })] } };
    }
  }
}

