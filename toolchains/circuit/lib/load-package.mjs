/**
 * Lets Node import the package's ES modules from `/in/files` in this process: bare imports lead only to what the toolchain
 * provides (one instance of React and tscircuit), footprints become their path, 3D models data URLs, and JSON files also give named exports.
 */
import { existsSync, readFileSync } from "node:fs";
import { isBuiltin, registerHooks } from "node:module";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { explainMissing, isAsset, packageNameOf } from "./resolve-import.mjs";

const toolchainUrl = new URL("../package.json", import.meta.url).href;
const provided = JSON.parse(readFileSync(new URL("../provided.json", import.meta.url), "utf8")).packages;

export class MissingModuleError extends Error {
  code = "SLIPWAY_MODULE_NOT_FOUND";
  constructor({ specifier, importer }) {
    super(explainMissing({ specifier }));
    this.name = "MissingModuleError";
    this.specifier = specifier;
    this.importer = importer;
  }
}

function jsonModule(text) {
  const value = JSON.parse(text);
  const isRecord = typeof value === "object" && value !== null && !Array.isArray(value);
  const named = isRecord ? Object.keys(value).filter((key) => /^[A-Za-z_$][\w$]*$/.test(key) && key !== "default") : [];
  const list = named.map((key, index) => `const e${index} = value[${JSON.stringify(key)}];\nexport { e${index} as ${key} };`);
  return `const value = ${JSON.stringify(value)};\nexport default value;\n${list.join("\n")}`;
}

/** tscircuit loads a footprint by its path, which stands in the Circuit JSON; a model must travel inside of it. */
function assetModule({ file, relative }) {
  const value = file.endsWith(".kicad_mod") ? `/${relative}` : `data:application/octet-stream;base64,${readFileSync(file).toString("base64")}`;
  return `export default ${JSON.stringify(value)};`;
}

/** @param {{directory: string}} options `directory` of the package's ES modules */
export function installPackageLoader({ directory }) {
  const root = pathToFileURL(`${path.resolve(directory)}/`).href;
  const isOwn = (url) => url?.startsWith(root);
  registerHooks({
    resolve(specifier, context, nextResolve) {
      if (!isOwn(context.parentURL)) return nextResolve(specifier, context);
      const importer = fileURLToPath(context.parentURL).slice(fileURLToPath(root).length);
      if (/^\.{0,2}\//.test(specifier)) {
        const url = new URL(specifier, context.parentURL);
        if (!isOwn(url.href) || !existsSync(fileURLToPath(url))) throw new MissingModuleError({ specifier, importer });
        return { url: url.href, format: "module", shortCircuit: true, importAttributes: {} };
      }
      if (isBuiltin(specifier)) return nextResolve(specifier, context);
      if (!provided.includes(packageNameOf(specifier))) throw new MissingModuleError({ specifier, importer });
      return nextResolve(specifier, { ...context, parentURL: toolchainUrl });
    },
    load(url, context, nextLoad) {
      if (!isOwn(url)) return nextLoad(url, context);
      const file = fileURLToPath(url);
      if (isAsset(file)) return { format: "module", source: assetModule({ file, relative: file.slice(fileURLToPath(root).length) }), shortCircuit: true };
      const text = readFileSync(file, "utf8");
      return { format: "module", source: file.endsWith(".json") ? jsonModule(text) : text, shortCircuit: true };
    },
  });
  return { importModule: (file) => import(new URL(file, root).href), root };
}
