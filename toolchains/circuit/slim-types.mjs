/**
 * Makes small copies of the toolchain's largest declaration files, so that a type check parses 2 MB instead of 28.
 * Most of their weight is the spelled-out shape of validation schemas, which no package's code depends on: those become
 * `any`, and a schema that a component's props are derived from keeps its input and output and loses only its shape.
 * Runs at install time, with trusted code only. Without its output the type check works too, in 6 s instead of 1.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

const OVERSIZE = 1500;

/** Declaration file in node_modules → its small copy in `.types`. */
export const SLIMMED = [
  { from: "@tscircuit/core/dist/index.d.ts", to: "@tscircuit/core.d.ts", keepVariables: true },
  { from: "@tscircuit/props/dist/index.d.ts", to: "@tscircuit/props.d.ts", keepVariables: false },
  { from: "@tscircuit/eval/dist/lib/index.d.ts", to: "@tscircuit/eval.d.ts", keepVariables: false },
  { from: "circuit-json/dist/index.d.mts", to: "circuit-json.d.ts", keepVariables: false },
];

/** Schemas that a type, other than a convenience alias, is derived from. */
function findSchemasBehindProps(file) {
  const names = new Set();
  for (const statement of file.statements) {
    if (!ts.isTypeAliasDeclaration(statement) && !ts.isInterfaceDeclaration(statement)) continue;
    if (/^Inferred|Input$/.test(statement.name.text)) continue;
    const visit = (node) => {
      if (ts.isTypeQueryNode(node)) names.add(node.exprName.getText(file));
      ts.forEachChild(node, visit);
    };
    visit(statement);
  }
  return names;
}

/** `z.ZodObject<Shape, …, Output, Input>` → a type with the same output and input and no shape; else null. */
function dropShape(type, file) {
  if (!ts.isTypeReferenceNode(type) || type.typeName.getText(file) !== "z.ZodObject" || type.typeArguments?.length !== 5) return null;
  const [, , , output, input] = type.typeArguments;
  return `z.ZodType<${output.getText(file)}, z.ZodTypeDef, ${input.getText(file)}>`;
}

function replaceVariable(declaration, file, needed) {
  const type = declaration.type;
  if (!type || type.getWidth(file) <= OVERSIZE) return null;
  const name = declaration.name.getText(file);
  if (name === "any_circuit_element" || !needed.has(name)) return { node: type, text: "any" };
  if (ts.isTypeOperatorNode(type) || ts.isTupleTypeNode(type)) return { node: type, text: "readonly string[]" };
  const small = dropShape(type, file);
  return small === null ? null : { node: type, text: small };
}

function replaceMember(member, file) {
  if (member.getWidth(file) <= OVERSIZE || !member.name) return null;
  const isStatic = member.modifiers?.some((modifier) => modifier.kind === ts.SyntaxKind.StaticKeyword);
  const name = member.name.getText(file);
  const text = ts.isMethodDeclaration(member) ? `${name}(...args: any[]): any;` : `${name}: any;`;
  return { node: member, text: isStatic ? `static ${text}` : text };
}

/** The text of a declaration file without its oversized types. */
export function slimDeclarations({ text, keepVariables }) {
  const file = ts.createSourceFile("index.d.ts", text, ts.ScriptTarget.ES2023, true);
  const needed = findSchemasBehindProps(file);
  const edits = [];
  for (const statement of file.statements) {
    if (ts.isVariableStatement(statement) && !keepVariables) {
      edits.push(...statement.declarationList.declarations.map((one) => replaceVariable(one, file, needed)));
    }
    if (ts.isClassDeclaration(statement)) edits.push(...statement.members.map((one) => replaceMember(one, file)));
  }
  let out = "";
  let at = 0;
  for (const { node, text: replacement } of edits.filter((edit) => edit !== null)) {
    out += text.slice(at, node.getStart(file)) + replacement;
    at = node.getEnd();
  }
  return out + text.slice(at);
}

export function writeSlimTypes({ toolchainDir }) {
  for (const { from, to, keepVariables } of SLIMMED) {
    const target = path.join(toolchainDir, ".types", to);
    mkdirSync(path.dirname(target), { recursive: true });
    const text = readFileSync(path.join(toolchainDir, "node_modules", from), "utf8");
    writeFileSync(target, slimDeclarations({ text, keepVariables }));
  }
}
