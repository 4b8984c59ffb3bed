/** Stage `transpilation`: every source file of the package → ES module, CommonJS module and declarations, with a type check. */
import { readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { createSpecifierRewriter, emitModule } from "../lib/emit-modules.mjs";
import { listFiles, readJob, shorten, writeOutput } from "../../runner/job-files.mjs";
import { createResolver, explainMissing, isAsset, isDeclaration, isSource, withoutSourceExtension } from "../lib/resolve-import.mjs";
import { readAliases } from "../lib/aliases.mjs";
import { createPackageProgram, PACKAGE_ROOT, readProvidedPackages } from "../lib/type-host.mjs";

/** TypeScript's own words for an import that leads nowhere; ours name the reason. */
const MISSING_MODULE_CODES = new Set([2307, 2792, 2882, 7016, 6053, 2732]);
const MAX_DIAGNOSTICS = 1000;

let warmProgram;

/** Parses and binds the toolchain's declarations ahead of the job, with trusted code only. */
export function warmUp() {
  const text = `import "tscircuit"\nexport default () => <board width="1mm"><resistor name="R1" resistance="1k" /></board>\n`;
  warmProgram = createPackageProgram({ contents: new Map([["warm.tsx", text]]), rootNames: ["warm.tsx"], resolve: () => null });
  warmProgram.getSemanticDiagnostics(warmProgram.getSourceFile(`${PACKAGE_ROOT}/warm.tsx`));
  emitModule({ file: "warm.tsx", text, format: "cjs", resolve: () => null });
}

function placeOf(sourceFile, start, length) {
  const { line, character } = ts.getLineAndCharacterOfPosition(sourceFile, start);
  return { line: line + 1, column: character + 1, length: Math.max(1, Math.min(length, 200)) };
}

function toDiagnostic({ diagnostic, code, severity }) {
  const message = shorten(ts.flattenDiagnosticMessageText(diagnostic.messageText, " "), 1000);
  const base = { severity, code, message: code === "syntax_error" ? message : `${message} (TS${diagnostic.code})` };
  if (!diagnostic.file) return { ...base, file: null, line: null, column: null, length: 1 };
  const file = diagnostic.file.fileName.slice(PACKAGE_ROOT.length + 1);
  return { ...base, file, ...placeOf(diagnostic.file, diagnostic.start ?? 0, diagnostic.length ?? 1) };
}

/** Every import of a file that leads nowhere: also side-effect imports and assets, of which TypeScript says nothing. */
function findMissingImports({ file, sourceFile, resolve }) {
  const found = [];
  const check = (literal) => {
    if (resolve(literal.text, file) !== null) return;
    const place = placeOf(sourceFile, literal.getStart(sourceFile), literal.getWidth(sourceFile));
    found.push({ severity: "error", code: "module_not_found", message: explainMissing({ specifier: literal.text }), file, ...place });
  };
  const visit = (node) => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
      check(node.moduleSpecifier);
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword && node.arguments[0] && ts.isStringLiteral(node.arguments[0])) {
      check(node.arguments[0]);
    }
    ts.forEachChild(node, visit);
  };
  visit(sourceFile);
  return found;
}

function collectDiagnostics({ program, sources, resolve, typeErrors }) {
  const own = sources.map((file) => ({ file, sourceFile: program.getSourceFile(`${PACKAGE_ROOT}/${file}`) }));
  const syntax = own.flatMap(({ sourceFile }) =>
    program.getSyntacticDiagnostics(sourceFile).map((diagnostic) => toDiagnostic({ diagnostic, code: "syntax_error", severity: "error" })),
  );
  if (syntax.length > 0) return syntax;
  const missing = own.flatMap(({ file, sourceFile }) => findMissingImports({ file, sourceFile, resolve }));
  const types = own.flatMap(({ sourceFile }) =>
    program
      .getSemanticDiagnostics(sourceFile)
      .filter((diagnostic) => !MISSING_MODULE_CODES.has(diagnostic.code))
      .map((diagnostic) => toDiagnostic({ diagnostic, code: "type_error", severity: typeErrors })),
  );
  return [...missing, ...types];
}

function findConflict(sources) {
  const byOutput = new Map();
  for (const file of sources) {
    const output = withoutSourceExtension(file);
    const other = byOutput.get(output);
    if (other !== undefined) return { file, other };
    byOutput.set(output, file);
  }
  return null;
}

function emitDeclarations({ program, sources, resolve, outputDir }) {
  const outputs = [];
  const diagnostics = [];
  for (const file of sources) {
    const rewriter = createSpecifierRewriter({ importer: file, resolve });
    const write = (name, content) => {
      outputs.push(writeOutput({ outputDir, name: path.posix.join("types", name.replace(/^\/types\//, "")), content, mediaType: "text/typescript" }));
    };
    const sourceFile = program.getSourceFile(`${PACKAGE_ROOT}/${file}`);
    const emitted = program.emit(sourceFile, write, undefined, true, { afterDeclarations: [rewriter] });
    for (const diagnostic of emitted.diagnostics) diagnostics.push(toDiagnostic({ diagnostic, code: "declaration_error", severity: "warning" }));
  }
  return { outputs, diagnostics };
}

function emitPackage({ contents, files, sources, resolve, directory, outputDir }) {
  const outputs = [];
  const put = (name, content, mediaType) => outputs.push(writeOutput({ outputDir, name, content, mediaType }));
  for (const file of sources) {
    const text = contents.get(file);
    const stem = withoutSourceExtension(file);
    put(`esm/${stem}.js`, emitModule({ file, text, format: "esm", resolve }).code, "text/javascript");
    put(`cjs/${stem}.js`, emitModule({ file, text, format: "cjs", resolve }).code, "text/javascript");
  }
  for (const file of files.filter((one) => one.endsWith(".json"))) {
    put(`esm/${file}`, contents.get(file), "application/json");
    put(`cjs/${file}`, contents.get(file), "application/json");
  }
  for (const file of files.filter(isAsset)) {
    const content = readFileSync(path.join(directory, file));
    put(`esm/${file}`, content, "application/octet-stream");
    put(`cjs/${file}`, content, "application/octet-stream");
  }
  for (const file of files.filter(isDeclaration)) put(`types/${file}`, contents.get(file), "text/typescript");
  // Without these marks Node would guess each folder's module format from the package's own package.json.
  put("esm/package.json", `{ "type": "module" }\n`, "application/json");
  put("cjs/package.json", `{ "type": "commonjs" }\n`, "application/json");
  return outputs;
}

/** Job: `{typeErrors: "error" | "warning"}`; files below `files/`. */
export function run({ inputDir, outputDir }) {
  const { typeErrors } = readJob({ inputDir });
  const directory = path.join(inputDir, "files");
  const files = listFiles({ directory });
  const contents = new Map(files.filter((file) => !isAsset(file)).map((file) => [file, readFileSync(path.join(directory, file), "utf8")]));
  const sources = files.filter(isSource);
  const { aliases, overrides } = readAliases({ contents });
  const resolve = createResolver({ files: new Set(files), aliases, provided: readProvidedPackages() });
  const conflict = findConflict(sources);
  if (conflict) {
    const message = `${conflict.other} and ${conflict.file} would be written to the same module: rename one of them.`;
    return { modules: 0, outputs: [], diagnostics: [{ severity: "error", code: "output_conflict", message, file: conflict.file, line: 1, column: 1, length: 1 }] };
  }
  const rootNames = [...sources, ...files.filter(isDeclaration)];
  const program = createPackageProgram({ contents, rootNames, resolve, overrides, oldProgram: warmProgram });
  const diagnostics = collectDiagnostics({ program, sources, resolve, typeErrors });
  if (diagnostics.some((one) => one.severity === "error")) return { modules: 0, outputs: [], diagnostics: diagnostics.slice(0, MAX_DIAGNOSTICS) };
  const outputs = emitPackage({ contents, files, sources, resolve, directory, outputDir });
  const declarations = emitDeclarations({ program, sources, resolve, outputDir });
  return {
    modules: sources.length,
    outputs: [...outputs.filter((one, index) => outputs.findLastIndex((other) => other.name === one.name) === index), ...declarations.outputs],
    diagnostics: [...diagnostics, ...declarations.diagnostics].slice(0, MAX_DIAGNOSTICS),
  };
}
