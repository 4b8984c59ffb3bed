import type { Expression } from "./parse";

/** What `event` and `async` stand for: the run's own event, and the one that just came in. */
export interface ExpressionScope {
  event: unknown;
  async?: unknown;
}

/** A path that leads nowhere. It equals nothing, not even itself, so that a missing field can't match a missing field. */
const MISSING = Symbol("missing");

function lookUp({ from, key }: { from: unknown; key: unknown }): unknown {
  if (typeof from !== "object" || from === null) return MISSING;
  if (typeof key !== "string" && typeof key !== "number") return MISSING;
  const name = String(key);
  return Object.hasOwn(from, name) ? Reflect.get(from, name) : MISSING;
}

function sameValue(left: unknown, right: unknown): boolean {
  if (left === MISSING || right === MISSING) return false;
  if (typeof left === "object" || typeof right === "object") return JSON.stringify(left) === JSON.stringify(right);
  return left === right;
}

function compare(operator: string, left: unknown, right: unknown): boolean {
  const comparable =
    (typeof left === "number" && typeof right === "number") || (typeof left === "string" && typeof right === "string");
  if (!comparable) return false;
  if (operator === "<") return left < right;
  if (operator === "<=") return left <= right;
  if (operator === ">") return left > right;
  return left >= right;
}

function compute(expression: Expression, scope: ExpressionScope): unknown {
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "path": {
      let value: unknown = expression.root === "event" ? scope.event : scope.async;
      for (const key of expression.keys) value = lookUp({ from: value, key: compute(key, scope) });
      return value === undefined ? MISSING : value;
    }
    case "not":
      return compute(expression.operand, scope) !== true;
    case "negate": {
      const operand = compute(expression.operand, scope);
      return typeof operand === "number" ? -operand : MISSING;
    }
    case "choice":
      return compute(compute(expression.test, scope) === true ? expression.then : expression.otherwise, scope);
    case "binary": {
      if (expression.operator === "&&") {
        return compute(expression.left, scope) === true && compute(expression.right, scope) === true;
      }
      if (expression.operator === "||") {
        return compute(expression.left, scope) === true || compute(expression.right, scope) === true;
      }
      const left = compute(expression.left, scope);
      const right = compute(expression.right, scope);
      if (expression.operator === "==" || expression.operator === "!=") {
        // `event.data.x == null` asks whether the field is absent as much as whether it is null.
        const same =
          (isNull(expression.right) && left === MISSING) ||
          (isNull(expression.left) && right === MISSING) ||
          sameValue(left, right);
        return same === (expression.operator === "==");
      }
      if (expression.operator !== "+") return compare(expression.operator, left, right);
      if (typeof left === "number" && typeof right === "number") return left + right;
      return left === MISSING || right === MISSING ? MISSING : keyText(left) + keyText(right);
    }
  }
}

function isNull(expression: Expression): boolean {
  return expression.kind === "literal" && expression.value === null;
}

function keyText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Whether the expression is true in this scope; a missing field makes comparisons false rather than throwing. */
export function testExpression({ expression, scope }: { expression: Expression; scope: ExpressionScope }): boolean {
  return compute(expression, scope) === true;
}

/** The text an expression gives as a key (strings as they are, other values as JSON); a missing field gives "". */
export function evaluateKey({ expression, scope }: { expression: Expression; scope: ExpressionScope }): string {
  const value = compute(expression, scope);
  return value === MISSING ? "" : keyText(value);
}

/** The number an expression gives, or 0 when it gives anything else. */
export function evaluateNumber({ expression, scope }: { expression: Expression; scope: ExpressionScope }): number {
  const value = compute(expression, scope);
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}
