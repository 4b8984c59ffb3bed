/** A build's events as people read them. */
import type { BuildEvent } from "../answers";
import { cleanText } from "../output/clean-text";
import type { Terminal } from "../output/terminal";

export interface EventPrinter {
  print(event: BuildEvent): void;
}

const MARKS: Readonly<Record<string, string>> = { building: "▶", successful: "✓", failed: "✗", cancelled: "■", skipped: "–" };

/** Lines go to stdout with their stage before them; what the stages do goes to stderr. `stages`: in the pipeline's order. */
export function createEventPrinter(options: { terminal: Terminal; stages: readonly string[]; onlyStages: readonly string[] }): EventPrinter {
  const { terminal, stages, onlyStages } = options;
  const width = Math.max(0, ...stages.map((stage) => stage.length));
  const last = new Map<string, string>();
  const wanted = (step: string): boolean => onlyStages.length === 0 || onlyStages.includes(step);

  return {
    print(event) {
      const { step = "" } = event;
      if (event.type === "build.log" && wanted(step)) {
        const text = cleanText(event.message ?? "", { colours: terminal.colours });
        const prefix = onlyStages.length === 1 ? "" : `${terminal.paint("dim", `${step.padEnd(width)} │`)} `;
        terminal.print(`${prefix}${event.stream === "stderr" && !text.includes("\u001b") ? terminal.paint("yellow", text) : text}`);
      } else if (event.type === "build.step" && step !== "" && wanted(step)) {
        const { status = "" } = event;
        // Progress within a status is for pages that draw it.
        if (status === last.get(step) || MARKS[status] === undefined) return;
        last.set(step, status);
        // Why a failed stage ran at all is not what anybody asks now.
        const told = event.message === undefined || event.message === "" || status === "failed" ? "" : `: ${cleanText(event.message, { colours: false })}`;
        const colour = status === "failed" ? "red" : status === "successful" ? "green" : status === "building" ? "blue" : "yellow";
        terminal.note(`${terminal.notePaint(colour, `${MARKS[status] ?? ""} ${step}`)} ${status}${told}`);
      }
    },
  };
}
