/** The compilers of this toolchain, and which one a package's pragmas ask for. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import semver from "semver";

const require = createRequire(import.meta.url);
const provided = JSON.parse(readFileSync(new URL("../provided.json", import.meta.url), "utf8"));

/** Newest first. Their versions come from their own package.json: a compiler is loaded only when it is used. */
export const compilers = provided.compilers.map((name) => ({ name, version: require(`${name}/package.json`).version }));

const loaded = new Map();

export function loadCompiler(name) {
  if (!loaded.has(name)) loaded.set(name, require(name));
  return loaded.get(name);
}

const fits = (version, range) => semver.validRange(range) !== null && semver.satisfies(version, range);

/** Hardfork: what the packages provided need, and the newest that an older compiler knows. */
export function evmVersionOf(version) {
  return semver.gte(version, "0.8.25") ? "cancun" : "shanghai";
}

/**
 * The newest compiler that every pragma allows.
 *
 * @param pragmas `{file, range, line, column, length}`
 * @returns `{compiler}` or `{problem}`, a diagnostic at the pragma that rules most out
 */
export function chooseCompiler({ pragmas, own }) {
  const compiler = compilers.find(({ version }) => pragmas.every(({ range }) => fits(version, range)));
  if (compiler !== undefined) return { compiler };
  const mine = pragmas.filter(({ file }) => own.has(file));
  const strict = mine.find(({ range }) => compilers.every(({ version }) => !fits(version, range))) ?? mine.find(({ range }) => !fits(compilers[0].version, range)) ?? mine[0] ?? pragmas[0];
  const others = pragmas.filter(({ file, range }) => compilers.some(({ version }) => fits(version, strict.range) && !fits(version, range)));
  const against = others.length === 0 ? "" : ` ${others[0].file} wants ${others[0].range}, and no version fits both.`;
  const versions = compilers.map(({ version }) => version).join(", ");
  const { file, line, column, length } = strict;
  return {
    problem: { severity: "error", code: "compiler_not_available", message: `pragma solidity ${strict.range}: this installation compiles with ${versions}.${against} Widen the pragma, such as ^${compilers[0].version.replace(/\.\d+$/, ".20")}.`, file, line, column, length },
  };
}
