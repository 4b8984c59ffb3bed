/** The rows of a bench: printed as they come, and written into docs/performance.md between two marks. */
import { readFile, writeFile } from "node:fs/promises";
import { cpus, totalmem } from "node:os";
import path from "node:path";
import { findProjectRoot } from "../../src/project-root";

export interface Row {
  what: string;
  figure: string;
  /** Empty: none. */
  aim: string;
  met: boolean | null;
}

export interface Report {
  note(row: Row): void;
  /** Prints the table, and with `write` puts it into the document. */
  finish(options: { write: boolean }): Promise<void>;
}

/** `mark`: the table stands between `<!-- mark -->` and `<!-- /mark -->`. */
export function createReport(options: { mark: string; command: string }): Report {
  const rows: Row[] = [];
  return {
    note(row) {
      rows.push(row);
      process.stdout.write(`${row.what}: ${row.figure}${row.aim === "" ? "" : ` (aim ${row.aim}${row.met === null ? "" : row.met ? ", met" : ", MISSED"})`}\n`);
    },
    async finish({ write }) {
      const text = toMarkdown({ rows, command: options.command });
      process.stdout.write(`\n${text}\n`);
      if (write) await putBetweenMarks({ mark: options.mark, text });
    },
  };
}

function toMarkdown({ rows, command }: { rows: readonly Row[]; command: string }): string {
  const lines = rows.map((row) => `| ${row.what} | ${row.figure} | ${row.aim || "–"} | ${row.met === null ? "–" : row.met ? "yes" : "**no**"} |`);
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown processor"}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
  return [`Machine: ${machine}. Command: \`${command}\`. Run of ${new Date().toISOString().slice(0, 10)}.`, "", "| What | Measured | Aim | Met |", "| --- | --- | --- | --- |", ...lines].join("\n");
}

async function putBetweenMarks({ mark, text }: { mark: string; text: string }): Promise<void> {
  const file = path.join(findProjectRoot(), "docs/performance.md");
  const document = await readFile(file, "utf8");
  const [open, close] = [`<!-- ${mark} -->`, `<!-- /${mark} -->`];
  const [head, tail] = [document.indexOf(open), document.indexOf(close)];
  if (head < 0 || tail < head) throw new Error(`docs/performance.md has lost the marks ${open} and ${close}, between which the figures stand.`);
  await writeFile(file, `${document.slice(0, head)}${open}\n${text}\n${document.slice(tail)}`);
}
