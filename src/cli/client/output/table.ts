/** A table in plain columns. */
import { stripVTControlCharacters } from "node:util";

/** Columns two blanks apart, as wide as their widest cell; cells may be coloured. No blanks at the ends of lines. */
export function formatTable(options: { head: readonly string[]; rows: readonly (readonly string[])[] }): string {
  const all = [options.head, ...options.rows];
  const widths = options.head.map((_title, column) => Math.max(...all.map((row) => widthOf(row[column] ?? ""))));
  return all.map((row) => row.map((cell, column) => cell + " ".repeat(Math.max(0, (widths[column] ?? 0) - widthOf(cell)))).join("  ").trimEnd()).join("\n");
}

function widthOf(cell: string): number {
  return [...stripVTControlCharacters(cell)].length;
}
