/** Path templates such as `/builds/{build_id}` and `/builds/{build_id}/artifacts/{name...}`. */
import { AppError } from "~/domain/errors";

/** The decoded values of the template's parts, or null. `{x...}` takes the rest of the path, with its slashes. */
export function matchPath(options: { template: string; path: string }): Record<string, string> | null {
  const parts = options.template.split("/");
  const given = options.path.split("/");
  const values: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const name = /^\{(\w+)(\.\.\.)?\}$/.exec(part);
    const value = given[index];
    if (value === undefined) return null;
    if (name?.[1] === undefined) {
      if (part !== value) return null;
      continue;
    }
    const rest = name[2] === undefined ? value : given.slice(index).join("/");
    if (rest === "") return null;
    values[name[1]] = decode(rest);
    if (name[2] !== undefined) return values;
  }
  return parts.length === given.length ? values : null;
}

function decode(value: string): string {
  const decoded = readEscapes(value);
  if (decoded.includes("\u0000")) throw new AppError("bad_request", { userMessage: "The address has a NUL character (%00), which no name has." });
  return decoded;
}

function readEscapes(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch (cause) {
    throw new AppError("bad_request", { userMessage: "The address has a broken %-escape.", cause });
  }
}
