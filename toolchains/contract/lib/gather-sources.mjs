/** Follows imports from the release's own files: into themselves and into the packages that are provided, nowhere else. */
import { existsSync, readFileSync, realpathSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { shorten } from "../../runner/job-files.mjs";
import { placeOf, scanSolidity } from "./scan-solidity.mjs";

/** What is told; finding the place of each of a hundred thousand would take all the time there is. */
const MAX_PROBLEMS = 500;

const modules = fileURLToPath(new URL("../node_modules/", import.meta.url));
const provided = JSON.parse(readFileSync(new URL("../provided.json", import.meta.url), "utf8"));

const packageOf = (name) => provided.packages.find((one) => name.startsWith(`${one}/`));
const versionOf = (name) => JSON.parse(readFileSync(path.join(modules, name, "package.json"), "utf8")).version;
const offer = () => provided.packages.map((name) => `${name} ${versionOf(name)}`).join(", ");

function readPackageFile(name) {
  const root = path.join(modules, packageOf(name));
  const file = path.join(modules, name);
  if (!name.endsWith(".sol") || !existsSync(file)) return null;
  // The name is clean already; a link inside a package must not lead out of it either.
  return realpathSync(file).startsWith(`${realpathSync(root)}${path.sep}`) ? readFileSync(file, "utf8") : null;
}

/** The source's name for an import, or why it has none. */
function resolveImport({ from, specifier, own }) {
  if (specifier === "" || /[\u0000-\u001f\\]/.test(specifier)) return { problem: "is empty, or holds a backslash or a control character" };
  if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(specifier)) return { problem: "is a URL: there is no network. Put the file into the package and import it from there" };
  if (specifier.startsWith("/")) return { problem: "is an absolute path. Import a file of the package by a path relative to the importing file" };
  if (/^@[^/]+\/[^/]+@/.test(specifier)) return { problem: `names a version: the versions are fixed (${offer()}). Leave the @version out` };
  const isRelative = specifier.startsWith("./") || specifier.startsWith("../");
  const scope = packageOf(from);
  const name = path.posix.normalize(isRelative ? path.posix.join(path.posix.dirname(from), specifier) : specifier);
  if (name === ".." || name.startsWith("../")) return { problem: "leads out of the package: a contract can import only its own files and the packages provided" };
  if (!isRelative && name !== specifier) return { problem: "must not hold `.` or `..` in the middle. Write the path straight" };
  if (scope !== undefined && packageOf(name) !== scope && packageOf(name) === undefined) return { problem: "leads out of its package" };
  if (packageOf(name) !== undefined) return readPackageFile(name) === null ? { problem: `is not in the package: ${offer()}` } : { name };
  if (own.has(name)) return { name };
  // Tools that start in `contracts/` leave it out. A remapping has no way to write a name with these signs.
  if (!isRelative && !/[:=]/.test(name) && own.has(`contracts/${name}`)) return { name: `contracts/${name}`, spelt: name };
  return { problem: `is no file of this package, nor of the packages provided (${offer()})`, isMissing: true };
}

/** A file of the release's own in place of a package's: whoever reads the import takes it for the package. */
const refuseShadow = (file) => ({ severity: "error", code: "import_refused", message: `${file} lies where ${packageOf(file)} is imported from, and would be taken for a file of it. Leave it out: the package is provided (${offer()}).`, file, line: 1, column: 1, length: 1 });

/**
 * @param {Map<string, string>} options.own the release's sources by path
 * @returns every source that is reached (own files are all in), the compiler's remappings for imports that leave `contracts/` out
 * (one file must not be two sources), and what is wrong with imports
 */
export function gatherSources({ own }) {
  const sources = new Map(own);
  const pragmas = [];
  const remappings = new Set();
  const queue = [...own.keys()].sort();
  const problems = queue.filter((file) => packageOf(file) !== undefined).map(refuseShadow);
  while (queue.length > 0 && problems.length < MAX_PROBLEMS) {
    const from = queue.shift();
    const text = sources.get(from);
    const scan = scanSolidity(text);
    for (const pragma of scan.pragmas) pragmas.push({ file: from, ...pragma, ...placeOf(text, pragma.index) });
    for (const { path: specifier, index, length } of scan.imports) {
      if (problems.length >= MAX_PROBLEMS) break;
      const resolved = resolveImport({ from, specifier, own });
      if (resolved.problem !== undefined) {
        const message = `import "${shorten(specifier, 200)}" ${resolved.problem}.`;
        problems.push({ severity: "error", code: resolved.isMissing ? "import_not_found" : "import_refused", message, file: from, ...placeOf(text, index), length });
        continue;
      }
      const { name, spelt } = resolved;
      if (spelt !== undefined) remappings.add(`${spelt}=${name}`);
      if (sources.has(name)) continue;
      sources.set(name, readPackageFile(name));
      queue.push(name);
    }
  }
  return { sources, remappings: [...remappings].sort(), pragmas, problems };
}
