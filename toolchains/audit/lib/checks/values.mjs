/** Values that are not what they seem: chance that miners choose, balances that anyone can raise, versions that move. */
import { findAll, strip } from "../tree.mjs";
import { isRestOfTime } from "./conditions.mjs";
import { hasAny, isChance, NONE, variablesOf } from "../labels.mjs";

export function* checkValues(model) {
  for (const analysis of model.analyses) {
    for (const trace of [...analysis.traces, ...analysis.views]) yield* checkChance(trace);
    for (const trace of analysis.traces) {
      yield* checkPrice(trace);
      yield* checkOverflow(trace);
      yield* checkCuts(trace);
    }
    yield* checkHidden({ model, analysis });
    yield* checkProxy(analysis);
    yield* checkNames({ model, analysis });
  }
  for (const { file, node: fn } of model.functions) {
    for (const one of fn.body ? findAll(fn.body, (part) => part.nodeType === "BinaryOperation" && (part.operator === "==" || part.operator === "!=")) : []) {
      const isBalance = [one.leftExpression, one.rightExpression].some((side) => strip(side)?.nodeType === "MemberAccess" && strip(side).memberName === "balance" && strip(strip(side).expression)?.name === "this");
      if (isBalance) yield { check: "strict-balance", file, src: one.src, message: "The contract's balance is compared for equality: anyone can send it ether and make this never true." };
    }
  }
  for (const [file, tree] of model.trees) {
    if (!model.own.has(file)) continue;
    for (const pragma of tree.nodes.filter((node) => node.nodeType === "PragmaDirective" && node.literals[0] === "solidity")) {
      const range = pragma.literals.slice(1).join("");
      if (!/^=?\d+\.\d+\.\d+$/.test(range)) yield { check: "floating-pragma", file, src: pragma.src, message: `pragma solidity ${range} allows compilers that this was not tested with.` };
    }
  }
}

/** Chance out of the block: divided with a remainder, cut to a few bits, or hashed and compared. */
function* checkChance({ events }) {
  for (const { kind, node, file, operator, left, right } of events) {
    const both = [left ?? NONE, right ?? NONE];
    const isRest = kind === "chance" && (isChance(left) || (operator === "%" && left.has("time") && !isRestOfTime({ node, left, right })));
    const isCompared = kind === "compare" && both.some((side) => side.has("hash") && !side.has("recovered")) && (["<", ">", "<=", ">="].includes(operator) || both.some((side) => side.has("hash") && variablesOf(side).length === 0 && !hasAny(side, "own")));
    const isDrawn = kind === "compare" && ["<", ">", "<=", ">="].includes(operator) && both.some((side) => side.has("entropy"));
    if (isRest || isCompared || isDrawn) yield { check: "weak-randomness", file, src: node.src, message: "Chance is made of the block: who makes the block, or calls in the same one, knows or chooses it." };
  }
}

const MOVES = new Set(["token", "out"]);

function* checkPrice({ events, isProtected }) {
  if (!isProtected && events.some(({ kind, call }) => MOVES.has(kind) && call !== "hook")) {
    const [price] = events.filter(({ kind, operator, left, right }) => kind === "arithmetic" && ["/", "*"].includes(operator) && [left, right].some((side) => side.has("spot")));
    if (price !== undefined) yield { check: "spot-price", file: price.file, src: price.node.src, message: "A price is made of what a pool holds at this moment: who trades in it first, in the same transaction, chooses the price." };
  }
  for (const { node, file, name, args } of events.filter(({ kind, name: called }) => kind === "external" && /^(swap\w*For\w*|exchange|exactInput\w*)$/.test(called ?? ""))) {
    if (args.slice(1, 3).some((labels) => labels.has("zero") && labels.size === 1)) yield { check: "no-minimum", file, src: node.src, message: `${name} takes whatever comes out: who trades in front of it takes the difference.` };
  }
}

const isDistinct = (one, other, id) => (one.has(`state:${id}`) && !one.has("caller") && other.has("caller")) || (other.has(`state:${id}`) && !other.has("caller") && one.has("caller"));

/** Arithmetic without the compiler's check on what the caller names, and no comparison in front of it. */
function* checkOverflow({ events }) {
  for (const event of events.filter(({ kind, isUnchecked }) => kind === "arithmetic" && isUnchecked)) {
    const { operator, left, right, node, file, order } = event;
    if (!right.has("caller") && !(operator === "*" && left.has("caller"))) continue;
    const [variable] = variablesOf(left).filter((label) => label.startsWith("state:"));
    const id = variable?.slice("state:".length);
    const isAsked = events.some((one) => one.kind === "compare" && one.order < order && isDistinct(one.left, one.right, id));
    const isOver = operator === "-" ? variable !== undefined && !isAsked : operator === "*" && (left.has("caller") || right.has("caller"));
    if (isOver) yield { check: "unchecked-arithmetic", file, src: node.src, message: `What the caller names goes into \`${operator}\` inside unchecked: it can run over, and the rest goes on with the wrong number.` };
  }
}

/** Numbers of the caller's that lose their upper bits; at their worst the books have the small number and the payment the large one. */
function* checkCuts({ events }) {
  const cuts = events.filter((one) => one.kind === "conversion" && one.isCut && hasAny(one.labels, "caller", "value") && !isFitted({ events, conversion: one }));
  for (const { node, file, from, to } of cuts) yield { check: "truncated", file, src: node.src, message: `A ${from} that the caller names is cut to ${to}: what does not fit is lost without a word.` };
  const booked = events.some(({ kind, operator, added }) => kind === "write" && operator === "-=" && added.has("cut"));
  const paid = events.find(({ kind, call, amount }) => (kind === "token" || (kind === "out" && call !== "hook")) && amount.has("caller") && !amount.has("cut"));
  if (cuts.length > 0 && booked && paid !== undefined) yield { check: "cut-payment", file: paid.file, src: paid.node.src, message: "What is taken off the books is cut to fewer bits, and what is paid is not: who names a large enough number is paid more than they had." };
}

/** Compared with the most that fits before. */
const isFitted = ({ events, conversion }) => events.some(({ kind, node, left, right, order }) => kind === "compare" && order < conversion.order && [[node.leftExpression, right], [node.rightExpression, left]].some(([most, asked]) => most?.memberName === "max" && hasAny(asked, "caller", "value")));

/** Tokens made where they should only move. */
function* checkHidden({ model, analysis }) {
  if (!model.inherits(analysis.contract, /^ERC20(Upgradeable)?$/)) return;
  for (const { file, contract, node: fn } of model.functions) {
    if (!analysis.contract.linearizedBaseContracts.includes(contract.id) || !/^(_update|transfer|transferFrom|_transfer)$/.test(fn.name) || !fn.body) continue;
    const hidden = findAll(fn.body, (one) => one.nodeType === "FunctionCall" && (one.expression.name === "_mint" || (one.expression.memberName === "_update" && /^0(x0+)?$/.test(strip(one.arguments[0])?.value ?? ""))));
    for (const one of hidden) yield { check: "hidden-mint", file, src: one.src, message: `${contract.name}.${fn.name} makes new tokens while others are moved.` };
  }
}

/** A proxy with variables of its own in the first slots: the code behind it has others there. */
function* checkProxy({ traces, contract, file }) {
  const fallback = traces.find(({ entry }) => entry.node.kind === "fallback");
  const delegate = fallback?.events.find(({ kind }) => kind === "delegate");
  if (delegate === undefined) return;
  const [first] = contract.nodes.filter((one) => one.nodeType === "VariableDeclaration" && one.stateVariable && !one.constant && one.mutability === "mutable");
  if (first !== undefined) yield { check: "proxy-storage", file, src: first.nameLocation ?? first.src, message: `\`${first.name}\` lies in the first slots, where the code that is called by delegatecall has its own variables: each overwrites the other's.` };
}

/** Two variables of one name, of which a parent asks one: private ones may be called alike, and readers take one for the other. */
function* checkNames({ model, analysis: { contract } }) {
  const bases = contract.linearizedBaseContracts.map((id) => model.byId.get(id)).filter((one) => one !== undefined);
  const variablesIn = (base) => base.nodes.filter((one) => one.nodeType === "VariableDeclaration" && one.stateVariable);
  for (const [index, base] of bases.entries()) {
    const { file } = model.placeOf.get(base.id);
    for (const one of model.own.has(file) ? variablesIn(base) : []) {
      const hidden = bases.slice(index + 1).find((parent) => variablesIn(parent).some(({ name }) => name === one.name));
      if (hidden !== undefined) yield { check: "shadowed-state", file, src: one.nameLocation, message: `${hidden.name} has a variable \`${one.name}\` of its own: its functions do not see this one.` };
    }
  }
}
