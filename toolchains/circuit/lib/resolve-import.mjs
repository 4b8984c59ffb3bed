/**
 * Where an import of the package leads: to a file of the package, to a provided package, to a built-in module, or nowhere.
 * The type check, the rewriting of specifiers and the run all ask here, so that they can not differ.
 */
import { isBuiltin } from "node:module";
import path from "node:path";

export const SOURCE_EXTENSIONS = [".tsx", ".ts", ".jsx", ".js"];
export const ASSET_EXTENSIONS = [".kicad_mod", ".glb", ".gltf", ".obj", ".stl", ".step", ".stp", ".wrl"];

export const isDeclaration = (file) => /\.d\.[cm]?ts$/.test(file);
export const isSource = (file) => SOURCE_EXTENSIONS.some((extension) => file.endsWith(extension)) && !isDeclaration(file);
export const isAsset = (file) => ASSET_EXTENSIONS.some((extension) => file.toLowerCase().endsWith(extension));

/** `lib/blink.tsx` → `lib/blink`. */
export const withoutSourceExtension = (file) => file.replace(/\.(tsx|ts|jsx|js)$/, "");

/** `@scope/name/deep` → `@scope/name`. */
export function packageNameOf(specifier) {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

function candidatesOf(target) {
  const stem = target.replace(/\.(js|jsx)$/, "");
  return [
    target,
    ...SOURCE_EXTENSIONS.map((extension) => stem + extension),
    ...SOURCE_EXTENSIONS.map((extension) => target + extension),
    `${target}.json`,
    `${stem}.d.ts`,
    ...SOURCE_EXTENSIONS.map((extension) => path.posix.join(target, `index${extension}`)),
  ];
}

function findFile({ files, target }) {
  const clean = path.posix.normalize(target).replace(/^\.\//, "");
  if (clean.startsWith("../")) return null;
  return candidatesOf(clean).find((candidate) => files.has(candidate)) ?? null;
}

/** Targets of a bare specifier under `paths` and `baseUrl` of the package's tsconfig.json. */
function mappedTargets({ specifier, aliases }) {
  const targets = [];
  for (const [pattern, replacements] of Object.entries(aliases.paths)) {
    const [head, tail] = pattern.split("*");
    if (tail === undefined ? specifier !== pattern : !(specifier.startsWith(head) && specifier.endsWith(tail))) continue;
    const middle = tail === undefined ? "" : specifier.slice(head.length, specifier.length - tail.length);
    targets.push(...replacements.map((one) => path.posix.join(aliases.baseUrl ?? ".", one.replace("*", middle))));
  }
  if (aliases.baseUrl !== null) targets.push(path.posix.join(aliases.baseUrl, specifier));
  return targets;
}

/**
 * @param {{files: Set<string>, aliases: {baseUrl: string | null, paths: Record<string, string[]>}, provided: readonly string[]}} options
 * @returns a function `(specifier, importer) → {kind: "file", file} | {kind: "package", name} | {kind: "builtin"} | null`
 */
export function createResolver({ files, aliases, provided }) {
  return (specifier, importer) => {
    if (/^\.{0,2}\//.test(specifier) || specifier === "." || specifier === "..") {
      const target = specifier.startsWith("/") ? specifier.slice(1) : path.posix.join(path.posix.dirname(importer), specifier);
      const file = /\.kicad_(sym|pcb)$/.test(specifier) ? null : findFile({ files, target });
      return file === null ? null : { kind: "file", file };
    }
    for (const target of mappedTargets({ specifier, aliases })) {
      const file = findFile({ files, target });
      if (file !== null) return { kind: "file", file };
    }
    if (isBuiltin(specifier)) return { kind: "builtin" };
    const name = packageNameOf(specifier);
    return provided.includes(name) ? { kind: "package", name } : null;
  };
}

/** `lib/a.tsx` importing `lib/b/c.ts` as written in the output: `./b/c.js`. */
export function outputSpecifier({ importer, file }) {
  const target = isSource(file) ? `${withoutSourceExtension(file)}.js` : file.replace(/\.d\.ts$/, ".js");
  const relative = path.posix.relative(path.posix.dirname(importer), target);
  return relative.startsWith(".") ? relative : `./${relative}`;
}

/** The sentence for an import that leads nowhere. */
export function explainMissing({ specifier }) {
  if (specifier.startsWith("@tsci/")) {
    return `Cannot find "${specifier}". Packages of the tscircuit registry are not fetched, because builds have no network: copy its source into this package.`;
  }
  if (/\.kicad_(sym|pcb)$/.test(specifier)) {
    return `Cannot import "${specifier}". Of KiCad's files only footprints (.kicad_mod) can be imported.`;
  }
  if (specifier.startsWith(".") || specifier.startsWith("/")) {
    return `Cannot find "${specifier}". No file of this package has that path: check the spelling and the folder.`;
  }
  return `Cannot find package "${specifier}". Builds have no network; a circuit package can import its own files, tscircuit, react and circuit-json.`;
}
