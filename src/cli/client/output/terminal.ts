/** Where a command writes: results to stdout, all else to stderr, each with colours only where somebody sees them. */
import type { CliEnv } from "~/env";
import { createPaint, type Paint } from "./paint";

export interface Terminal {
  /** The command's result. */
  print(text: string): void;
  /** One JSON value on a line of stdout. */
  printJson(value: unknown): void;
  /** What happens meanwhile, for people; on stderr. */
  note(text: string): void;
  paint: Paint;
  notePaint: Paint;
  /** Whether stdout shows colours, also those of a build's log. */
  colours: boolean;
  /** Whether stderr is a terminal, on which a line can be drawn over. */
  canRedraw: boolean;
  isInteractive: boolean;
}

/** With `json` nothing for people is written: stdout has documents only and stderr only errors. */
export function openTerminal(options: { env: Pick<CliEnv, "noColour">; json: boolean }): Terminal {
  const { env, json } = options;
  const colours = process.stdout.isTTY && !env.noColour && !json;
  const noteColours = process.stderr.isTTY && !env.noColour && !json;
  return {
    print: (text) => void process.stdout.write(`${text}\n`),
    printJson: (value) => void process.stdout.write(`${JSON.stringify(value)}\n`),
    note: (text) => void (json || process.stderr.write(`${text}\n`)),
    paint: createPaint({ enabled: colours }),
    notePaint: createPaint({ enabled: noteColours }),
    colours,
    canRedraw: process.stderr.isTTY && !json,
    isInteractive: process.stdin.isTTY && process.stderr.isTTY && !json,
  };
}
