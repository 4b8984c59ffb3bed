/** Byte ranges of the compiler → lines, columns and the function around them. */
import { bytesOf } from "./tree.mjs";

export function makePlaces({ own, trees }) {
  const texts = new Map([...own].map(([file, bytes]) => [file, { bytes, text: bytes.toString("utf8"), starts: lineStarts(bytes) }]));
  const scopes = new Map([...own.keys()].map((file) => [file, listScopes({ tree: trees.get(file), starts: texts.get(file).starts })]));
  return {
    /** The place in lines and columns from 1, `length` characters of its first line. */
    ofBytes({ file, start, length }) {
      const { bytes, starts } = texts.get(file);
      const line = lineAt(starts, start);
      const endLine = lineAt(starts, Math.max(start, start + length - 1));
      const lineStart = starts[line - 1];
      const column = bytes.subarray(lineStart, start).toString("utf8").length + 1;
      const end = Math.min(start + length, starts[line] === undefined ? bytes.length : starts[line] - 1);
      return { line, end_line: endLine, column, length: Math.max(1, bytes.subarray(start, end).toString("utf8").length) };
    },
    /** Byte edits → edits by characters. */
    toCharacters({ file, start, end, text }) {
      const { bytes } = texts.get(file);
      return { file, start: bytes.subarray(0, start).toString("utf8").length, end: bytes.subarray(0, end).toString("utf8").length, text };
    },
    scopeOf({ file, line, end_line: endLine = line }) {
      const within = scopes.get(file).filter((scope) => scope.line <= line && scope.end_line >= Math.min(endLine, scope.end_line) && scope.end_line >= line);
      return within.sort((a, b) => a.end_line - a.line - (b.end_line - b.line))[0] ?? { name: "", line, end_line: endLine };
    },
    lineCount: (file) => texts.get(file).starts.length,
  };
}

function lineStarts(bytes) {
  const starts = [0];
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) starts.push(at + 1);
  return starts;
}

function lineAt(starts, offset) {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle] <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}

function listScopes({ tree, starts }) {
  const scopes = [];
  const add = (name, src) => {
    const { start, length } = bytesOf(src);
    scopes.push({ name, line: lineAt(starts, start), end_line: lineAt(starts, start + length - 1) });
  };
  for (const node of tree?.nodes ?? []) {
    if (node.nodeType !== "ContractDefinition") continue;
    add(node.name, node.src);
    for (const member of node.nodes) {
      if (member.nodeType === "FunctionDefinition" || member.nodeType === "ModifierDefinition") add(`${node.name}.${member.name || member.kind}`, member.src);
    }
  }
  return scopes;
}
