/** Statements in a trace: their order, branches and loops, and which of them end it. */
import { calleeOf, findAll } from "./tree.mjs";
import { negate, NONE, union, without } from "./labels.mjs";
import { countStep, emit, use } from "./trace.mjs";
import { followAssembly } from "./trace-assembly.mjs";
import { evaluate } from "./trace-values.mjs";

export function statement(state, node) {
  if (node === null || node === undefined) return;
  countStep(state);
  switch (node.nodeType) {
    case "Block":
      return node.statements.forEach((one) => statement(state, one));
    case "UncheckedBlock":
      state.unchecked += 1;
      node.statements.forEach((one) => statement(state, one));
      state.unchecked -= 1;
      return undefined;
    case "ExpressionStatement":
      return void evaluate(state, node.expression);
    case "VariableDeclarationStatement":
      return declare(state, node);
    case "IfStatement":
      return branch(state, node);
    case "ForStatement":
    case "WhileStatement":
    case "DoWhileStatement":
      return loop(state, node);
    case "Return": {
      const frame = state.stack.at(-1);
      const owner = [...state.stack].reverse().find((one) => one.node === frame.node && one.placeholder === undefined) ?? frame;
      if (node.expression) owner.returns = union(owner.returns, evaluate(state, node.expression));
      return undefined;
    }
    case "EmitStatement":
    case "RevertStatement":
      for (const one of (node.eventCall ?? node.errorCall).arguments) use(state, one, evaluate(state, one));
      return undefined;
    case "TryStatement":
      use(state, node, evaluate(state, node.externalCall));
      state.branches += 1;
      node.clauses.forEach((one) => statement(state, one.block));
      state.branches -= 1;
      return undefined;
    case "InlineAssembly":
      return followAssembly(state, node);
    case "PlaceholderStatement":
      return state.stack.at(-1).placeholder?.();
    default:
      return undefined;
  }
}

function declare(state, { declarations, initialValue }) {
  const parts = initialValue?.nodeType === "TupleExpression" && declarations.length > 1 ? initialValue.components.map((one) => evaluate(state, one)) : null;
  const whole = parts === null && initialValue ? evaluate(state, initialValue) : NONE;
  for (const [index, one] of declarations.entries()) if (one !== null) state.env.set(one.id, union(state.loops > 0 ? (state.env.get(one.id) ?? NONE) : NONE, parts?.[index] ?? (index === 0 ? whole : without(whole, ...[...whole].filter((label) => label.startsWith("result:"))))));
}

const endsIt = (node) => {
  const last = node?.nodeType === "Block" ? node.statements.at(-1) : node;
  if (last?.nodeType === "RevertStatement") return true;
  if (last?.nodeType === "ExpressionStatement" && last.expression.nodeType === "FunctionCall") return ["revert", "assert"].includes(calleeOf(last.expression)?.name);
  return last?.nodeType === "InlineAssembly" && findAll(last.AST, (one) => one.nodeType === "YulFunctionCall" && one.functionName.name === "revert").length > 0;
};
/** A `return` in front of the rest keeps callers out as a revert does. */
const turnsBack = (node) => endsIt(node) || (node?.nodeType === "Block" ? node.statements.at(-1) : node)?.nodeType === "Return";

function branch(state, node) {
  const labels = use(state, node, evaluate(state, node.condition));
  if (turnsBack(node.trueBody)) emit(state, node, { kind: "check", labels: negate(labels), condition: node.condition });
  else if (node.falseBody && turnsBack(node.falseBody)) emit(state, node, { kind: "check", labels, condition: node.condition });
  else emit(state, node, { kind: "question", labels, condition: node.condition });
  state.choices += 1;
  const arms = [true, false].map((isTrue) => ({ choice: state.choices, isTrue }));
  inBranch(state, { isGuarded: labels.has("allows"), body: node.trueBody, arm: arms[0] });
  inBranch(state, { isGuarded: labels.has("refuses"), body: node.falseBody, arm: arms[1] });
  // What comes after an arm that leaves the function is part of the other one.
  if (turnsBack(node.trueBody)) state.arms = [...state.arms, arms[1]];
  else if (turnsBack(node.falseBody)) state.arms = [...state.arms, arms[0]];
}

function inBranch(state, { isGuarded, body, arm }) {
  if (!body) return;
  const { arms } = state;
  state.branches += 1;
  state.guards += isGuarded ? 1 : 0;
  // A loop may go one way now and the other in its next round.
  if (state.loops === 0 || turnsBack(body)) state.arms = [...arms, arm];
  statement(state, body);
  state.arms = arms;
  state.guards -= isGuarded ? 1 : 0;
  state.branches -= 1;
}

function loop(state, node) {
  if (node.initializationExpression) statement(state, node.initializationExpression);
  state.loops += 1;
  state.branches += 1;
  if (node.condition) use(state, node, evaluate(state, node.condition));
  statement(state, node.body);
  if (node.loopExpression) statement(state, node.loopExpression);
  state.branches -= 1;
  state.loops -= 1;
}
