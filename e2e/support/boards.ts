/** Packages that the specs push. */
export interface SourceText {
  path: string;
  content: string;
}

/** The smallest board with something in every preview: two parts, a trace, a parts list of two rows. */
export const SMALL_BOARD = `export default () => (
  <board width="14mm" height="10mm">
    <resistor name="R1" resistance="1k" footprint="0402" pcbX={-3} schX={-2} />
    <led name="D1" color="red" footprint="0603" pcbX={3} schX={2} />
    <trace from=".R1 > .pin2" to=".D1 > .anode" />
  </board>
)
`;

export function smallPackage(): SourceText[] {
  return [
    { path: "index.tsx", content: SMALL_BOARD },
    { path: "README.md", content: "# A light\n\nOne resistor, one light.\n" },
  ];
}

/** What a board's module does before it is rendered. */
function boardAfter(statements: string): string {
  return `${statements}\n\n${SMALL_BOARD}`;
}

/**
 * A board that says \`tick 1\` to \`tick N\` on standard output, ten at a time with a rest after each ten, and every
 * fiftieth \`warning\` on standard error. \`lastWords\` runs after the last tick.
 */
export function tickingBoard(options: { ticks: number; restMs: number; lastWords?: string }): string {
  return boardAfter(`const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
for (let tick = 1; tick <= ${options.ticks}; tick++) {
  console.log("tick " + tick)
  if (tick % 50 === 0) console.error("warning after tick " + tick)
  if (tick % 10 === 0) await rest(${options.restMs})
}
${options.lastWords ?? ""}`);
}

/** A board that goes on until something ends it. */
export const ENDLESS_BOARD = boardAfter(`console.log("waiting for ever")
await new Promise((resolve) => setInterval(resolve, 3_600_000))`);

export const LOOPING_BOARD = boardAfter(`for (;;) {
  // never comes out
}`);

export const HOARDING_BOARD = boardAfter(`const hoard = Array.from({ length: 32 }, () => Buffer.alloc(64 * 1024 * 1024, 1))
console.log(hoard.length)`);

export const LONELY_IMPORT = `import { Lamp } from "./lib/lamp"\n\n${SMALL_BOARD}`;

/** The parenthesis of line 1 is never closed. */
export const BROKEN_SYNTAX = `export const size = (2 +\n`;
