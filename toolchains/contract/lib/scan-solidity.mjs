/**
 * Finds imports and version pragmas in a Solidity source without parsing it: comments and strings are passed over, so that
 * neither is taken for code. The compiler gets no way to load a file itself, so what this misses is not found there either.
 */

/** Positions of code outside comments and strings, with the strings as tokens of their own. */
function* tokens(text) {
  const pattern = /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[\s\S]|[^'\\\n])*'?|[A-Za-z_$][A-Za-z0-9_$]*|;|[{}]|\S/g;
  for (const match of text.matchAll(pattern)) {
    const [value] = match;
    if (value.startsWith("//") || value.startsWith("/*")) continue;
    yield { value, index: match.index };
  }
}

const isString = (value) => value.startsWith('"') || value.startsWith("'");

/**
 * @returns {{imports: {path: string, index: number, length: number}[], pragmas: {range: string, index: number, length: number}[]}}
 */
export function scanSolidity(text) {
  const imports = [];
  const pragmas = [];
  let depth = 0;
  let statement = null;
  for (const token of tokens(text)) {
    const { value, index } = token;
    if (statement !== null) {
      if (value === ";") {
        finish({ statement, end: index, text, imports, pragmas });
        statement = null;
      } else statement.tokens.push(token);
      continue;
    }
    if (value === "{") depth += 1;
    else if (value === "}") depth -= 1;
    else if (depth <= 0 && (value === "import" || value === "pragma")) statement = { keyword: value, index, tokens: [] };
  }
  return { imports, pragmas };
}

function finish({ statement, end, text, imports, pragmas }) {
  if (statement.keyword === "import") {
    // `import "p"`, `import "p" as X`, `import {A} from "p"`: exactly one string.
    const path = statement.tokens.find((token) => isString(token.value));
    if (path !== undefined) imports.push({ path: unescape(path.value.slice(1, -1)), index: path.index, length: path.value.length });
    return;
  }
  const [subject, ...rest] = statement.tokens;
  if (subject?.value !== "solidity" || rest.length === 0) return;
  const range = text.slice(rest[0].index, end).replace(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g, " ").replace(/["']/g, "").replace(/\s+/g, " ").trim();
  pragmas.push({ range, index: statement.index, length: end - statement.index + 1 });
}

/** As the compiler reads a string: a path written with escapes is the path that they spell. */
function unescape(text) {
  return text.replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[\s\S])/g, (_, code) => (/^[xu]/.test(code) && code.length > 1 ? String.fromCharCode(Number.parseInt(code.slice(1), 16)) : code));
}

/** Line and column from 1. */
export function placeOf(text, index) {
  const before = text.slice(0, index);
  const line = before.split("\n").length;
  return { line, column: index - before.lastIndexOf("\n") };
}
