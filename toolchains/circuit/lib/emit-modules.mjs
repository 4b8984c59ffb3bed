/**
 * One source file → its ES module, CommonJS module, or either with a source map. Comments are dropped: an edit that changes
 * only comments gives the same bytes, and everything built from them is reused.
 */
import ts from "typescript";
import { outputSpecifier } from "./resolve-import.mjs";

const EMIT_OPTIONS = {
  target: ts.ScriptTarget.ES2022,
  jsx: ts.JsxEmit.ReactJSX,
  isolatedModules: true,
  esModuleInterop: true,
  allowJs: true,
  experimentalDecorators: true,
  removeComments: true,
  newLine: ts.NewLineKind.LineFeed,
};

const JSON_ATTRIBUTE = () =>
  ts.factory.createImportAttributes(
    ts.factory.createNodeArray([ts.factory.createImportAttribute(ts.factory.createIdentifier("type"), ts.factory.createStringLiteral("json"))]),
  );

/**
 * Rewrites the specifiers of imports that lead to a file of the package: `../lib/blink` → `../lib/blink.js`, so that the
 * modules run as they are, without a bundler.
 */
export function createSpecifierRewriter({ importer, resolve }) {
  const rewrite = (literal) => {
    const target = resolve(literal.text, importer);
    if (target?.kind !== "file") return literal;
    const specifier = outputSpecifier({ importer, file: target.file });
    return specifier === literal.text ? literal : ts.factory.createStringLiteral(specifier);
  };
  const attributesOf = (node, literal) => (literal.text.endsWith(".json") ? JSON_ATTRIBUTE() : node.attributes);
  return (context) => (root) => {
    const factory = context.factory;
    const visit = (node) => {
      if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
        const literal = rewrite(node.moduleSpecifier);
        return factory.updateImportDeclaration(node, node.modifiers, node.importClause, literal, attributesOf(node, literal));
      }
      if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
        const literal = rewrite(node.moduleSpecifier);
        return factory.updateExportDeclaration(node, node.modifiers, node.isTypeOnly, node.exportClause, literal, attributesOf(node, literal));
      }
      if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)) {
        const argument = factory.createLiteralTypeNode(rewrite(node.argument.literal));
        return factory.updateImportTypeNode(node, argument, node.attributes, node.qualifier, node.typeArguments, node.isTypeOf);
      }
      if (ts.isCallExpression(node) && node.arguments.length > 0 && ts.isStringLiteral(node.arguments[0]) && isModuleCall(node)) {
        const [first, ...rest] = node.arguments;
        return factory.updateCallExpression(node, node.expression, node.typeArguments, [rewrite(first), ...rest]);
      }
      return ts.visitEachChild(node, visit, context);
    };
    return ts.visitNode(root, visit);
  };
}

function isModuleCall(node) {
  if (node.expression.kind === ts.SyntaxKind.ImportKeyword) return true;
  return ts.isIdentifier(node.expression) && node.expression.text === "require";
}

/** @returns {{code: string, map: string | null}} */
export function emitModule({ file, text, format, resolve, withMap = false }) {
  const { outputText, sourceMapText } = ts.transpileModule(text, {
    fileName: file,
    compilerOptions: { ...EMIT_OPTIONS, module: format === "esm" ? ts.ModuleKind.ESNext : ts.ModuleKind.CommonJS, sourceMap: withMap },
    transformers: { before: [createSpecifierRewriter({ importer: file, resolve })] },
  });
  return { code: outputText.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n"), map: sourceMapText ?? null };
}
