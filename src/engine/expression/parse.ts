import { EngineError } from "../errors";

/**
 * The part of CEL that triggers, cancellations, waits and keys use: paths below `event` and `async`, literals,
 * `== != < <= > >=`, `&& || !`, `+`, `a ? b : c` and parentheses. Everything else is refused by name.
 */
export type Expression =
  | { kind: "literal"; value: string | number | boolean | null }
  | { kind: "path"; root: "event" | "async"; keys: Expression[] }
  | { kind: "not" | "negate"; operand: Expression }
  | { kind: "binary"; operator: BinaryOperator; left: Expression; right: Expression }
  | { kind: "choice"; test: Expression; then: Expression; otherwise: Expression };

export type BinaryOperator = "==" | "!=" | "<" | "<=" | ">" | ">=" | "&&" | "||" | "+";

interface Token {
  kind: "word" | "number" | "string" | "symbol" | "end";
  text: string;
  at: number;
}

const TOKEN =
  /\s*(?:(?<word>[A-Za-z_][A-Za-z0-9_]*)|(?<number>\d+(?:\.\d+)?)|(?<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?<symbol>==|!=|<=|>=|&&|\|\||[<>!+\-?:()[\].]))/y;

const ESCAPES: Record<string, string> = { n: "\n", t: "\t", r: "\r" };

/** The levels of binary operators, loosest first. */
const LEVELS: BinaryOperator[][] = [["||"], ["&&"], ["==", "!=", "<", "<=", ">", ">="], ["+"]];

function tokenize({ source, where }: { source: string; where: string }): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  const end = source.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const at = TOKEN.lastIndex;
    const groups = TOKEN.exec(source)?.groups;
    if (!groups) {
      throw new EngineError(`${where}: "${source}" has "${source.slice(at).trim().charAt(0)}" at ${at}, which the engine does not support`);
    }
    if (groups.word !== undefined) tokens.push({ kind: "word", text: groups.word, at });
    else if (groups.number !== undefined) tokens.push({ kind: "number", text: groups.number, at });
    else if (groups.string !== undefined) {
      const text = groups.string.slice(1, -1).replace(/\\(.)/g, (_, char: string) => ESCAPES[char] ?? char);
      tokens.push({ kind: "string", text, at });
    } else tokens.push({ kind: "symbol", text: groups.symbol ?? "", at });
  }
  tokens.push({ kind: "end", text: "the end", at: source.length });
  return tokens;
}

const cache = new Map<string, Expression>();

/**
 * Parses an expression; the same text is parsed once per process.
 * @throws EngineError naming `where` the expression stands, the text, and what is not supported in it.
 */
export function parseExpression({ source, where }: { source: string; where: string }): Expression {
  const known = cache.get(source);
  if (known) return known;
  const tokens = tokenize({ source, where });
  let position = 0;

  const peek = (): Token => tokens[position] ?? { kind: "end", text: "the end", at: source.length };
  const take = (): Token => {
    const token = peek();
    position++;
    return token;
  };
  const isSymbol = (text: string): boolean => peek().kind === "symbol" && peek().text === text;
  const refuse = (token: Token, problem: string): never => {
    throw new EngineError(
      `${where}: "${source}" has ${token.kind === "end" ? "its end" : `"${token.text}"`} at ${token.at}: ${problem}`,
    );
  };
  const expect = (text: string): void => {
    if (!isSymbol(text)) refuse(peek(), `"${text}" should stand here`);
    position++;
  };

  const parseChoice = (): Expression => {
    const test = parseLevel(0);
    if (!isSymbol("?")) return test;
    take();
    const then = parseChoice();
    expect(":");
    return { kind: "choice", test, then, otherwise: parseChoice() };
  };
  const parseLevel = (level: number): Expression => {
    const operators = LEVELS[level];
    if (!operators) return parseUnary();
    let left = parseLevel(level + 1);
    for (;;) {
      const operator = operators.find((candidate) => isSymbol(candidate));
      if (!operator) return left;
      take();
      left = { kind: "binary", operator, left, right: parseLevel(level + 1) };
    }
  };
  const parseUnary = (): Expression => {
    if (isSymbol("!")) {
      take();
      return { kind: "not", operand: parseUnary() };
    }
    if (isSymbol("-")) {
      take();
      return { kind: "negate", operand: parseUnary() };
    }
    return parsePrimary();
  };
  const parsePrimary = (): Expression => {
    const token = take();
    if (token.kind === "number") return { kind: "literal", value: Number(token.text) };
    if (token.kind === "string") return { kind: "literal", value: token.text };
    if (token.kind === "symbol" && token.text === "(") {
      const inner = parseChoice();
      expect(")");
      return inner;
    }
    if (token.kind === "word") {
      if (token.text === "true" || token.text === "false") return { kind: "literal", value: token.text === "true" };
      if (token.text === "null") return { kind: "literal", value: null };
      if (token.text === "event" || token.text === "async") return parsePath(token.text);
      return refuse(token, isSymbol("(") ? "functions are not supported" : "only `event` and `async` are known here");
    }
    return refuse(token, "a value should stand here");
  };
  const parsePath = (root: "event" | "async"): Expression => {
    const keys: Expression[] = [];
    for (;;) {
      if (isSymbol(".")) {
        take();
        const name = take();
        if (name.kind !== "word") refuse(name, "a field name should stand here");
        if (isSymbol("(")) refuse(name, "functions are not supported");
        keys.push({ kind: "literal", value: name.text });
      } else if (isSymbol("[")) {
        take();
        keys.push(parseChoice());
        expect("]");
      } else return { kind: "path", root, keys };
    }
  };

  const parsed = parseChoice();
  if (peek().kind !== "end") refuse(peek(), "it is not supported here");
  cache.set(source, parsed);
  return parsed;
}
