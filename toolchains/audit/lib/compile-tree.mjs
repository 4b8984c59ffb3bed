/** Sources → the compiler's syntax trees and warnings. No code is made: that takes most of a compilation's time, and `compilation` did it. */
import { chooseCompiler, evmVersionOf, loadCompiler } from "../../contract/lib/compilers.mjs";
import { gatherSources } from "../../contract/lib/gather-sources.mjs";

/**
 * @param {Map<string, string>} options.own
 * @returns `{version, sources, trees, warnings}`, or `{problem}` in words: sources that passed the compilation have none
 */
export function compileTrees({ own }) {
  const { sources, remappings, pragmas, problems } = gatherSources({ own });
  if (problems.length > 0) return { problem: problems[0].message };
  const { compiler, problem } = chooseCompiler({ pragmas, own });
  if (problem !== undefined) return { problem: problem.message };
  const input = {
    language: "Solidity",
    sources: Object.fromEntries([...sources].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, content]) => [name, { content }])),
    settings: { remappings, evmVersion: evmVersionOf(compiler.version), outputSelection: { "*": { "": ["ast"] } } },
  };
  const output = JSON.parse(loadCompiler(compiler.name).compile(JSON.stringify(input)));
  const error = (output.errors ?? []).find((one) => one.severity === "error");
  if (error !== undefined) return { problem: error.message };
  const trees = new Map(Object.entries(output.sources).map(([name, { ast }]) => [name, ast]));
  return { version: compiler.version, compiler: compiler.name, sources, trees, warnings: (output.errors ?? []).filter((one) => one.severity === "warning") };
}
