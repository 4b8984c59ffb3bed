/** Splits a stream of bytes into lines, as they come. */

/** Longer lines are cut here: a build's own lines are far shorter. */
const MAX_LINE = 4 * 1024 * 1024;

/** Each complete line without its end; a last one without an end was cut off, and is left out. */
export async function* readLines(source: AsyncIterable<Buffer | string>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of source) {
    rest += typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true });
    const lines = rest.split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield line.endsWith("\r") ? line.slice(0, -1) : line;
    if (rest.length > MAX_LINE) throw new Error(`A line is longer than ${MAX_LINE} characters.`);
  }
}
