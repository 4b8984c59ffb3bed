/** Compares what a page shows of a command's output with what the command said. `…` stands for anything. */

export interface ShownOutput {
  shown: string;
  language: string;
  output: string;
}

/**
 * `json`: what is shown is a part of what came: fields that are not shown don't matter, and of a list only as many items.
 * `text`: the shown lines came in this order, with others between.
 */
export function matchesShown({ shown, language, output }: ShownOutput): boolean {
  if (language === "json") return isPart(JSON.parse(shown), parse(output));
  const came = output.split("\n");
  let at = 0;
  return shown
    .trimEnd()
    .split("\n")
    .every((line) => {
      const found = came.findIndex((candidate, index) => index >= at && matchesText(line, candidate));
      at = found + 1;
      return found >= 0;
    });
}

function isPart(shown: unknown, came: unknown): boolean {
  if (shown === "…") return came !== undefined;
  if (typeof shown === "string") return typeof came === "string" && matchesText(shown, came);
  if (Array.isArray(shown)) return Array.isArray(came) && shown.every((item, index) => isPart(item, came[index]));
  if (shown !== null && typeof shown === "object") return came !== null && typeof came === "object" && Object.entries(shown).every(([name, value]) => isPart(value, Reflect.get(came, name)));
  return shown === came;
}

function matchesText(shown: string, came: string): boolean {
  const pattern = shown.split("…").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("[\\s\\S]*");
  return new RegExp(`^${pattern}$`).test(came);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
