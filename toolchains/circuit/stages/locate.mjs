/**
 * Finds the place in the package's source that a place in an emitted module came from. Runs only after a failure, on the
 * sources, in a process of its own: so what a build makes depends on the emitted modules alone.
 */
import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import path from "node:path";
import { readAliases } from "../lib/aliases.mjs";
import { emitModule } from "../lib/emit-modules.mjs";
import { listFiles, readJob } from "../../runner/job-files.mjs";
import { createResolver, isAsset, isSource, withoutSourceExtension } from "../lib/resolve-import.mjs";
import { readProvidedPackages } from "../lib/type-host.mjs";

/** Where `specifier` stands in `text`, for an import that led nowhere. */
function findSpecifier({ text, specifier }) {
  const lines = text.split("\n");
  for (const [index, line] of lines.entries()) {
    const at = Math.max(line.indexOf(`"${specifier}"`), line.indexOf(`'${specifier}'`));
    if (at >= 0) return { line: index + 1, column: at + 1 };
  }
  return null;
}

/** Job: `{frames: [{file, line, column}], specifier, importer}`; sources below `files/`. */
export function run({ inputDir }) {
  const { frames, specifier, importer } = readJob({ inputDir });
  const directory = path.join(inputDir, "files");
  const files = listFiles({ directory });
  const contents = new Map(files.filter((file) => !isAsset(file)).map((file) => [file, readFileSync(path.join(directory, file), "utf8")]));
  const sourceOf = (module) => files.find((file) => isSource(file) && withoutSourceExtension(file) === withoutSourceExtension(module));
  if (importer !== null && specifier !== null) {
    const file = sourceOf(importer);
    const place = file === undefined ? null : findSpecifier({ text: contents.get(file), specifier });
    return { location: file === undefined ? null : { file, line: place?.line ?? 1, column: place?.column ?? 1 } };
  }
  const resolve = createResolver({ files: new Set(files), aliases: readAliases({ contents }).aliases, provided: readProvidedPackages() });
  for (const frame of frames) {
    const file = sourceOf(frame.file);
    if (file === undefined) continue;
    const { map } = emitModule({ file, text: contents.get(file), format: "esm", resolve, withMap: true });
    if (map === null) continue;
    const entry = new SourceMap(JSON.parse(map)).findEntry(frame.line - 1, frame.column - 1);
    if (entry.originalLine !== undefined) return { location: { file, line: entry.originalLine + 1, column: entry.originalColumn + 1 } };
  }
  return { location: null };
}
