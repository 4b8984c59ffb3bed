/** Lines longer than this are broken: a child that prints without end must not fill our memory. */
const LONGEST_LINE = 64 * 1024;

/** Turns chunks of a child's output into whole lines with `name` before each. Call `end` for a last line without an end. */
export function createLinePrefixer(options: { name: string; write: (line: string) => void }): { push(chunk: string): void; end(): void } {
  const prefix = `${options.name.padEnd(8)}| `;
  let rest = "";
  const flush = (): void => {
    if (rest !== "") options.write(`${prefix}${rest}\n`);
    rest = "";
  };
  return {
    push: (chunk) => {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) options.write(`${prefix}${line}\n`);
      if (rest.length > LONGEST_LINE) flush();
    },
    end: flush,
  };
}
