/** The edit that makes a write of the contract's own books come before a call. */
import { bytesOf, calleeOf, findAll, lowLevelOf } from "../tree.mjs";
import { readAfter } from "../edits.mjs";

/**
 * Both are statements of one block, only checks that revert lie between them, the call reads nothing that is written, and what
 * is written needs nothing that the call or the checks made.
 */
export function moveWrite({ model, file, fn, call, write }) {
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
