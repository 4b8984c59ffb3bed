/** Path templates such as `/builds/{build_id}` and `/builds/{build_id}/artifacts/{name...}`. */
import { AppError } from "~/domain/errors";

interface Part {
  /** The text itself, or null for an open part. */
  literal: string | null;
  name: string;
  takesRest: boolean;
}

const compiled = new Map<string, readonly Part[]>();

/** The decoded values of the template's parts, or null. `{x...}` takes the rest of the path, with its slashes. */
export function matchPath(options: { template: string; path: string }): Record<string, string> | null {
  const parts = compile(options.template);
  const given = options.path.split("/");
  const takesRest = parts.at(-1)?.takesRest === true;
  if (takesRest ? given.length < parts.length : given.length !== parts.length) return null;
  // Every request is held against every route: most differ in a word, found before anything is decoded.
  if (parts.some((part, index) => part.literal !== null && part.literal !== given[index])) return null;
  const values: Record<string, string> = {};
  for (const [index, { literal, name, takesRest: all }] of parts.entries()) {
    if (literal !== null) continue;
    const value = all ? given.slice(index).join("/") : (given[index] ?? "");
    if (value === "") return null;
    values[name] = decode(value);
  }
  return values;
}

function compile(template: string): readonly Part[] {
  const known = compiled.get(template);
  if (known !== undefined) return known;
  const parts = template.split("/").map((part): Part => {
    const open = /^\{(\w+)(\.\.\.)?\}$/.exec(part);
    return { literal: open === null ? part : null, name: open?.[1] ?? "", takesRest: open?.[2] !== undefined };
  });
  compiled.set(template, parts);
  return parts;
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
