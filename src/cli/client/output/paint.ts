/** Colours, where they are wanted. */

export type Colour = "red" | "green" | "yellow" | "blue" | "dim" | "bold";
export type Paint = (colour: Colour, text: string) => string;

const CODES: Readonly<Record<Colour, readonly [number, number]>> = { red: [31, 39], green: [32, 39], yellow: [33, 39], blue: [34, 39], dim: [2, 22], bold: [1, 22] };

/** Text as it is when `enabled` is false. */
export function createPaint(options: { enabled: boolean }): Paint {
  if (!options.enabled) return (_colour, text) => text;
  return (colour, text) => `\u001b[${CODES[colour][0]}m${text}\u001b[${CODES[colour][1]}m`;
}

const STATUS_COLOURS: Readonly<Record<string, Colour>> = { successful: "green", failed: "red", building: "blue", pending: "dim", cancelled: "yellow", skipped: "dim" };

export function paintStatus(paint: Paint, status: string): string {
  return paint(STATUS_COLOURS[status] ?? "bold", status);
}
