/** What is taken from the package's own tsconfig.json, read as JSON and never run: import aliases and how strict the check is. */
import ts from "typescript";

const STRICTNESS = ["strict", "noImplicitAny", "strictNullChecks", "strictFunctionTypes", "noUncheckedIndexedAccess", "noImplicitReturns"];

/** @param {{contents: Map<string, string>}} input @returns aliases for the resolver and compiler options to override */
export function readAliases({ contents }) {
  const text = contents.get("tsconfig.json");
  const none = { aliases: { baseUrl: null, paths: {} }, overrides: {} };
  if (text === undefined) return none;
  const options = ts.parseConfigFileTextToJson("tsconfig.json", text).config?.compilerOptions;
  if (typeof options !== "object" || options === null) return none;
  const baseUrl = typeof options.baseUrl === "string" ? options.baseUrl : null;
  const paths = {};
  for (const [pattern, targets] of Object.entries(options.paths ?? {})) {
    if (Array.isArray(targets)) paths[pattern] = targets.filter((target) => typeof target === "string");
  }
  const overrides = Object.fromEntries(STRICTNESS.filter((key) => typeof options[key] === "boolean").map((key) => [key, options[key]]));
  return { aliases: { baseUrl, paths }, overrides };
}
